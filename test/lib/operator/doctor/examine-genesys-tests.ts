import { examine } from "../../../../lib/operator/doctor/doctor.ts";
import type { Finding } from "../../../../lib/operator/doctor/examination.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { OAuthClient } from "../../../../lib/operator/platforms/genesys-api.ts";
import { setUp } from "../../../../lib/operator/set-up/set-up.ts";
import { type GenesysAdmin, genesysAdmin } from "../genesys-admin.ts";
import type { LocalMarket } from "../local-market.ts";
import { storedSecret, storeSecret } from "../market-secrets.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { answering, type DoctorRoom, OF_GENESYS, OF_INTEGRATION, skipped } from "./doctor-room.ts";

export function examineGenesysTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  let admin: GenesysAdmin;
  let brand: BrandStack;
  let provisioning: OAuthClient;
  let told: Finding[];
  let examining: DoctorRoom["examining"];
  let expectBroken: DoctorRoom["expectBroken"];
  let setUpCommand: DoctorRoom["setUpCommand"];
  let whileStored: DoctorRoom["whileStored"];
  beforeAll(() => {
    ({ market, brand, provisioning, told } = opened());
    ({ examining, expectBroken, setUpCommand, whileStored } = opened());
    admin = genesysAdmin(market);
  });

  const integration = async () => {
    const [found] = await admin.integrationsOf(brand);
    if (found === undefined) throw new Error("there is no integration");
    return found;
  };

  it("a secret that holds a placeholder", async () => {
    await whileStored(brand.genesysSecret, { integrationId: "REPLACE_ME" }, async () => {
      const found = await expectBroken({
        "Genesys secret": "wrong",
        ...skipped(OF_GENESYS.slice(1)),
      });
      expect(found.get("Genesys secret")?.detail).toContain("placeholder in integrationId");
      expect(found.get("Genesys secret")?.fix).toBe(`Store the credentials: ${setUpCommand()}`);
    });
  });

  it("an OAuth client that Genesys Cloud refuses", async () => {
    await whileStored(brand.genesysSecret, { clientSecret: "wrong-one" }, async () => {
      const found = await expectBroken({
        "Genesys token": "wrong",
        "Genesys permission": "skipped",
      });
      expect(found.get("Genesys token")?.fix).toBe(
        `Store the right OAuth client, or correct genesysRegion in cdk.json: ${setUpCommand()}`,
      );
      expect(found.get("Genesys token")?.detail).not.toContain("wrong-one");
    });
  });

  it.each([
    [403, "may not send inbound messages", "Conversation > Message > Receive"],
    [409, "unexpected answer 409", "Try again later"],
    [503, "Genesys Cloud is out of order: it answered 503", "https://status.mypurecloud.com"],
  ])("an inbound message that is answered with %i", async (status, detail, fix) => {
    market.interfere.genesys = answering(/inbound\/open\//, status, {});
    const found = await expectBroken({ "Genesys permission": "wrong" });
    expect(found.get("Genesys permission")?.detail).toContain(detail);
    expect(found.get("Genesys permission")?.fix).toContain(fix);
  });

  it("an integration id that Genesys Cloud does not know", async () => {
    const integrationId = "00000000-0000-4000-8000-000000000000";
    await whileStored(brand.genesysSecret, { integrationId }, async () => {
      const found = await expectBroken({
        "Genesys permission": "wrong",
        "Genesys integration": "wrong",
        ...skipped(OF_INTEGRATION),
      });
      for (const check of ["Genesys permission", "Genesys integration"]) {
        expect(found.get(check)?.fix).toBe(`Create it again: ${setUpCommand()}`);
      }
    });
  });

  it("an integration that calls another URL", async () => {
    const { id, name } = await integration();
    const url = "https://old.example.com/genesys";
    await admin.change(id, { name, outboundNotificationWebhookUrl: url });
    const found = await expectBroken({
      "Genesys integration": "wrong",
      ...skipped(OF_INTEGRATION),
    });
    expect(found.get("Genesys integration")).toMatchObject({
      detail: `it calls ${url} instead of ${brand.genesysWebhook}`,
      fix: setUpCommand(),
    });
    await admin.change(id, { name, outboundNotificationWebhookUrl: brand.genesysWebhook });
  });

  it("an integration that signs with another secret", async () => {
    const {
      id,
      name,
      outboundNotificationWebhookSignatureSecretToken: right,
    } = await integration();
    const other = "somebody else's idea";
    await admin.change(id, { name, outboundNotificationWebhookSignatureSecretToken: other });
    const found = await expectBroken({
      "Genesys integration": "wrong",
      ...skipped(OF_INTEGRATION),
    });
    expect(found.get("Genesys integration")).toMatchObject({
      detail: expect.stringContaining("answered 401"),
      fix: `Store the bridge's secret in the integration: ${setUpCommand()}`,
    });
    await admin.change(id, { name, outboundNotificationWebhookSignatureSecretToken: right });
  });

  it.each(["Initiated", "Error"])("an integration whose creation is %s", async (createStatus) => {
    market.interfere.genesys = async (request, pass) => {
      const answer = await pass();
      if (answer.bytes !== undefined || !/integrations\/open\//.test(request.path)) return answer;
      return { ...answer, body: Object.assign({}, answer.body, { createStatus }) };
    };
    const found = await expectBroken({
      "Genesys integration": "wrong",
      ...skipped(OF_INTEGRATION),
    });
    expect(found.get("Genesys integration")?.detail).toContain(createStatus);
    expect(found.get("Genesys integration")?.fix).toContain("run set-up again");
  });

  it("says where the integration's secret is not shown", async () => {
    market.interfere.genesys = async (request, pass) => {
      const answer = await pass();
      if (answer.bytes !== undefined || !/integrations\/open\//.test(request.path)) return answer;
      const hidden = { outboundNotificationWebhookSignatureSecretToken: "********" };
      return { ...answer, body: Object.assign({}, answer.body, hidden) };
    };
    const found = await expectBroken({});
    expect(found.get("Genesys integration")?.detail).toContain("does not show its webhook secret");
  });

  it("a client for set-up that is missing, refused, or may not look", async () => {
    const { sleep } = market.clock;
    const findings = await examine(
      market.target,
      { brand: brand.key },
      (finding) => told.push(finding),
      { now: Date.now, sleep },
    );
    const notOk = findings.filter(({ state }) => state !== "ok");
    expect(notOk.slice(1).map(({ check, state }) => [check, state])).toEqual(
      Object.entries(skipped(OF_INTEGRATION)),
    );
    expect(notOk.slice(0, 1)).toEqual([
      {
        check: "Genesys integration",
        brand: brand.key,
        state: "skipped",
        detail: "the bridge's own OAuth client may not read it",
        fix: expect.stringContaining("--genesys-provisioning-client-id"),
      },
    ]);
    const by = { ...provisioning, clientSecret: "wrong-one" };
    const found = await expectBroken(
      { "Genesys integration": "wrong", ...skipped(OF_INTEGRATION) },
      { by },
    );
    expect(found.get("Genesys integration")?.detail).toContain("--genesys-provisioning-client-sec");
    market.interfere.genesys = answering(/integrations\/open\//, 403, {});
    const refused = await expectBroken({
      "Genesys integration": "wrong",
      ...skipped(OF_INTEGRATION),
    });
    expect(refused.get("Genesys integration")?.detail).toContain("Messaging > Integration > View");
  });

  it("a webhook that does not know the stored secret yet", async () => {
    const other = market.freshBrand();
    const given = market.credentialsOf(other);
    await setUp(market.target, { brand: other.key, given }, recordingTerminal(), market.clock);
    const { fields } = await storedSecret(market, other.genesysSecret);
    const rotate = async (webhookSecret: string) => {
      await storeSecret(market, other.genesysSecret, { ...fields, webhookSecret });
      return examining({ of: other });
    };
    const webhookOf = (findings: Finding[]) =>
      findings.find(({ check }) => check === "Genesys webhook");
    expect(webhookOf(await rotate("the first rotation"))?.state).toBe("ok");
    expect(webhookOf(await rotate("the second rotation"))).toMatchObject({
      state: "wrong",
      detail: "answered 401 to a request signed with the stored webhook secret",
      fix: expect.stringContaining("after 30 seconds"),
    });
  });
}
