import { type BareGenesys, flow, startBareGenesys } from "./steps/bare-genesys.ts";

const TOKEN = "outboundNotificationWebhookSignatureSecretToken";

let bare: BareGenesys;
afterEach(() => bare.close());

/** What the integration was given, in order; `fails`: Genesys Cloud refuses it for now. */
let given: string[];
let fails: boolean;
async function start(masksSecrets: boolean): Promise<void> {
  bare = await startBareGenesys([flow("LINE inbound")], { masksSecrets });
  given = [];
  fails = false;
  bare.interfere.now = async (request, pass) => {
    const isOfSecret = request.body.includes(TOKEN) && request.path.includes("/integrations/open");
    if (!isOfSecret) return pass();
    if (fails) return { status: 503, body: {} };
    given.push(JSON.parse(request.body.toString())[TOKEN]);
    return pass();
  };
}

describe.each([
  ["shows", false],
  ["hides", true],
])("the webhook secret of an integration, where Genesys Cloud %s it", (_, masksSecrets) => {
  it("is renewed where that is wanted, and is then the stored one", async () => {
    await start(masksSecrets);
    await bare.setUp();
    const first = bare.secret.webhookSecret;
    const { changed } = await bare.setUp({ renewsSecret: true });
    expect(changed).toEqual([
      expect.stringContaining("store the integration's id, a webhook secret"),
      expect.stringMatching(/the stored webhook secret, half a minute later/),
    ]);
    expect(given).toEqual([first, bare.secret.webhookSecret]);
    expect(bare.secret.webhookSecret).not.toBe(first);
  });

  it.each([[{}], [{ renewsSecret: true }]])(
    "is given to it by the next run %j where a run that renews it has ended before",
    async (wishes) => {
      await start(masksSecrets);
      await bare.setUp();
      fails = true;
      await expect(bare.setUp({ renewsSecret: true })).rejects.toThrow("503");
      const stored = bare.secret.webhookSecret;
      expect(given).not.toContain(stored);
      fails = false;
      const { changed } = await bare.setUp(wishes);
      expect(changed).toEqual([expect.stringContaining("the stored webhook secret")]);
      expect(given.at(-1)).toBe(stored);
      expect(bare.secret.webhookSecret).toBe(stored);
    },
  );
});
