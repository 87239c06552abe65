import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { writeRunFile } from "../../../../lib/local/run-file.ts";
import type { SimulatorAnswer } from "../../../../lib/local/simulators/simulator-server.ts";
import { examine } from "../../../../lib/operator/doctor/doctor.ts";
import { createExamination, type Finding } from "../../../../lib/operator/doctor/examination.ts";
import { examineStack } from "../../../../lib/operator/doctor/examine-stack.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { localTarget, type Target } from "../../../../lib/operator/market/target.ts";
import type { OAuthClient } from "../../../../lib/operator/platforms/genesys-api.ts";
import { setUp } from "../../../../lib/operator/set-up/set-up.ts";
import { temporaryDirectory } from "../../local/temporary-directory.ts";
import { letterBox } from "../dead-letters/letter-box.ts";
import { type GenesysAdmin, genesysAdmin } from "../genesys-admin.ts";
import { type LocalMarket, withoutWaiting } from "../local-market.ts";
import { secretValues, storedSecret, storeSecret } from "../market-secrets.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { runOperator } from "../run-operator.ts";

const OF_ALL = [
  "stack",
  "clock",
  "inbound queue",
  "inbound dead letters",
  "outbound queue",
  "outbound dead letters",
];
const OF_LINE = ["LINE secret", "LINE token", "LINE webhook", "LINE webhook test", "LINE quota"];
const OF_GENESYS = [
  "Genesys secret",
  "Genesys token",
  "Genesys permission",
  "Genesys integration",
  "Genesys webhook",
];

