import type { GivenCredentials } from "../../../../lib/operator/credentials/given-credentials.ts";
import { describeError } from "../../../../lib/operator/errors.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { setUp } from "../../../../lib/operator/set-up/set-up.ts";
import { answeringAws, concurrency, denied } from "../answering-aws.ts";
import { type GenesysAdmin, genesysAdmin } from "../genesys-admin.ts";
import type { LocalMarket } from "../local-market.ts";
import { secretValues, storedSecret, storeSecret, withoutStoring } from "../market-secrets.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { settingUpIn } from "./setting-up.ts";

export function setUpTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let admin: GenesysAdmin;
  let settingUp: ReturnType<typeof settingUpIn>;
  beforeAll(() => {
    market = running();
    admin = genesysAdmin(market);
    settingUp = settingUpIn(market);
  });

  /** What was asked of the platforms to change something. */
  function watchWrites(): string[] {
    const writes: string[] = [];
    market.interfere.line = (request, pass) => {
      if (request.method === "PUT") writes.push(`${request.method} ${request.path}`);
      return pass();
    };
    market.interfere.genesys = (request, pass) => {
      const isLogin = request.path.startsWith("/oauth");
      const isEmptyEvent = request.path.includes("/inbound/open/");
      if (!isLogin && !isEmptyEvent && request.method !== "GET") writes.push(request.path);
      return pass();
    };
    return writes;
  }

  function otherBrand({ key }: BrandStack): BrandStack {
    const other = market.stack.brands.find((one) => one.key !== key);
    if (other === undefined) throw new Error("there is one brand alone");
    return other;
  }

  /** The market as if it had these brands alone. */
  function onlyWith(brands: readonly BrandStack[]): Target {
    const { settings } = market.target;
    const keys = brands.map(({ key }) => key);
    const kept = Object.entries(settings.brands).filter(([key]) => keys.includes(key));
    return { ...market.target, settings: { ...settings, brands: Object.fromEntries(kept) } };
  }

  async function versionsOf({ lineSecret, genesysSecret }: BrandStack) {
    const line = await storedSecret(market, lineSecret);
    const genesys = await storedSecret(market, genesysSecret);
    return [line.version, genesys.version];
  }

  async function expectNoSecret(text: string): Promise<void> {
    const seen = (await secretValues(market)).filter((value) => text.includes(value));
    expect(seen).toHaveLength(0);
  }

  /** Nothing of a brand's is set up. */
  async function expectUntouched(brand: BrandStack): Promise<void> {
    const line = await storedSecret(market, brand.lineSecret);
    const genesys = await storedSecret(market, brand.genesysSecret);
    const values = [...Object.values(line.fields), ...Object.values(genesys.fields)];
    expect(new Set(values)).toEqual(new Set(["REPLACE_ME"]));
    expect(await admin.integrationsOf(brand)).toEqual([]);
    expect(market.run.line?.webhook(brand.key)).toBeUndefined();
  }

  /** Fails with a message that names what is meant, says what to do, and holds nothing secret. */
  async function expectRefusal(setting: Promise<unknown>, ...parts: (string | RegExp)[]) {
    const error: unknown = await setting.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error("did not fail");
    for (const part of parts) expect(describeError(error)).toMatch(part);
    await expectNoSecret(`${describeError(error)} ${error.stack}`);
    return error;
  }

  describe("from empty secrets", () => {
    it("stores, creates, sets and proves everything, and says all that before", async () => {
      const brand = market.freshBrand();
      const terminal = recordingTerminal();
      const sure = terminal.confirm;
      let announced: string[] = [];
      terminal.confirm = async (text) => {
        announced = terminal.lines.filter((line) => line.startsWith("  will "));
        await expectUntouched(brand);
        return sure(text);
      };
      const given = market.credentialsOf(brand);
      const report = await settingUp(brand, { given, terminal, flow: "LINE inbound" });

      const line = await storedSecret(market, brand.lineSecret);
      expect(line.fields).toEqual({
        channelId: given.lineChannelId,
        channelSecret: given.lineChannelSecret,
      });
      const genesys = await storedSecret(market, brand.genesysSecret);
      const [integration] = await admin.integrationsOf(brand);
      expect(integration).toMatchObject({
        name: `LINE ${brand.name}`,
        createStatus: "Completed",
        outboundNotificationWebhookSignatureSecretToken: genesys.fields.webhookSecret,
      });
      expect(genesys.fields).toEqual({
        clientId: given.genesysClientId,
        clientSecret: given.genesysClientSecret,
        integrationId: integration?.id,
        webhookSecret: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(market.run.line?.webhook(brand.key)).toBe(brand.lineWebhook);

      expect(announced).toHaveLength(6);
      expect(announced).toEqual(report.brands[0]?.changed.map((text) => `  will ${text}`));
      expect(report).toMatchObject({ market: "Testland", ok: true });
      expect(report.brands[0]?.proofs.map(({ text }) => text)).toEqual([
        "LINE has called the webhook, and the bridge knows its signature",
        "the Genesys webhook accepts a request signed with the webhook secret",
        "Genesys Cloud does not refuse the bridge's OAuth client",
      ]);
      await expectNoSecret(terminal.screen() + JSON.stringify(report));
    });

    it("asks for what is not given, never echoing what is secret, and keeps the client for set-up nowhere", async () => {
      const brand = market.freshBrand();
      const answers = market.credentialsOf(brand);
      const terminal = recordingTerminal({ answers });
      expect((await settingUp(brand, { given: {}, terminal })).ok).toBe(true);
      expect(terminal.asked.map(({ text, isSecret }) => [text.split(" (")[0], isSecret])).toEqual([
        ["LINE channel ID", false],
        ["LINE channel secret", true],
        ["LINE channel access token", true],
        ["Client ID of the Genesys Cloud OAuth client that the bridge uses", false],
        ["Client secret of the Genesys Cloud OAuth client that the bridge uses", true],
        ["Client ID of the Genesys Cloud OAuth client for set-up", false],
        ["Client secret of the Genesys Cloud OAuth client for set-up", true],
      ]);
      const names = market.stack.brands.flatMap((one) => [one.lineSecret, one.genesysSecret]);
      const stored = JSON.stringify(
        await Promise.all(names.map((name) => storedSecret(market, name))),
      );
      expect(stored).toContain(answers.genesysClientSecret);
      expect(stored).not.toContain(answers.genesysProvisioningClientId);
      expect(stored).not.toContain(answers.genesysProvisioningClientSecret);
    });

    it("says by name what people have left to do in the consoles", async () => {
      const brand = market.freshBrand();
      market.run.line?.useWebhook(brand.key, false);
      const terminal = recordingTerminal();
      const [report] = (await settingUp(brand, { terminal })).brands;
      expect(report?.leftToDo.map(({ isDone }) => isDone)).not.toContain(true);
      const LINE_STEPS = [
        expect.stringContaining("Use webhook"),
        expect.stringContaining("Webhook redelivery"),
        expect.stringContaining("Auto-response messages"),
      ];
      const GENESYS_STEPS = [
        expect.stringContaining("message types of Open Rich Media"),
        expect.stringMatching(/agents need .*Integration > View .*Supported Content > View/),
        expect.stringContaining("delete the client for set-up"),
      ];
      const FLOW_STEPS = [
        expect.stringMatching(/Architect: .*participant data.*market and brand/i),
        expect.stringMatching(`route the integration "LINE ${brand.name}" to that flow, .*--flow`),
      ];
      expect(report?.leftToDo.map(({ text }) => text)).toEqual([
        ...LINE_STEPS,
        ...FLOW_STEPS,
        ...GENESYS_STEPS,
      ]);
      market.run.line?.useWebhook(brand.key, true);
      const [again] = (await settingUp(brand, { given: {}, terminal })).brands;
      expect(again?.leftToDo[0]?.isDone).toBe(true);
      expect(terminal.lines).toContain(`    ✓ ${again?.leftToDo[0]?.text}`);
      // Without the client for set-up nobody has looked.
      expect(again?.leftToDo.map(({ text }) => text)).toEqual([
        ...LINE_STEPS,
        expect.stringContaining("a supported content profile that allows"),
        expect.stringContaining("Typing Indicator - Outbound"),
        ...FLOW_STEPS,
        ...GENESYS_STEPS,
      ]);
      const flow = "LINE inbound";
      const [routed] = (await settingUp(brand, { terminal, flow })).brands;
      expect(routed?.leftToDo.map(({ text }) => text)).toEqual([...LINE_STEPS, ...GENESYS_STEPS]);
    });

    it("changes nothing without a yes", async () => {
      const brand = market.freshBrand();
      const terminal = recordingTerminal({ says: false });
      await expectRefusal(settingUp(brand, { terminal }), "Nothing was changed.");
      expect(terminal.confirmed).toEqual(["Go on?"]);
      await expectUntouched(brand);
    });

    it("sets up all brands where none is named", async () => {
      const pair = [market.freshBrand(), market.freshBrand()] as const;
      for (const brand of pair) {
        const { lineChannelId: channelId, lineChannelSecret: channelSecret } =
          market.credentialsOf(brand);
        await storeSecret(market, brand.lineSecret, { channelId, channelSecret });
      }
      const { lineChannelId, lineChannelSecret: _, ...given } = market.credentialsOf(pair[0]);
      const report = await setUp(onlyWith(pair), { given }, recordingTerminal(), market.clock);
      expect(report.brands.map(({ brand }) => brand)).toEqual(pair.map(({ key }) => key));
      expect(report.ok).toBe(true);
      const refused = setUp(
        onlyWith(pair),
        { given: { ...given, lineChannelId } },
        recordingTerminal(),
        market.clock,
      );
      await expectRefusal(refused, "--brand is missing", `${pair[0].key}, ${pair[1].key}`);
    });
  });

  describe("what AWS allows the account", () => {
    const SMALL = "Lambda runs 10 functions of the account at once in ap-southeast-1";
    const linesWith = async (output: object) => {
      const terminal = recordingTerminal({ says: false });
      await answeringAws(market.target.aws.lambda, output, async () => {
        const [brand] = await market.brandsInUse();
        const options = { brand: brand.key, given: market.credentialsOf(brand) };
        const { ok } = await setUp(market.target, options, terminal, market.clock);
        expect(ok).toBe(true);
      });
      return terminal.lines;
    };

    it("is told first where it is too little, with what to request", async () => {
      const [first, second] = await linesWith(concurrency(10));
      expect(first).toContain(`${SMALL}, and this market can use 208: webhooks will be refused`);
      expect(second).toContain("Request 1000 before there is traffic");
      expect(second).toContain("--quota-code L-B99A9384");
    });

    it("is not spoken of where it is enough", async () => {
      expect((await linesWith(concurrency(1_000))).join()).not.toContain("Lambda");
    });

    it("stops nothing where AWS does not tell it", async () => {
      const [first] = await linesWith(denied("AccessDeniedException"));
      expect(first).toMatch(
        /^Lambda concurrency could not be read: .* Allow lambda:GetAccountSettings to whoever asks\.$/,
      );
    });
  });

  describe("a second run", () => {
    let brand: BrandStack;
    beforeAll(async () => {
      brand = market.freshBrand();
      await settingUp(brand);
    });

    it.each([
      ["nothing is given", () => ({})],
      ["everything is given", () => market.credentialsOf(brand)],
    ])("changes and asks nothing when %s", async (_, given) => {
      const before = await versionsOf(brand);
      const [{ dateModified } = {}] = await admin.integrationsOf(brand);
      const writes = watchWrites();
      const terminal = recordingTerminal();
      const report = await settingUp(brand, { given: given(), terminal });
      expect(report).toMatchObject({ ok: true, brands: [{ changed: [] }] });
      expect(writes).toEqual([]);
      expect(await versionsOf(brand)).toEqual(before);
      expect((await admin.integrationsOf(brand))[0]?.dateModified).toBe(dateModified);
      expect([terminal.asked, terminal.confirmed]).toEqual([[], []]);
      expect(terminal.lines).toContain("  Everything is set up already: nothing to change.");
      const isNoted = terminal.screen().includes("was not checked: give the OAuth client");
      expect(isNoted).toBe(Object.keys(given()).length === 0);
    });

    it("stores another LINE secret and another OAuth client, and changes nothing else", async () => {
      const brand = market.freshBrand();
      await settingUp(brand);
      const { webhookSecret, integrationId } = (await storedSecret(market, brand.genesysSecret))
        .fields;
      const channel = market.run.channels.find(({ brandKey }) => brandKey === brand.key);
      if (channel === undefined) throw new Error("no channel");
      channel.channelSecret = "0".repeat(32);
      const { genesysClientId, genesysClientSecret } = market.credentialsOf(otherBrand(brand));
      const writes = watchWrites();
      const given = {
        lineChannelSecret: channel.channelSecret,
        genesysClientId,
        genesysClientSecret,
      };
      const report = await settingUp(brand, { given });
      expect(report.brands[0]?.changed).toEqual([
        `store the LINE channel's credentials in the secret ${brand.lineSecret}`,
        `store the OAuth client in the secret ${brand.genesysSecret}`,
      ]);
      expect(report.ok).toBe(true);
      expect(writes).toEqual([]);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(fields).toEqual({
        clientId: genesysClientId,
        clientSecret: genesysClientSecret,
        integrationId,
        webhookSecret,
      });
      expect((await storedSecret(market, brand.lineSecret)).fields.channelSecret).toBe(
        "0".repeat(32),
      );
    });

    it("keeps an access token as long as it is wanted and the channel is the same", async () => {
      const brand = market.freshBrand();
      const other = market.credentialsOf(market.freshBrand());
      const channel = market.run.channels.find(({ brandKey }) => brandKey === brand.key);
      if (channel === undefined) throw new Error("no channel");
      channel.channelAccessToken = "a-token-that-lives-long";
      const token = { lineChannelAccessToken: channel.channelAccessToken };
      const given = market.credentialsOf(brand);
      const storedToken = async () =>
        (await storedSecret(market, brand.lineSecret)).fields.channelAccessToken;
      await settingUp(brand, { given: { ...given, ...token } });
      await settingUp(brand);
      expect(await storedToken()).toBe(channel.channelAccessToken);
      await settingUp(brand, { given: { lineChannelAccessToken: "" } });
      expect(await storedToken()).toBeUndefined();

      await settingUp(brand, { given: token });
      const { lineChannelId, lineChannelSecret } = other;
      const moved = await settingUp(brand, { given: { lineChannelId, lineChannelSecret } });
      expect(moved.brands[0]?.changed[0]).toMatch(/^store the LINE channel's credentials/);
      expect((await storedSecret(market, brand.lineSecret)).fields).toEqual({
        channelId: lineChannelId,
        channelSecret: lineChannelSecret,
      });
      delete channel.channelAccessToken;
    });

    it("gives a stack with new URLs to both platforms", async () => {
      const [integration] = await admin.integrationsOf(brand);
      const old = "https://old.example.com";
      await admin.change(integration?.id ?? "", {
        name: "renamed by hand",
        outboundNotificationWebhookUrl: `${old}/genesys`,
      });
      market.run.line?.setWebhook(brand.key, `${old}/line`);
      const before = await versionsOf(brand);
      const report = await settingUp(brand);
      expect(report.brands[0]?.changed).toEqual([
        `give the open messaging integration "renamed by hand" in Genesys Cloud the webhook ${brand.genesysWebhook} (now ${old}/genesys)`,
        `set the LINE channel's webhook URL to ${brand.lineWebhook} (now ${old}/line)`,
      ]);
      expect(report.ok).toBe(true);
      expect((await admin.integrationsOf(brand)).map(({ id, name }) => [id, name])).toEqual([
        [integration?.id, "renamed by hand"],
      ]);
      expect(market.run.line?.webhook(brand.key)).toBe(brand.lineWebhook);
      expect(await versionsOf(brand)).toEqual(before);
    });

    it("gives the integration the stored webhook secret where Genesys Cloud shows another", async () => {
      const [{ id, name } = { id: "", name: "" }] = await admin.integrationsOf(brand);
      await admin.change(id, {
        name,
        outboundNotificationWebhookSignatureSecretToken: "somebody else's idea",
      });
      const before = await versionsOf(brand);
      const report = await settingUp(brand);
      expect(report.brands[0]?.changed).toEqual([
        `give the open messaging integration "${name}" in Genesys Cloud the stored webhook secret`,
      ]);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      const [after] = await admin.integrationsOf(brand);
      expect(after?.outboundNotificationWebhookSignatureSecretToken).toBe(fields.webhookSecret);
      expect(await versionsOf(brand)).toEqual(before);
    });

    it("needs a client for set-up that may edit the integration", async () => {
      const [{ id, name } = { id: "", name: "" }] = await admin.integrationsOf(brand);
      const change = { outboundNotificationWebhookSignatureSecretToken: "somebody else's idea" };
      await admin.change(id, { name, ...change });
      market.interfere.genesys = async (request, pass) =>
        request.method === "PATCH"
          ? { status: 403, body: { code: "missing.permissions" } }
          : pass();
      await expectRefusal(
        settingUp(brand),
        "update the integration with 403",
        "Integration > Edit",
      );
      market.interfere.genesys = undefined;
      expect((await settingUp(brand)).brands[0]?.changed).toHaveLength(1);
    });

    it("creates the integration again where somebody has deleted it", async () => {
      const [{ id } = { id: "" }] = await admin.integrationsOf(brand);
      await admin.remove(id);
      // Without the client for set-up it can only say that something is wrong.
      const blind = await settingUp(brand, { given: {} });
      expect(blind.ok).toBe(false);
      expect(blind.brands[0]?.proofs[2]?.text).toContain("no integration");
      const report = await settingUp(brand);
      expect(report.ok).toBe(true);
      const [created] = await admin.integrationsOf(brand);
      expect(created?.id).not.toBe(id);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(fields.integrationId).toBe(created?.id);
      expect(fields.webhookSecret).toBe(created?.outboundNotificationWebhookSignatureSecretToken);
    });
  });

  describe("a run that goes on where another has ended", () => {
    it("takes up an integration whose webhook secret was not stored any more", async () => {
      const brand = market.freshBrand();
      const { lineChannelId: channelId, lineChannelSecret: channelSecret } =
        market.credentialsOf(brand);
      await storeSecret(market, brand.lineSecret, { channelId, channelSecret });
      const target = withoutStoring(market.target, market);
      await expect(settingUp(brand, { target })).rejects.toThrow("out of order");
      const [lost] = await admin.integrationsOf(brand);
      // Genesys Cloud does not repeat what got a 401: the bridge must know the secret first.
      let known: unknown;
      market.interfere.genesys = async (request, pass) => {
        if (request.method === "PATCH") {
          const { fields } = await storedSecret(market, brand.genesysSecret);
          const { outboundNotificationWebhookSignatureSecretToken } = JSON.parse(
            request.body.toString(),
          );
          known ??= [fields.webhookSecret, outboundNotificationWebhookSignatureSecretToken];
        }
        return pass();
      };
      const report = await settingUp(brand);
      expect(report.ok).toBe(true);
      expect(report.brands[0]?.changed).toEqual([
        `store the integration's id, a webhook secret and the OAuth client in the secret ${brand.genesysSecret}`,
        `give the open messaging integration "LINE ${brand.name}" in Genesys Cloud the stored webhook secret`,
        `wait until Genesys Cloud has created the integration "LINE ${brand.name}"`,
        expect.stringMatching(/^take the supported content profile "LINE bridge" .* and give it/),
        expect.stringMatching(/^take the platform configuration profile "LINE bridge" .* and give/),
        expect.stringContaining("set the LINE channel's webhook URL"),
      ]);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(known).toEqual([fields.webhookSecret, fields.webhookSecret]);
      expect(fields.integrationId).toBe(lost?.id);
      expect(fields.webhookSecret).not.toBe(lost?.outboundNotificationWebhookSignatureSecretToken);
      expect(await admin.integrationsOf(brand)).toHaveLength(1);
    });

    it("says which step has failed, and what to do", async () => {
      const brand = market.freshBrand();
      market.interfere.line = async (request, pass) =>
        request.method === "PUT" ? { status: 503, body: {} } : pass();
      const terminal = recordingTerminal();
      await expectRefusal(
        settingUp(brand, { terminal }),
        "LINE is out of order: it answered 503. Run it again later",
      );
      expect(terminal.lines.at(-1)).toMatch(/^ {2}✗ set the LINE channel's webhook URL to http/);
      market.interfere.line = undefined;
      const { brands } = await settingUp(brand);
      expect(brands[0]?.changed).toEqual([
        expect.stringMatching(/^set the LINE channel's webhook/),
      ]);
    });

    it("waits for an integration that another run has stored and not waited for", async () => {
      const brand = market.freshBrand();
      market.interfere.genesys = async (request, pass) =>
        request.method === "GET" && /open\/[^/]+$/.test(request.path) ? undefined : pass();
      await expectRefusal(settingUp(brand), "Genesys Cloud cannot be reached");
      market.interfere.genesys = undefined;
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(fields.integrationId).toMatch(/^[0-9a-f-]{36}$/);
      const report = await settingUp(brand);
      expect(report.ok).toBe(true);
      expect(report.brands[0]?.changed[0]).toMatch(/^wait until Genesys Cloud has created/);
      expect((await storedSecret(market, brand.genesysSecret)).fields).toEqual(fields);
    });

    it("says why Genesys Cloud could not create the integration, until it is deleted there", async () => {
      const brand = market.freshBrand();
      market.run.genesys?.failNextIntegration({
        code: "limit.reached",
        message: "too many of them",
      });
      const reason =
        "could not create the integration (limit.reached: too many of them). Delete it";
      await expectRefusal(settingUp(brand), reason, "run set-up again");
      await expectRefusal(settingUp(brand), reason);
      const [failed] = await admin.integrationsOf(brand);
      await admin.remove(failed?.id ?? "");
      expect((await settingUp(brand)).ok).toBe(true);
      expect((await admin.integrationsOf(brand))[0]?.createStatus).toBe("Completed");
    });

    it("leaves the choice between two integrations to people", async () => {
      const brand = market.freshBrand();
      const integration = {
        name: "by hand",
        outboundNotificationWebhookUrl: brand.genesysWebhook,
        outboundNotificationWebhookSignatureSecretToken: "thought of by somebody",
      };
      const ids = [await admin.create(integration), await admin.create(integration)];
      await expectRefusal(settingUp(brand), brand.genesysWebhook, ids.join(", "), "Delete all but");
      await admin.remove(ids[0] ?? "");
      expect((await settingUp(brand)).ok).toBe(true);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(fields.integrationId).toBe(ids[1]);
    });

    it("believes an integration that hides its webhook secret only if it has stored it for that one", async () => {
      const brand = market.freshBrand();
      await settingUp(brand);
      market.interfere.genesys = async (request, pass) => {
        const answer = await pass();
        if (request.method !== "GET" || answer.bytes !== undefined) return answer;
        const text = JSON.stringify(answer.body, (name, value) =>
          name === "outboundNotificationWebhookSignatureSecretToken" ? "********" : value,
        );
        return { ...answer, body: JSON.parse(text) };
      };
      expect((await settingUp(brand)).brands[0]?.changed).toEqual([]);

      const hidden = market.interfere.genesys;
      market.interfere.genesys = undefined;
      const [{ id } = { id: "" }] = await admin.integrationsOf(brand);
      await admin.remove(id);
      await admin.create({
        name: "by hand",
        outboundNotificationWebhookUrl: brand.genesysWebhook,
        outboundNotificationWebhookSignatureSecretToken: "thought of by somebody",
      });
      market.interfere.genesys = hidden;
      expect((await settingUp(brand)).ok).toBe(true);
      market.interfere.genesys = undefined;
      const [after] = await admin.integrationsOf(brand);
      const { fields } = await storedSecret(market, brand.genesysSecret);
      expect(after?.outboundNotificationWebhookSignatureSecretToken).toBe(fields.webhookSecret);
      expect(after?.id).toBe(fields.integrationId);
    });
  });

  describe("what it refuses", () => {
    let brand: BrandStack;
    beforeAll(() => {
      brand = market.freshBrand();
    });
    afterEach(() => expectUntouched(brand));

    const wrong = (change: GivenCredentials) => ({
      given: { ...market.credentialsOf(brand), ...change },
    });

    it("an unknown brand", async () => {
      const given = market.credentialsOf(brand);
      const setting = setUp(
        market.target,
        { brand: "shop-0", given },
        recordingTerminal(),
        market.clock,
      );
      const error = await expectRefusal(setting, "--brand shop-0", "choose one of shop-1, shop-2");
      expect(error.name).toBe("UsageError");
    });

    it("a LINE channel secret that LINE refuses", async () => {
      const channelSecret = "5".repeat(32);
      const setting = settingUp(brand, wrong({ lineChannelSecret: channelSecret }));
      const error = await expectRefusal(
        setting,
        "LINE refused",
        "LINE channel ID (--line-channel-id)",
        "LINE channel secret (--line-channel-secret)",
      );
      expect(error.message).not.toContain(channelSecret);
    });

    it("a LINE access token of another channel, and one of none", async () => {
      const other = market.run.channels.find(({ brandKey }) => brandKey !== brand.key);
      if (other === undefined) throw new Error("no channel");
      other.channelAccessToken = "token-of-another-channel";
      const given = wrong({ lineChannelAccessToken: other.channelAccessToken });
      await expectRefusal(settingUp(brand, given), "belongs to another channel than channel ID");
      delete other.channelAccessToken;
      await expectRefusal(
        settingUp(brand, given),
        "LINE channel access token (--line-channel-access-token)",
      );
    });

    it("OAuth clients that Genesys Cloud refuses, saying which of the two", async () => {
      const runtime = settingUp(brand, wrong({ genesysClientSecret: "wrong-one" }));
      const error = await expectRefusal(
        runtime,
        "Genesys Cloud refused",
        "--genesys-client-id",
        "--genesys-client-secret",
      );
      expect(error.message).not.toContain("wrong-one");
      const provisioning = settingUp(
        brand,
        wrong({ genesysProvisioningClientSecret: "wrong-one" }),
      );
      const other = await expectRefusal(
        provisioning,
        "Genesys Cloud refused",
        "--genesys-provisioning-client-id",
        "--genesys-provisioning-client-secret",
      );
      expect(other.message).not.toContain("wrong-one");
    });

    it("a client for set-up that may not look or create", async () => {
      const permissions = [
        ["GET", "Messaging > Integration > View"],
        ["POST", "Messaging > Integration > Add"],
      ] as const;
      for (const [method, permission] of permissions) {
        market.interfere.genesys = async (request, pass) =>
          request.method === method && request.path.includes("/messaging/integrations/")
            ? { status: 403, body: { code: "missing.permissions", message: "…" } }
            : pass();
        const setting = settingUp(brand, { terminal: recordingTerminal() });
        await expectRefusal(setting, "403", permission, "OAuth client for set-up");
      }
      // The LINE secret was stored before the integration could not be created.
      await storeSecret(market, brand.lineSecret, {
        channelId: "REPLACE_ME",
        channelSecret: "REPLACE_ME",
      });
    });

    it.each([
      ["lineChannelId", "LINE channel ID is missing", "--line-channel-id"],
      ["lineChannelSecret", "LINE channel secret is missing", "LINE_CHANNEL_SECRET"],
      ["genesysClientId", "that the bridge uses is missing", "--genesys-client-id"],
      ["genesysClientSecret", "that the bridge uses is missing", "genesysClientSecret on standard"],
      ["genesysProvisioningClientId", "for set-up is missing", "--genesys-provisioning-client-id"],
      ["genesysProvisioningClientSecret", "for set-up is missing", "GENESYS_PROVISIONING_CLIENT"],
    ] as const)("to go on without %s where nobody can be asked", async (name, what, where) => {
      const { [name]: _, ...given } = market.credentialsOf(brand);
      const error = await expectRefusal(settingUp(brand, { given }), what, where, "--stdin");
      expect(error.name).toBe("UsageError");
    });

    it("what is stored and cannot be used", async () => {
      const placeholders = (await storedSecret(market, brand.lineSecret)).fields;
      const channelAccessToken = "two words";
      const { lineChannelId: channelId } = market.credentialsOf(brand);
      const unusable = { ...placeholders, channelId, channelAccessToken };
      await storeSecret(market, brand.lineSecret, unusable);
      const error = await expectRefusal(
        settingUp(brand),
        brand.lineSecret,
        "channelAccessToken: must be printable ASCII",
      );
      expect(error.message).not.toContain(channelAccessToken);
      await storeSecret(market, brand.lineSecret, placeholders);
    });

    it("what is typed and cannot be used", async () => {
      const answers = { ...market.credentialsOf(brand), lineChannelId: "@shop" };
      const terminal = recordingTerminal({ answers });
      await expectRefusal(settingUp(brand, { given: {}, terminal }), "lineChannelId", "the number");
    });
  });
}
