import { createExamination, type Finding } from "../../../../lib/operator/doctor/examination.ts";
import { examineLine } from "../../../../lib/operator/doctor/examine-line.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { LocalMarket } from "../local-market.ts";
import { storeSecret } from "../market-secrets.ts";
import { answering, type DoctorRoom, OF_GENESYS, OF_LINE, skipped } from "./doctor-room.ts";

export function examineLineTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  let brand: BrandStack;
  let expectBroken: DoctorRoom["expectBroken"];
  let setUpCommand: DoctorRoom["setUpCommand"];
  let whileStored: DoctorRoom["whileStored"];
  beforeAll(() => {
    ({ market, brand, expectBroken, setUpCommand, whileStored } = opened());
  });

  const [, ...afterSecret] = OF_LINE;
  const [, ...afterToken] = afterSecret;

  it.each([
    ["a placeholder", { channelSecret: "REPLACE_ME" }, "placeholder in channelSecret"],
    ["nothing", { channelSecret: "" }, "is incomplete: channelSecret"],
  ])("a secret that holds %s", async (_, fields, detail) => {
    await whileStored(brand.lineSecret, fields, async () => {
      const found = await expectBroken({ "LINE secret": "wrong", ...skipped(afterSecret) });
      expect(found.get("LINE secret")?.detail).toContain(`The secret ${brand.lineSecret}`);
      expect(found.get("LINE secret")?.detail).toContain(detail);
      expect(found.get("LINE secret")?.fix).toBe(`Store the credentials: ${setUpCommand()}`);
    });
  });

  it("a secret that somebody has deleted", async () => {
    const lineSecret = "Testland/nobody/line";
    const findings: Finding[] = [];
    const examination = createExamination(undefined, (finding) => findings.push(finding));
    await examineLine({ ...brand, lineSecret }, market.target, examination);
    expect(findings[0]).toMatchObject({
      state: "wrong",
      detail: "a part of the stack does not exist (ResourceNotFoundException)",
      fix: expect.stringMatching(/^Deploy the stack again \(npx cdk deploy\)/),
    });
  });

  it("a channel secret that LINE refuses", async () => {
    await whileStored(brand.lineSecret, { channelSecret: "5".repeat(32) }, async () => {
      const found = await expectBroken({ "LINE token": "wrong", ...skipped(afterToken) });
      expect(found.get("LINE token")?.detail).toMatch(/400: check channelId and channelSecret/);
      expect(found.get("LINE token")?.fix).toBe(`Store the right credentials: ${setUpCommand()}`);
    });
  });

  it("an access token of another channel", async () => {
    const other = market.run.channels.find(({ brandKey }) => brandKey !== brand.key);
    if (other === undefined) throw new Error("no channel");
    other.channelAccessToken = "token-of-another-channel";
    await whileStored(
      brand.lineSecret,
      { channelAccessToken: other.channelAccessToken },
      async () => {
        const found = await expectBroken({ "LINE token": "wrong", ...skipped(afterToken) });
        expect(found.get("LINE token")?.detail).toContain("belongs to another channel");
      },
    );
    delete other.channelAccessToken;
  });

  it("no webhook URL", async () => {
    const other = market.freshBrand();
    const { lineChannelId: channelId, lineChannelSecret: channelSecret } =
      market.credentialsOf(other);
    await storeSecret(market, other.lineSecret, { channelId, channelSecret });
    const found = await expectBroken(
      {
        "LINE webhook": "wrong",
        "LINE webhook test": "wrong",
        "Genesys secret": "wrong",
        ...skipped(OF_GENESYS.slice(1)),
      },
      { of: other },
    );
    expect(found.get("LINE webhook")?.detail).toBe("LINE has no webhook URL");
    expect(found.get("LINE webhook")?.fix).toContain(`--brand ${other.key}`);
    expect(found.get("LINE webhook test")?.fix).toMatch(/^Set the webhook first/);
  });

  it("another webhook URL", async () => {
    const elsewhere = "http://127.0.0.1:1/line";
    market.run.line?.setWebhook(brand.key, elsewhere);
    const found = await expectBroken({ "LINE webhook": "wrong", "LINE webhook test": "wrong" });
    expect(found.get("LINE webhook")).toMatchObject({
      detail: `LINE calls ${elsewhere} instead of ${brand.lineWebhook}`,
      fix: `Set it: ${setUpCommand()}`,
    });
    market.run.line?.setWebhook(brand.key, brand.lineWebhook);
  });

  it("a webhook that is not in use", async () => {
    market.run.line?.useWebhook(brand.key, false);
    const found = await expectBroken({ "LINE webhook": "wrong" });
    expect(found.get("LINE webhook")?.fix).toContain("switch on Use webhook");
    market.run.line?.useWebhook(brand.key, true);
  });

  it.each<[number, RegExp, string?]>([
    [401, /lib\/cloud\/RUNBOOK\.md#signature-failures/],
    [503, /log of the inbound function/],
    [301, /a proxy or a domain of your own: let it pass requests on\. LINE follows no redirect/],
    [302, /LINE follows no redirect/],
    [308, /LINE follows no redirect/],
    [407, /something before it, a proxy .* signs in nowhere/],
    [0, /LINE got no answer in time: .* can be reached from the internet/],
    [0, /LINE got no connection, or it was cut before an answer/, "COULD_NOT_CONNECT"],
    [0, /LINE got no answer in time/, "REQUEST_TIMEOUT"],
  ])(
    "a webhook that answers LINE's test with %i: %p",
    async (statusCode, fix, reason = "ERROR_STATUS_CODE") => {
      const answer = { success: false, statusCode, reason, detail: "words" };
      market.interfere.line = answering(/webhook\/test$/, 200, answer);
      const found = await expectBroken({ "LINE webhook test": "wrong" });
      expect(found.get("LINE webhook test")?.detail).toBe(
        `LINE's test failed: ${reason}, ${statusCode === 0 ? "" : `${statusCode}, `}words`,
      );
      expect(found.get("LINE webhook test")?.fix).toMatch(fix);
    },
  );

  it.each([
    [94, 100, "94 of 100 messages of this month (94 %)", undefined],
    [95, 100, "95 of 100 messages of this month (95 %)", undefined],
    [951, 1_000, "951 of 1000 messages of this month (95 %)", "LINE quota"],
    [0, 0, "0 of 0 messages of this month (100 %)", "LINE quota"],
  ])("%i used messages of %i", async (totalUsage, value, detail, check) => {
    market.interfere.line = async (request, pass) => {
      if (request.path.endsWith("/quota")) return { status: 200, body: { type: "limited", value } };
      if (request.path.endsWith("/consumption")) return { status: 200, body: { totalUsage } };
      return pass();
    };
    const found = await expectBroken(check === undefined ? {} : { [check]: "wrong" });
    expect(found.get("LINE quota")?.detail).toBe(detail);
    if (check) expect(found.get("LINE quota")?.fix).toContain("lib/cloud/RUNBOOK.md#monthly-quota");
  });
}