export function doctorTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let admin: GenesysAdmin;
  /** Everything is right with it; a test that breaks something mends it. */
  let brand: BrandStack;
  let provisioning: OAuthClient;
  /** Whatever any test has been told. */
  const told: Finding[] = [];

  beforeAll(async () => {
    market = running();
    admin = genesysAdmin(market);
    [brand] = await market.brandsInUse();
    const given = market.credentialsOf(brand);
    provisioning = {
      clientId: given.genesysProvisioningClientId,
      clientSecret: given.genesysProvisioningClientSecret,
    };
  });

  function settingUp(one: BrandStack) {
    const given = market.credentialsOf(one);
    return setUp(market.target, { brand: one.key, given }, recordingTerminal(), market.clock);
  }

  async function examining({
    of = brand,
    target = market.target,
    by = provisioning,
    now = Date.now,
  }: {
    of?: BrandStack;
    target?: Target;
    by?: OAuthClient | undefined;
    now?: () => number;
  } = {}): Promise<Finding[]> {
    const { sleep } = market.clock;
    const options = { brand: of.key, provisioning: by };
    return examine(target, options, (finding) => told.push(finding), { now, sleep });
  }

  /** What is not ok, and exactly that. */
  async function expectBroken(
    broken: Record<string, "wrong" | "skipped">,
    options?: Parameters<typeof examining>[0],
  ) {
    const findings = await examining(options);
    const notOk = findings.filter(({ state }) => state !== "ok");
    expect(Object.fromEntries(notOk.map(({ check, state }) => [check, state]))).toEqual(broken);
    return new Map(findings.map((finding) => [finding.check, finding]));
  }

  const skipped = (checks: string[]) =>
    Object.fromEntries(checks.map((check) => [check, "skipped" as const]));

  const setUpCommand = () =>
    `npm run operator -- setup --local ${market.run.ready.gateway} --brand ${brand.key}`;

  /** Lets one request of a platform be answered otherwise. */
  function answering(path: RegExp, status: number, body: object) {
    return async (request: { path: string }, pass: () => Promise<SimulatorAnswer>) =>
      path.test(request.path) ? { status, body } : pass();
  }

  /** Stores other fields for as long as `check` takes. */
  async function whileStored(secretName: string, fields: object, check: () => Promise<unknown>) {
    const { fields: right } = await storedSecret(market, secretName);
    await storeSecret(market, secretName, { ...right, ...fields });
    try {
      await check();
    } finally {
      await storeSecret(market, secretName, right);
    }
  }

  describe("where everything is right", () => {
    it("finds each link ok, and tells it at once", async () => {
      const heard: Finding[] = [];
      const findings = await examine(
        market.target,
        { brand: brand.key, provisioning },
        (finding) => heard.push(finding),
        market.clock,
      );
      expect(heard).toEqual(findings);
      told.push(...heard);
      expect(findings.map(({ check }) => check)).toEqual([...OF_ALL, ...OF_LINE, ...OF_GENESYS]);
      expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
      expect(findings.filter(({ fix }) => fix !== undefined)).toEqual([]);
      const detailOf = (name: string) => findings.find(({ check }) => check === name)?.detail;
      expect(detailOf("stack")).toBe("LineGenesysBridge-Testland in ap-southeast-1");
      expect(detailOf("LINE token")).toBe(`of the account @${brand.key}`);
      expect(detailOf("LINE quota")).toBe("0 messages this month, no limit");
      expect(detailOf("Genesys integration")).toBe("created, URL and webhook secret as deployed");
    });

    it("looks at all brands unless one is named", async () => {
      const findings = await examine(market.target, {}, () => {}, market.clock);
      const brands = new Set(findings.flatMap((finding) => finding.brand ?? []));
      expect([...brands]).toEqual(market.stack.brands.map(({ key }) => key));
      const ofOne = new Set((await examining()).flatMap((finding) => finding.brand ?? []));
      expect([...ofOne]).toEqual([brand.key]);
      const unknown = { ...brand, key: "shop-0" };
      await expect(examining({ of: unknown })).rejects.toThrow("--brand shop-0: there is none");
    });
  });

  it("ends when it is interrupted", async () => {
    const stopping = new AbortController();
    const checks: string[] = [];
    const interrupted = examine(
      market.target,
      { brand: brand.key },
      ({ check }) => {
        checks.push(check);
        if (check === "LINE token") stopping.abort();
      },
      { ...market.clock, stopping: stopping.signal },
    );
    await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(checks.at(-1)).toBe("LINE token");
  });

  it("ends as a command, though LINE never answers", async () => {
    const never = new AbortController();
    market.interfere.line = (request, pass) =>
      request.path === "/oauth2/v3/token"
        ? new Promise((_, reject) => never.signal.addEventListener("abort", reject))
        : pass();
    const files = temporaryDirectory({});
    writeRunFile(market.run.runFile, files.path);
    const { code, stdout } = await runOperator(["doctor", "--local", "--brand", brand.key], {
      env: { TMPDIR: files.path },
    });
    never.abort();
    files.remove();
    expect(code).toBe(1);
    expect(stdout).toMatch(/LINE token: LINE did not answer within 4000 ms/);
  });

  it("gives back the dead letters that it was looking at when it is interrupted", async () => {
    const box = letterBox(market, "inbound");
    await box.put({ groupId: `${brand.key}#U1`, body: "1" });
    const stopping = new AbortController();
    const target = withoutWaiting(localTarget(market.run.runFile));
    target.aws.sqs.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (commandName === "ReceiveMessageCommand") stopping.abort();
          return answer;
        },
      { step: "initialize" },
    );
    const interrupted = examine(target, { brand: brand.key }, () => {}, {
      ...market.clock,
      stopping: stopping.signal,
    });
    await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    target.aws.sqs.destroy();
    expect((await box.empty()).map(({ body }) => body)).toEqual(["1"]);
  });

  describe("what all brands share", () => {
    it("the stack that is not there", async () => {
      const target = { ...market.target, stackName: "LineGenesysBridge-Nowhere" };
      const findings = await examining({ target });
      expect(findings).toEqual([
        {
          check: "stack",
          state: "wrong",
          detail: expect.stringContaining("There is no stack LineGenesysBridge-Nowhere"),
          fix: "npx cdk deploy LineGenesysBridge-Nowhere",
        },
      ]);
    });

    it("a stack that is older than its configuration", async () => {
      const { settings } = market.target;
      const [first] = Object.values(settings.brands);
      if (first === undefined) throw new Error("no brand");
      const brands = { ...settings.brands, "new-shop": first };
      const target = { ...market.target, settings: { ...settings, brands } };
      const [finding, ...others] = await examining({ target });
      expect(finding).toMatchObject({ check: "stack", state: "wrong" });
      expect(finding?.detail).toContain(
        "has no output NewShopLineWebhookUrl, NewShopGenesysWebhook",
      );
      expect(others).toEqual([]);
    });

    it.each([
      [120_000, "this machine is 120 s ahead of the gateway"],
      [-120_000, "this machine is 120 s behind the gateway"],
    ])("a clock that is %i ms off", async (skew, detail) => {
      const found = await expectBroken({ clock: "wrong" }, { now: () => Date.now() + skew });
      // The gateway's clock shows whole seconds.
      const told = found
        .get("clock")
        ?.detail.replace(/\d+/, (seconds) => String(Math.round(Number(seconds) / 5) * 5));
      expect(told).toBe(detail);
      expect(found.get("clock")?.fix).toMatch(/time server/);
    });

    it("a gateway that does not answer", async () => {
      const closed = { ...brand, lineWebhook: "http://127.0.0.1:1/line/shop-1" };
      const stack = { ...market.stack, brands: [closed] };
      const findings: Finding[] = [];
      const examination = createExamination(undefined, (finding) => findings.push(finding));
      await examineStack(stack, market.target, examination, market.clock);
      expect(findings[0]).toMatchObject({ check: "clock", state: "wrong" });
      expect(findings[0]?.detail).toContain("http://127.0.0.1:1 does not answer");
      expect(findings[0]?.fix).toMatch(/reaches the gateway/);
    });

    it.each(["inbound", "outbound"] as const)(
      "an %s queue without its dead-letter queue",
      async (name) => {
        const { url, deadLetterUrl } = market.stack[name];
        const setPolicy = (RedrivePolicy: string) =>
          market.target.aws.sqs.send(
            new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy } }),
          );
        await setPolicy("");
        const found = await expectBroken({ [`${name} queue`]: "wrong" });
        expect(found.get(`${name} queue`)?.fix).toMatch(/^Deploy the stack again/);
        const arn = `arn:aws:sqs:ap-southeast-1:000000000000:${deadLetterUrl.split("/").at(-1)}`;
        await setPolicy(JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1_000 }));
        await expectBroken({});
      },
    );

    it.each(["inbound", "outbound"] as const)("dead letters of the %s queue", async (name) => {
      const box = letterBox(market, name);
      const groupId = `${brand.key}#U1`;
      await box.put({ groupId, body: "1", reason: "LineRefused" });
      await box.put({ groupId, body: "2" });
      await box.put({ groupId: `${brand.key}#U2`, body: "3", reason: "LineRefused" });
      const found = await expectBroken({ [`${name} dead letters`]: "wrong" });
      const finding = found.get(`${name} dead letters`);
      expect(finding?.detail).toMatch(/^3 \(.*LineRefused 2/);
      expect(finding?.detail).toContain("none 1");
      expect(finding?.fix).toBe(
        `Remove the cause (lib/cloud/RUNBOOK.md#dead-letters), then: npm run operator -- redrive --local ${market.run.ready.gateway} --queue ${name}`,
      );
      expect((await box.empty()).map(({ body }) => body).sort()).toEqual(["1", "2", "3"]);
    });
  });

  describe("the LINE side", () => {
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
      expect(found.get("LINE webhook")?.detail).toBe("LINE knows no webhook URL");
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

    it.each([
      [401, /lib\/cloud\/RUNBOOK\.md#signature-failures/],
      [503, /log of the inbound function/],
    ])("a webhook that answers LINE's test with %i", async (statusCode, fix) => {
      const answer = { success: false, statusCode, reason: "ERROR_STATUS_CODE", detail: "words" };
      market.interfere.line = answering(/webhook\/test$/, 200, answer);
      const found = await expectBroken({ "LINE webhook test": "wrong" });
      expect(found.get("LINE webhook test")?.detail).toBe(
        `LINE's test failed: ERROR_STATUS_CODE, ${statusCode}, words`,
      );
      expect(found.get("LINE webhook test")?.fix).toMatch(fix);
    });

    it.each([
      [94, 100, "94 of 100 messages of this month (94 %)", undefined],
      [95, 100, "95 of 100 messages of this month (95 %)", undefined],
      [951, 1_000, "951 of 1000 messages of this month (95 %)", "LINE quota"],
      [0, 0, "0 of 0 messages of this month (100 %)", "LINE quota"],
    ])("%i used messages of %i", async (totalUsage, value, detail, check) => {
      market.interfere.line = async (request, pass) => {
        if (request.path.endsWith("/quota"))
          return { status: 200, body: { type: "limited", value } };
        if (request.path.endsWith("/consumption")) return { status: 200, body: { totalUsage } };
        return pass();
      };
      const found = await expectBroken(check === undefined ? {} : { [check]: "wrong" });
      expect(found.get("LINE quota")?.detail).toBe(detail);
      if (check)
        expect(found.get("LINE quota")?.fix).toContain("lib/cloud/RUNBOOK.md#monthly-quota");
    });
  });

  describe("the Genesys side", () => {
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
          `Store the right OAuth client: ${setUpCommand()}`,
        );
        expect(found.get("Genesys token")?.detail).not.toContain("wrong-one");
      });
    });

    it.each([
      [403, "may not hand over messages", "Conversation > Message > Receive"],
      [409, "Genesys Cloud answered 409", "Try again later"],
      [503, "Genesys Cloud answered 503.", "Try again later"],
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
      const found = await expectBroken({ "Genesys integration": "wrong" });
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
      const found = await expectBroken({ "Genesys integration": "wrong" });
      expect(found.get("Genesys integration")).toMatchObject({
        detail: expect.stringContaining("answered 401"),
        fix: `Give the integration the stored one: ${setUpCommand()}`,
      });
      await admin.change(id, { name, outboundNotificationWebhookSignatureSecretToken: right });
    });

    it.each(["Initiated", "Error"])("an integration whose creation is %s", async (createStatus) => {
      market.interfere.genesys = async (request, pass) => {
        const answer = await pass();
        if (answer.bytes !== undefined || !/integrations\/open\//.test(request.path)) return answer;
        return { ...answer, body: Object.assign({}, answer.body, { createStatus }) };
      };
      const found = await expectBroken({ "Genesys integration": "wrong" });
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
      expect(found.get("Genesys integration")?.detail).toContain(
        "does not show its webhook secret",
      );
    });

    it("a client for set-up that is missing, refused, or may not look", async () => {
      const { sleep } = market.clock;
      const findings = await examine(
        market.target,
        { brand: brand.key },
        (finding) => told.push(finding),
        { now: Date.now, sleep },
      );
      expect(findings.filter(({ state }) => state !== "ok")).toEqual([
        {
          check: "Genesys integration",
          brand: brand.key,
          state: "skipped",
          detail: "the bridge's own OAuth client may not look at it",
          fix: expect.stringContaining("--genesys-provisioning-client-id"),
        },
      ]);
      const by = { ...provisioning, clientSecret: "wrong-one" };
      const found = await expectBroken({ "Genesys integration": "wrong" }, { by });
      expect(found.get("Genesys integration")?.detail).toContain(
        "--genesys-provisioning-client-sec",
      );
      market.interfere.genesys = answering(/integrations\/open\//, 403, {});
      const refused = await expectBroken({ "Genesys integration": "wrong" });
      expect(refused.get("Genesys integration")?.detail).toContain(
        "Messaging > Integration > View",
      );
    });

    it("a webhook that does not know the stored secret yet", async () => {
      const other = market.freshBrand();
      await settingUp(other);
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
        detail: "answered 401 to what is signed with the stored webhook secret",
        fix: expect.stringContaining("after 30 seconds"),
      });
    });
  });

  it("has told nothing that is secret in any of these cases", async () => {
    const text = JSON.stringify(told);
    const seen = (await secretValues(market)).filter((value) => text.includes(value));
    expect(seen).toEqual([]);
    expect(new Set(told.map(({ state }) => state))).toEqual(new Set(["ok", "wrong", "skipped"]));
  });
}
