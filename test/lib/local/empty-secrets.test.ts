import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { findRuns } from "../../../lib/local/run-file.ts";
import { outputPrefix } from "../../../lib/markets.ts";
import { eventually, type RunningBridge, startBridge } from "../../journeys/running-bridge.ts";

jest.setTimeout(120_000);

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const NODE = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));
const BRAND = "retail-thai";
/** The one that is set up. */
const OTHER = "travel-thai";
const PLACEHOLDER = "REPLACE_ME";

let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge("--empty-secrets");
});
afterAll(async () => {
  await bridge.stop();
  // It has taken its file back.
  expect(ownRun()).toBeUndefined();
});

const ownRun = () => findRuns().find(({ pid }) => pid === bridge.child.pid);

function brand(key = BRAND) {
  const found = bridge.ready.brands[key];
  if (found === undefined) throw new Error("no brand");
  return found;
}

async function json(url: string, method: string, headers: Record<string, string>, body?: string) {
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const JSON_BODY = { "content-type": "application/json" };
const FORM_BODY = { "content-type": "application/x-www-form-urlencoded" };

const act = (path: string, body: object) =>
  json(`${bridge.ready.console}${path}`, "POST", JSON_BODY, JSON.stringify(body));

const state = async (key = BRAND) =>
  (await (await fetch(`${bridge.ready.console}/api/state?brand=${key}`)).json()) as {
    missingSetup?: string;
    phones: { lines: { text: string }[] }[];
    conversations: { messages: { text: string }[] }[];
  };

describe("a run as after the first deployment", () => {
  it("has the accounts at the platforms, and nothing that is set up", async () => {
    expect(bridge.ready.provisioning).toEqual({
      clientId: expect.any(String),
      clientSecret: expect.any(String),
    });
    expect(brand()).toEqual({
      brand: "Retail_Thai",
      line: {
        webhook: `${bridge.ready.gateway}/line/${BRAND}`,
        channelId: expect.stringMatching(/^\d{10}$/),
        channelSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
        botUserId: expect.stringMatching(/^U[0-9a-f]{32}$/),
      },
      genesys: {
        webhook: `${bridge.ready.gateway}/genesys/${BRAND}`,
        clientId: expect.any(String),
        clientSecret: expect.any(String),
      },
      queues: { inbound: expect.any(String), outbound: expect.any(String) },
    });
    const line = await bridge.getSecret(`Thailand/${BRAND}/line`);
    const genesys = await bridge.getSecret(`Thailand/${BRAND}/genesys`);
    expect(line).toEqual({ channelId: PLACEHOLDER, channelSecret: PLACEHOLDER });
    expect(genesys).toEqual({
      clientId: PLACEHOLDER,
      clientSecret: PLACEHOLDER,
      integrationId: PLACEHOLDER,
      webhookSecret: PLACEHOLDER,
    });
    // Each part of the template has its part in the run.
    expect(bridge.log()).not.toContain("not part of a local run");
  });

  it("is found by its file, which holds no secret", () => {
    const run = ownRun();
    expect(run).toMatchObject({
      market: "Thailand",
      gateway: bridge.ready.gateway,
      stackName: "LineGenesysBridge-Thailand",
      region: "ap-southeast-1",
      aws: bridge.ready.aws,
      settings: { brands: { [BRAND]: { brand: "Retail_Thai" } } },
    });
    const text = JSON.stringify(run);
    expect(text).not.toContain(brand().line.channelSecret);
    expect(text).not.toContain(brand().genesys.clientSecret);
    expect(text).not.toContain(bridge.ready.provisioning?.clientSecret);
  });

  it("has a stack whose outputs name the webhooks and the secrets", async () => {
    const client = new CloudFormationClient({
      region: "ap-southeast-1",
      endpoint: bridge.ready.aws.cloudFormation,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const StackName = "LineGenesysBridge-Thailand";
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    client.destroy();
    const prefix = outputPrefix(BRAND);
    expect(Stacks?.[0]?.Outputs).toEqual(
      expect.arrayContaining([
        {
          OutputKey: `${prefix}LineWebhookUrl`,
          OutputValue: brand().line.webhook,
          Description: "Webhook URL of the LINE channel",
        },
        expect.objectContaining({
          OutputKey: `${prefix}GenesysSecretName`,
          OutputValue: `Thailand/${BRAND}/genesys`,
        }),
        expect.objectContaining({
          OutputKey: "InboundDeadLetterQueueUrl",
          OutputValue: bridge.ready.queues.inboundDeadLetter,
        }),
      ]),
    );
  });

  it("says on its console what is missing", async () => {
    const missing = expect.stringMatching(/npm run operator -- setup --local --brand retail-thai$/);
    expect((await state()).missingSetup).toEqual(missing);
    const content = { type: "text", text: "too early" };
    const refused = { status: 400, body: { message: missing } };
    expect(await act("/api/line", { brand: BRAND, customer: "A", content })).toEqual(refused);
    expect(await act("/api/genesys", { brand: BRAND, to: "U", text: "x" })).toEqual(refused);
  });

  it("stops the demo before its first line, which names what to run", async () => {
    const { code, stdout, stderr } = await demo("--console", bridge.ready.console ?? "");
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toBe(
      `${BRAND} is not set up yet. Run the command that npm start has printed for it: npm run operator -- setup --local --brand ${BRAND}\n`,
    );
  });

  it("carries messages both ways as soon as it is set up through the platforms' APIs", async () => {
    await setUp();
    expect((await state(OTHER)).missingSetup).toBeUndefined();
    const name = `Thailand/${OTHER}/genesys`;
    const right = await bridge.getSecret(name);
    await bridge.putSecret(name, { ...right, clientSecret: PLACEHOLDER });
    expect((await state(OTHER)).missingSetup).toMatch(/is not set up yet/);
    await bridge.putSecret(name, right);
    const said = await act("/api/line", {
      brand: OTHER,
      customer: "A",
      content: { type: "text", text: "สวัสดี" },
    });
    expect(said).toMatchObject({ status: 200, body: { status: 200 } });
    await eventually(async () => {
      expect((await state(OTHER)).conversations).toMatchObject([{ messages: [{ text: "สวัสดี" }] }]);
    });
    await act("/api/genesys", { brand: OTHER, to: said.body.userId, text: "ยินดีค่ะ" });
    await eventually(async () => {
      const [phone] = (await state(OTHER)).phones;
      expect(phone?.lines.map(({ text }) => text)).toEqual(["สวัสดี", "ยินดีค่ะ"]);
    });
  });
});

/** `npm run demo`. */
async function demo(...flags: string[]) {
  const child = spawn(NODE, ["bin/demo.ts", ...flags], { cwd: ROOT });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { code, stdout, stderr };
}

describe("the demo", () => {
  it("ends where no console is, and says what to do", async () => {
    const { code, stdout, stderr } = await demo("--console", "http://127.0.0.1:1");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^No console of a bridge answers at http:\/\/127\.0\.0\.1:1: npm start/);
  });

  it("ends where the bridge talks to others than its simulators", async () => {
    const other = await startBridge("--line-api", "http://127.0.0.1:1");
    try {
      const { code, stdout } = await demo("--console", other.ready.console ?? "");
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /talks to another LINE than its .* npm run demo -- --market Thailand$/m,
      );
    } finally {
      await other.stop();
    }
  });
});

/** What an operator does by hand, without any of the operator's code. */
async function setUp(): Promise<void> {
  const run = ownRun();
  if (run === undefined) throw new Error("the run has no file");
  const { lineApi, genesysApi, genesysLogin } = run.platforms;
  const { line, genesys } = brand(OTHER);
  const { channelId, channelSecret } = line;

  const lineLogin = await json(
    `${lineApi}/oauth2/v3/token`,
    "POST",
    FORM_BODY,
    `grant_type=client_credentials&client_id=${channelId}&client_secret=${channelSecret}`,
  );
  await bridge.putSecret(`Thailand/${OTHER}/line`, { channelId, channelSecret });
  const set = await json(
    `${lineApi}/v2/bot/channel/webhook/endpoint`,
    "PUT",
    { ...JSON_BODY, authorization: `Bearer ${lineLogin.body.access_token}` },
    JSON.stringify({ endpoint: line.webhook }),
  );
  expect(set).toEqual({ status: 200, body: {} });

  const { clientId = "", clientSecret = "" } = bridge.ready.provisioning ?? {};
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const login = await json(
    `${genesysLogin}/oauth/token`,
    "POST",
    { ...FORM_BODY, authorization: `Basic ${basic}` },
    "grant_type=client_credentials",
  );
  const authorization = `Bearer ${login.body.access_token}`;
  const integrations = `${genesysApi}/api/v2/conversations/messaging/integrations/open`;
  expect(await json(integrations, "GET", { authorization })).toMatchObject({
    status: 200,
    body: { total: 0 },
  });
  const webhookSecret = "made-up-for-this-test";
  const created = await json(
    integrations,
    "POST",
    { ...JSON_BODY, authorization },
    JSON.stringify({
      name: "LINE Travel_Thai",
      outboundNotificationWebhookUrl: genesys.webhook,
      outboundNotificationWebhookSignatureSecretToken: webhookSecret,
    }),
  );
  const { id } = created.body;
  await eventually(async () => {
    const { body } = await json(`${integrations}/${id}`, "GET", { authorization });
    expect(body.createStatus).toBe("Completed");
  });
  await bridge.putSecret(`Thailand/${OTHER}/genesys`, {
    clientId: genesys.clientId,
    clientSecret: genesys.clientSecret,
    integrationId: id,
    webhookSecret,
  });
}
