import type { LinePlatform } from "../../../../../lib/local/simulators/line/line-platform.ts";
import { lineSignature } from "../../../../../lib/local/simulators/line/webhook-delivery.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";
import { NOW, type RunningLine, startLine } from "./running-line.ts";

const ENDPOINT = "/v2/bot/channel/webhook/endpoint";
const TEST = "/v2/bot/channel/webhook/test";
const HOUR = 3_600_000;

let line: RunningLine;
let platform: LinePlatform;
const receivers: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  line = await startLine();
  platform = line.platform;
});
afterEach(async () => {
  await line.close();
  for (const receiver of receivers.splice(0)) await receiver.close();
});

/** A bridge on an origin that needs no https. */
async function startBridge(answers?: Parameters<typeof startWebhookReceiver>[0]) {
  const bridge = await startWebhookReceiver(answers);
  receivers.push(bridge);
  platform.exemptOrigin(bridge.url);
  return bridge;
}

const put = (endpoint: unknown) => line.call(ENDPOINT, { endpoint }, "retail", "PUT");
const get = async () => (await line.call(ENDPOINT)).json();
const test = async (body: object = {}) => {
  const response = await line.call(TEST, body);
  return { status: response.status, body: await response.json() };
};

describe("the webhook URL", () => {
  it("is what was set last, through the API or by the console", async () => {
    platform.setWebhook("retail", "https://one.example/line");
    expect(await get()).toEqual({ endpoint: "https://one.example/line", active: true });
    const response = await put("https://two.example/line");
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(await get()).toEqual({ endpoint: "https://two.example/line", active: true });
    expect(platform.webhook("retail")).toBe("https://two.example/line");
    // Each channel has its own.
    expect(platform.webhook("travel")).not.toBe("https://two.example/line");
  });

  it("gets the events from then on", async () => {
    const bridge = await startBridge();
    await put(bridge.url);
    await platform.send("retail", "A", { type: "text", text: "hi" });
    expect(bridge.bodies()).toMatchObject([{ events: [{ message: { text: "hi" } }] }]);
    expect(line.events()).toEqual([]);
  });

  it.each([
    ["http", "http://one.example/line"],
    ["a local origin that was not exempted", "http://127.0.0.1:1/line"],
    ["no URL", "one.example/line"],
    ["nothing", ""],
    ["501 characters", `https://one.example/${"a".repeat(481)}`],
  ])("is refused for %s", async (_, endpoint) => {
    const response = await put(endpoint);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: "Invalid webhook endpoint URL" });
    expect((await line.call(TEST, { endpoint })).status).toBe(400);
  });

  it("may have 500 characters, and must be there", async () => {
    expect((await put(`https://one.example/${"a".repeat(480)}`)).status).toBe(200);
    expect((await put(undefined)).status).toBe(400);
    expect((await line.call(ENDPOINT, { endpoint: "https://one.example" }, "", "PUT")).status).toBe(
      401,
    );
  });
});

describe("a channel without a webhook URL", () => {
  it("has none to tell or to test", async () => {
    const fresh = await startLine({ webhooks: false });
    try {
      for (const response of [await fresh.call(ENDPOINT), await fresh.call(TEST, {})]) {
        expect(response.status).toBe(404);
        expect(await response.json()).toEqual({ message: "Webhook endpoint not found" });
      }
      expect(fresh.platform.webhook("retail")).toBeUndefined();
    } finally {
      await fresh.close();
    }
  });
});

describe("the switch Use webhook", () => {
  it("keeps everything from the bridge while it is off", async () => {
    platform.useWebhook("retail", false);
    expect(await get()).toMatchObject({ active: false });
    const sent = await platform.send("retail", "A", { type: "text", text: "unheard" });
    expect(await sent.settled).toEqual({ status: 0, attempts: 0 });
    const { userId } = platform.customers.named("A");
    expect(platform.chat("retail", userId)).toMatchObject([{ text: "unheard" }]);
    await platform.send("travel", "A", { type: "text", text: "other account" });
    platform.useWebhook("retail", true);
    await platform.send("retail", "A", { type: "text", text: "heard" });
    expect(line.events()).toMatchObject([
      { message: { text: "other account" } },
      { message: { text: "heard" } },
    ]);
  });
});

describe("a test of the webhook", () => {
  it("sends a signed body without events to the URL that is set", async () => {
    const bridge = await startBridge();
    await put(bridge.url);
    expect(await test()).toEqual({
      status: 200,
      body: {
        success: true,
        timestamp: new Date(NOW).toISOString(),
        statusCode: 200,
        reason: "OK",
        detail: "200",
      },
    });
    expect(bridge.bodies()).toEqual([{ destination: `U${"b".repeat(32)}`, events: [] }]);
    const [received] = bridge.received;
    expect(received?.headers["x-line-signature"]).toBe(
      lineSignature("secret-of-retail", Buffer.from(received?.body ?? "")),
    );
  });

  it("can be of another URL, and does not set it", async () => {
    const bridge = await startBridge([401]);
    const before = await get();
    expect(await test({ endpoint: bridge.url })).toMatchObject({
      status: 200,
      body: { success: false, statusCode: 401, reason: "ERROR_STATUS_CODE", detail: "401" },
    });
    expect(bridge.received).toHaveLength(1);
    expect(await get()).toEqual(before);
  });

  it("tells of a bridge that is silent or gone", async () => {
    const bridge = await startBridge(["silence"]);
    const timeout = { success: false, statusCode: 0, reason: "REQUEST_TIMEOUT" };
    expect((await test({ endpoint: bridge.url })).body).toMatchObject(timeout);
    await bridge.close();
    const gone = { success: false, statusCode: 0, reason: "COULD_NOT_CONNECT" };
    expect((await test({ endpoint: bridge.url })).body).toMatchObject(gone);
  });

  it("is refused for a host that does not exist", async () => {
    expect(await test({ endpoint: "https://nowhere.invalid/line" })).toEqual({
      status: 400,
      body: { message: "Invalid webhook endpoint URL" },
    });
  });

  it("is possible 60 times an hour and channel", async () => {
    const bridge = await startBridge();
    await put(bridge.url);
    for (let nth = 0; nth < 60; nth++) expect(await test()).toMatchObject({ status: 200 });
    expect(await test()).toEqual({
      status: 429,
      body: { message: "The API rate limit has been exceeded. Try again later." },
    });
    expect((await line.call(TEST, { endpoint: bridge.url }, "travel")).status).toBe(200);
    line.wait(HOUR);
    // The line's own token lives on, as it is a long-lived one.
    expect(await test()).toMatchObject({ status: 200 });
    expect(bridge.received).toHaveLength(62);
  });
});
