import type { LineChannel } from "../../../../../lib/local/simulators/line/channel.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../../lib/local/simulators/line/line-platform.ts";
import type { SentMessage } from "../../../../../lib/local/simulators/line/outbox.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";

const HOUR = 3600 * 1000;
const RETRY_KEY = "123e4567-e89b-12d3-a456-426614174000";
const USER = `U${"a".repeat(32)}`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let platform: LinePlatform;
let retail: LineChannel;
let now: number;
let traffic: Traffic[];

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  traffic = [];
  retail = {
    brandKey: "retail",
    channelId: "1234567890",
    channelSecret: "secret-of-retail",
    channelAccessToken: "long-lived+token/retail=",
    botUserId: `U${"b".repeat(32)}`,
  };
  const travel = {
    brandKey: "travel",
    channelId: "2234567890",
    channelSecret: "secret-of-travel",
    channelAccessToken: "long-lived-travel",
    botUserId: `U${"c".repeat(32)}`,
  };
  platform = await startLinePlatform({
    channels: [retail, travel],
    now: () => now,
    onTraffic: (one) => traffic.push(one),
    redeliveryPauses: [],
    monthlyLimit: 3,
    language: "th",
  });
});
afterEach(() => platform.close());

describe("stateless channel access token", () => {
  it("is issued for the channel's id and secret and lives for 15 minutes", async () => {
    const answer = await requestToken();
    expect(answer).toMatchObject({ status: 200, body: { token_type: "Bearer", expires_in: 900 } });
    const token = answer.body.access_token;
    expect(await push({}, { token })).toMatchObject({ status: 200 });
    now += 899_999;
    expect(await push({}, { token })).toMatchObject({ status: 200 });
    now += 1;
    expect(await push({}, { token })).toMatchObject({ status: 401 });
    expect(traffic[0]).toMatchObject({ what: "token", brandKey: "retail", status: 200 });
  });

  it("stays valid when the secret is reissued; the old secret does not", async () => {
    const { body } = await requestToken();
    retail.channelSecret = "another-secret";
    expect(await push({}, { token: body.access_token })).toMatchObject({ status: 200 });
    expect(await requestToken()).toMatchObject({ status: 400 });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["a wrong secret", { client_secret: "x" }, "invalid_request", "Invalid 'client_credentials'."],
    ["an unknown channel", { client_id: "1" }, "invalid_request", "Invalid 'client_credentials'."],
    ["no secret", { client_secret: "" }, "invalid_request", "'client_secret' is missing."],
    [
      "another grant",
      { grant_type: "password" },
      "unsupported_grant_type",
      "Invalid 'grant_type'.",
    ],
  ])("is refused for %s", async (_, form, error, error_description) => {
    expect(await requestToken(form)).toMatchObject({
      status: 400,
      body: { error, error_description },
    });
  });

  it("is refused for a JSON body", async () => {
    const response = await fetch(`${platform.origin}/oauth2/v3/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_request" });
  });
});

describe("push", () => {
  it("answers with the ids of the messages, in order, and shows them on the phone", async () => {
    const messages = [
      { type: "text", text: "Hello" },
      { type: "flex", altText: "Card", contents: { type: "bubble" } },
    ];
    const answer = await push({ messages });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        sentMessages: [
          { id: expect.stringMatching(/^\d{18}$/), quoteToken: expect.any(String) },
          { id: expect.stringMatching(/^\d{18}$/) },
        ],
      },
    });
    const [first, second] = answer.body.sentMessages;
    expect(second).not.toHaveProperty("quoteToken");
    expect(answer.headers.get("x-line-request-id")).toMatch(UUID);
    expect(platform.inbox("retail", USER)).toEqual([
      { id: first?.id, at: now, text: "Hello", message: messages[0] },
      { id: second?.id, at: now, text: "Card", message: messages[1] },
    ]);
    expect(platform.inbox("travel", USER)).toEqual([]);
    expect(traffic.at(-1)).toMatchObject({
      at: now,
      from: "bridge",
      to: "LINE",
      brandKey: "retail",
      what: "push",
      text: "Hello · Card",
      status: 200,
    });
  });

  it.each<[string, Parameters<typeof push>[0], number, object]>([
    [
      "no to",
      { to: undefined },
      400,
      { details: [{ message: "May not be empty", property: "to" }] },
    ],
    ["an id of no user", { to: "U123" }, 400, { message: invalid("to") }],
    ["a number as to", { to: 5 }, 400, { message: invalid("to") }],
    ["no messages", { messages: undefined }, 400, { details: [{ property: "messages" }] }],
    [
      "an empty list of messages",
      { messages: [] },
      400,
      { details: [{ message: "May not be empty", property: "messages" }] },
    ],
    [
      "6 messages",
      { messages: Array(6).fill({ type: "text", text: "x" }) },
      400,
      { details: [{ message: "Size must be between 1 and 5", property: "messages" }] },
    ],
    [
      "a faulty message",
      { messages: [{ type: "text", text: "" }] },
      400,
      {
        message: "The request body has 1 error(s)",
        details: [{ message: "May not be empty", property: "messages[0].text" }],
      },
    ],
    ["an aggregation unit with a blank", { customAggregationUnits: ["a b"] }, 400, {}],
  ])("refuses %s", async (_, body, status, expected) => {
    expect(await push(body)).toMatchObject({ status, body: expected });
    expect(platform.inbox("retail", USER)).toEqual([]);
  });

  it.each<[string, Parameters<typeof push>[1], number, string]>([
    ["no token", { token: "" }, 401, "Authentication failed due to the following reason: "],
    ["a wrong token", { token: "x" }, 401, "Authentication failed due to the following reason: "],
    ["another content type", { type: "text/plain" }, 415, "The content type, text/plain, is not"],
    ["a body over 2 MB", { raw: "x".repeat(2_000_001) }, 413, "The request body is too large"],
    ["a body that is no JSON", { raw: "{" }, 400, "The request body could not be parsed as JSON"],
    ["a retry key that is no UUID", { retryKey: "42" }, 400, "The retry key is invalid"],
  ])("refuses %s", async (_, options, status, message) => {
    const answer = await push({}, options);
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
    expect(answer.headers.get("x-line-request-id")).toMatch(UUID);
  });

  it("takes a retry key once in 24 hours and repeats its answer with 409", async () => {
    const first = await push({}, { retryKey: RETRY_KEY });
    now += 24 * HOUR - 1;
    const second = await push({}, { retryKey: RETRY_KEY.toUpperCase() });
    expect(second).toMatchObject({
      status: 409,
      body: {
        message: "The retry key is already accepted",
        sentMessages: first.body.sentMessages,
      },
    });
    expect(second.headers.get("x-line-accepted-request-id")).toBe(
      first.headers.get("x-line-request-id"),
    );
    expect(platform.inbox("retail", USER)).toHaveLength(1);
    now += 1;
    expect(await push({}, { retryKey: RETRY_KEY })).toMatchObject({ status: 200 });
    expect(platform.inbox("retail", USER)).toHaveLength(2);
  });

  it("does not use up a retry key for a refused request, nor for another channel", async () => {
    expect(await push({ messages: [] }, { retryKey: RETRY_KEY })).toMatchObject({ status: 400 });
    expect(await push({}, { retryKey: RETRY_KEY })).toMatchObject({ status: 200 });
    expect(await push({}, { retryKey: RETRY_KEY, token: "long-lived-travel" })).toMatchObject({
      status: 200,
    });
  });

  it("tells those who watch of a retry with another body", async () => {
    await push({}, { retryKey: RETRY_KEY });
    await push({ messages: [{ type: "text", text: "Bye" }] }, { retryKey: RETRY_KEY });
    expect(traffic.at(-1)).toMatchObject({ what: "push retry with another body", status: 409 });
  });

  it("is accepted for a customer who blocked the account, who sees nothing", async () => {
    const bridge = await startWebhookReceiver();
    platform.setWebhook("retail", bridge.url);
    const { userId } = platform.customers.named("Somchai");
    await platform.block("retail", "Somchai");
    expect(await push({ to: userId })).toMatchObject({ status: 200 });
    expect(platform.inbox("retail", userId)).toEqual([]);
    await platform.unblock("retail", "Somchai");
    await push({ to: userId });
    expect(platform.inbox("retail", userId)).toHaveLength(1);
    expect(await call("GET", "/v2/bot/message/quota/consumption")).toMatchObject({
      body: { totalUsage: 1 },
    });
    await bridge.close();
  });

  it("ends at the monthly limit", async () => {
    expect(await call("GET", "/v2/bot/message/quota")).toMatchObject({
      status: 200,
      body: { type: "limited", value: 3 },
    });
    for (const status of [200, 200, 200, 429]) {
      expect(await push({})).toMatchObject({ status });
    }
    expect((await push({})).body).toEqual({ message: "You have reached your monthly limit." });
  });

  it("refuses what is reserved for a broadcast, and does not count it", async () => {
    platform.reserve("retail", 2);
    for (const status of [200, 429]) expect(await push({})).toMatchObject({ status });
    expect((await call("GET", "/v2/bot/message/quota/consumption")).body).toEqual({
      totalUsage: 1,
    });
    platform.reserve("retail", 0);
    expect(await push({})).toMatchObject({ status: 200 });
  });

  it("ends while the quota is used up, and says so where it is asked", async () => {
    await push({});
    platform.useUpQuota(true);
    expect(await push({})).toMatchObject({ status: 429 });
    expect(await call("GET", "/v2/bot/message/quota")).toMatchObject({
      body: { type: "limited", value: 1 },
    });
    platform.useUpQuota(false);
    expect(await push({})).toMatchObject({ status: 200 });
    expect(await call("GET", "/v2/bot/message/quota")).toMatchObject({ body: { value: 3 } });
  });

  it("goes to groups and rooms too", async () => {
    const group = `C${"d".repeat(32)}`;
    expect(await push({ to: group })).toMatchObject({ status: 200 });
    expect(platform.inbox("retail", group)).toHaveLength(1);
    expect(platform.customers.list()).toEqual([]);
    await push({});
    expect(platform.customers.list()).toEqual([{ userId: USER }]);
  });
});

describe("other endpoints", () => {
  it.each(["push", "reply"])("validate/%s checks messages and sends nothing", async (kind) => {
    const path = `/v2/bot/message/validate/${kind}`;
    const good = { messages: [{ type: "text", text: "Hello" }] };
    expect(await call("POST", path, good)).toMatchObject({ status: 200, body: {} });
    const bad = { messages: [{ type: "file" }] };
    expect(await call("POST", path, bad)).toMatchObject({
      status: 400,
      body: { details: [{ property: "messages[0].type" }] },
    });
  });

  it("profile knows friends, not strangers and not those who blocked the account", async () => {
    const { userId } = platform.customers.named("สมชาย");
    expect(await call("GET", `/v2/bot/profile/${userId}`)).toMatchObject({
      status: 200,
      body: { userId, displayName: "สมชาย", language: "th" },
    });
    platform.customers.block("retail", userId);
    await push({});
    for (const unknown of [userId, USER]) {
      expect(await call("GET", `/v2/bot/profile/${unknown}`)).toMatchObject({
        status: 404,
        body: { message: "Not found" },
      });
    }
    expect(await call("GET", "/v2/bot/profile/%E0%A4%A")).toMatchObject({ status: 400 });
  });

  it("info names the bot", async () => {
    expect(await call("GET", "/v2/bot/info")).toMatchObject({
      status: 200,
      body: { userId: retail.botUserId, chatMode: "chat", markAsReadMode: "manual" },
    });
  });

  it("loading/start shows the animation until the next message", async () => {
    const path = "/v2/bot/chat/loading/start";
    expect(await call("POST", path, { chatId: USER, loadingSeconds: 10 })).toMatchObject({
      status: 202,
      body: {},
    });
    expect(platform.loadingUntil("retail", USER)).toBe(now + 10_000);
    await push({});
    expect(platform.loadingUntil("retail", USER)).toBe(0);
    for (const body of [
      {},
      { chatId: `C${"a".repeat(32)}` },
      { chatId: USER, loadingSeconds: 7 },
      { chatId: USER, loadingSeconds: 65 },
    ]) {
      expect(await call("POST", path, body)).toMatchObject({ status: 400 });
    }
  });

  it("markAsRead marks a message and all before it, for its own channel only", async () => {
    const bridge = await startWebhookReceiver();
    platform.setWebhook("retail", bridge.url);
    const first = await platform.send("retail", "Somchai", { type: "text", text: "1" });
    const second = await platform.send("retail", "Somchai", { type: "text", text: "2" });
    await platform.send("retail", "Somchai", { type: "text", text: "3" });
    const { userId } = platform.customers.named("Somchai");
    const { markAsReadToken } = bridge.bodies()[1].events[0].message;

    const path = "/v2/bot/chat/markAsRead";
    const otherChannel = { token: "long-lived-travel" };
    expect(await call("POST", path, { markAsReadToken }, otherChannel)).toMatchObject({
      status: 400,
    });
    expect(await call("POST", path, { markAsReadToken: "x" })).toMatchObject({ status: 400 });
    expect(platform.readMessages("retail", userId)).toEqual([]);
    expect(await call("POST", path, { markAsReadToken })).toMatchObject({ status: 200, body: {} });
    expect(platform.readMessages("retail", userId)).toEqual([first.messageId, second.messageId]);
    await bridge.close();
  });

  it.each([
    ["GET", "/v2/bot/unknown", 404, "Not found"],
    ["GET", "/oauth2/v3/token", 404, "Not found"],
    ["GET", "/v2/bot/message/push", 405, "Method not allowed"],
    ["DELETE", "/v2/bot/info", 405, "Method not allowed"],
    ["GET", "//", 404, "Not found"],
  ])("%s %s is %d", async (method, path, status, message) => {
    const answer = await call(method, path);
    expect(answer).toMatchObject({ status, body: { message } });
    expect(answer.headers.get("x-line-request-id")).toMatch(UUID);
  });
});

interface CallOptions {
  token?: string;
  retryKey?: string;
  type?: string;
  raw?: string;
}

async function call(method: string, path: string, body?: object, options: CallOptions = {}) {
  const token = options.token ?? "long-lived+token/retail=";
  const response = await fetch(`${platform.origin}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(method === "POST" && { "content-type": options.type ?? "application/json" }),
      ...(options.retryKey && { "x-line-retry-key": options.retryKey }),
    },
    ...(method === "POST" && { body: options.raw ?? JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { sentMessages: SentMessage[] };
  return { status: response.status, headers: response.headers, body: answer };
}

function push(body: Record<string, unknown>, options?: CallOptions) {
  const messages = [{ type: "text", text: "Hello" }];
  return call("POST", "/v2/bot/message/push", { to: USER, messages, ...body }, options);
}

async function requestToken(form: Record<string, string> = {}) {
  const response = await fetch(`${platform.origin}/oauth2/v3/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "1234567890",
      client_secret: "secret-of-retail",
      ...form,
    }),
  });
  const body = (await response.json()) as { access_token: string };
  return { status: response.status, body };
}

function invalid(property: string): string {
  return `The property, '${property}', in the request body is invalid (line: -, column: -)`;
}
