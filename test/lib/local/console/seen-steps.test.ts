import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import { createMessageWays } from "../../../../lib/local/console/message-ways.ts";
import { createSeenSteps } from "../../../../lib/local/console/seen-steps.ts";
import type { Call } from "../../../../lib/local/console/watch-calls.ts";
import type { QueueStep } from "../../../../lib/local/functions/event-source.ts";

const USER = `U${"a".repeat(32)}`;
const INBOUND = "/api/v2/conversations/messages/i/inbound/open";
/** The deprecated endpoint takes messages and receipts. */
const LEGACY = "/api/v2/conversations/messages/inbound/open";

const EVENT = {
  webhookEventId: "event-1",
  type: "message",
  replyToken: "reply-token",
  message: { id: "5001", type: "text", text: "สวัสดี", markAsReadToken: "read-token" },
  source: { userId: USER },
};

function agentMessage(id: string, more: object = {}) {
  return { id, type: "Text", text: "ค่ะ", channel: { to: { id: USER } }, ...more };
}

function setUp() {
  const ways = createMessageWays();
  const seen = createSeenSteps(ways);
  return {
    ways,
    webhook: (path: string, body: unknown, status = 200) =>
      seen.webhook(
        { method: "POST", path, route: "", status, milliseconds: 5 },
        {
          request: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
          answer: Buffer.from('{"message":"OK"}'),
        },
      ),
    call: (
      to: Call["to"],
      route: string,
      body: object,
      { status = 200, headers = {}, answer = {}, answered = {} }: CallDetails = {},
    ) => {
      const [method = "", path = ""] = route.split(" ");
      const query = new URLSearchParams();
      const sent = Buffer.from(JSON.stringify(body));
      const request = { method, path, query, headers, body: sent, tooLarge: false };
      const back = { status, headers: answered, body: answer };
      return seen.call({ to, request, answer: back, at: Date.now(), milliseconds: 3 });
    },
    inHand: (what: QueueStep["what"], groupId: string, deduplicationId: string) =>
      seen.queue({
        at: Date.now(),
        service: "outbound-sender",
        what,
        groupId,
        deduplicationId,
        receives: 1,
      }),
    messages: (correlationId: string) =>
      ways
        .list({ text: correlationId })[0]
        ?.steps.map(({ service, message }) => `${service}: ${message}`),
  };
}

interface CallDetails {
  status?: number;
  headers?: Record<string, string>;
  answered?: Record<string, string>;
  answer?: object;
}

const sentMessages = (...ids: string[]) => ({ sentMessages: ids.map((id) => ({ id })) });

describe("a webhook", () => {
  it("is a step of each message in it, with its bodies, and no token in them", () => {
    const { webhook, ways } = setUp();
    const second = { ...EVENT, webhookEventId: "event-2", message: { id: "5002" } };
    const changed = webhook("/line/retail", { events: [EVENT, second] });
    expect(changed).toMatchObject([
      { brand: "retail", correlationId: "event-1", messageId: "5001", outcome: "stored" },
      { correlationId: "event-2", messageId: "5002" },
    ]);
    const [step] = changed[0]?.steps ?? [];
    expect(step).toMatchObject({
      service: "LINE → bridge",
      message: "webhook",
      exchange: { status: 200, milliseconds: 5 },
    });
    const bodies = ways.bodies(step?.exchange?.number ?? 0);
    expect(bodies?.sent).toContain("สวัสดี");
    expect(bodies?.answer).toContain("OK");
    expect(JSON.stringify(bodies)).not.toMatch(/reply-token|read-token/);
  });

  it("that is refused makes its message a refused one, until another is accepted", () => {
    const { webhook } = setUp();
    expect(webhook("/line/retail", { events: [EVENT] }, 401)).toMatchObject([
      { outcome: "refused", reason: "the webhook was answered 401" },
    ]);
    expect(webhook("/line/retail", { events: [EVENT] })).toMatchObject([{ outcome: "stored" }]);
  });

  it("that is refused teaches no ids: anybody could have sent it", () => {
    const { webhook, call } = setUp();
    webhook("/line/retail", { events: [EVENT] }, 401);
    const message = { channel: { messageId: "5001" } };
    expect(call("Genesys", `POST ${INBOUND}/message`, message)).toEqual([]);
  });

  it.each([
    ["/line/retail", "no JSON"],
    ["/line/retail", "null"],
    ["/line/retail", { events: [null, 1, {}, { webhookEventId: 7 }] }],
    ["/genesys/retail", { events: [] }],
    ["/elsewhere", { events: [EVENT] }],
  ])("to %s that names no message is no step: %j", (path, body) => {
    expect(setUp().webhook(path, body)).toEqual([]);
  });
});

describe("a call to Genesys Cloud", () => {
  it.each<[string, string, object]>([
    ["a message", `${INBOUND}/message`, { channel: { messageId: "5001" } }],
    ["a part of it", `${INBOUND}/message`, { channel: { messageId: "5001#2" } }],
    [
      "a structured response",
      `${INBOUND}/structured/response`,
      { channel: { messageId: "event-1" } },
    ],
    [
      "a message to the deprecated endpoint",
      LEGACY,
      { type: "Text", channel: { messageId: "5001" } },
    ],
  ])("is known by LINE's ids: %s", (_, path, body) => {
    const { webhook, call, messages } = setUp();
    webhook("/line/retail", { events: [EVENT] });
    call("Genesys", `POST ${path}`, body);
    expect(messages("event-1")).toHaveLength(2);
  });

  it.each([`${INBOUND}/receipt`, LEGACY])(
    "is known by Genesys Cloud's id: a receipt to %s",
    (path) => {
      const { webhook, call, messages } = setUp();
      webhook("/genesys/retail", agentMessage("a"));
      call("Genesys", `POST ${path}`, { type: "Receipt", id: "a" });
      expect(messages("a")).toEqual(["Genesys → bridge: webhook", "bridge → Genesys: receipt"]);
    },
  );

  it("shows how long Genesys Cloud wants the bridge to wait", () => {
    const { webhook, call } = setUp();
    webhook("/line/retail", { events: [EVENT] });
    const [way] = call(
      "Genesys",
      `POST ${INBOUND}/message`,
      { channel: { messageId: "5001" } },
      { status: 429, answered: { "retry-after": "5" } },
    );
    expect(way?.steps.at(-1)).toMatchObject({
      level: "ERROR",
      exchange: { status: 429 },
      fields: { retryAfterSeconds: 5 },
    });
  });

  it("may be made before the webhook is answered", () => {
    const { webhook, call, messages } = setUp();
    const message = { channel: { messageId: "5001" } };
    expect(call("Genesys", `POST ${INBOUND}/message`, message)).toEqual([]);
    webhook("/line/retail", { events: [EVENT] });
    expect(messages("event-1")).toHaveLength(2);
  });

  it("that names no known message is no step", () => {
    const { call } = setUp();
    expect(call("Genesys", "POST /oauth/token", {})).toEqual([]);
    expect(call("Genesys", `POST ${INBOUND}/message`, {})).toEqual([]);
  });
});

describe("a call to LINE", () => {
  const key = (...path: number[]) => ({
    headers: { "x-line-retry-key": retryKey({ key: "retail" }, "a", ...path) },
  });
  const PUSH = "POST /v2/bot/message/push";

  it("is known by its retry key, also a further push, and one in the place of what LINE refused", () => {
    const { webhook, call } = setUp();
    webhook("/genesys/retail", agentMessage("a"));
    call("LINE", PUSH, {}, { ...key(1), status: 400 });
    call("LINE", PUSH, {}, { ...key(1, 1), answer: sentMessages("1") });
    call("LINE", PUSH, {}, { ...key(2), status: 503 });
    call("LINE", PUSH, {}, { ...key(2), answer: sentMessages("2", "3") });
    call("LINE", PUSH, {}, { ...key(2), status: 409, answer: sentMessages("2", "3") });
    const [way] = call("LINE", PUSH, {}, { ...key(3), answer: sentMessages("4") });
    expect(way?.sent).toEqual([
      { part: "1.1", ids: ["1"] },
      { part: "2", ids: ["2", "3"] },
      { part: "3", ids: ["4"] },
    ]);
    expect(way?.steps).toHaveLength(7);
  });

  it("of another brand, or with another key, is no step", () => {
    const { webhook, call } = setUp();
    webhook("/genesys/travel", agentMessage("a"));
    expect(call("LINE", PUSH, {}, key(1))).toEqual([]);
    expect(call("LINE", PUSH, {})).toEqual([]);
  });

  it("is known by LINE's ids: content, and a read mark", () => {
    const { webhook, call, messages } = setUp();
    webhook("/line/retail", { events: [EVENT] });
    call("LINE", "GET /v2/bot/message/5001/content", {});
    call("LINE", "POST /v2/bot/chat/markAsRead", { markAsReadToken: "read-token" });
    expect(messages("event-1")?.slice(1)).toEqual([
      "bridge → LINE: content",
      "bridge → LINE: read mark",
    ]);
  });

  it("is known by the only message of the chat that the sender has in hand: a reply", () => {
    const { webhook, call, inHand, ways } = setUp();
    webhook("/line/retail", { events: [EVENT] });
    const REPLY = "POST /v2/bot/message/reply";
    const body = { replyToken: "reply-token", messages: [] };
    for (const id of ["a", "b"]) webhook("/genesys/retail", agentMessage(id));
    inHand("taken", `retail#${USER}`, "a");
    inHand("taken", `retail#${USER}`, "b");
    expect(call("LINE", REPLY, body)).toEqual([]);
    call("LINE", PUSH, {}, { ...key(1), answer: sentMessages("1") });
    expect(call("LINE", REPLY, body, { answer: sentMessages("2") })).toMatchObject([
      { correlationId: "b", sent: [{ part: "1", ids: ["2"] }] },
    ]);
    expect(ways.list({ text: "a" })).toMatchObject([{ sent: [{ part: "1", ids: ["1"] }] }]);
  });

  it("shows what becomes of typing", () => {
    const { webhook, call, inHand, ways } = setUp();
    const typing = (id: string) => agentMessage(id, { type: "Event", events: [] });
    const group = `retail#typing#${USER}`;
    const LOADING = "POST /v2/bot/chat/loading/start";
    webhook("/genesys/retail", typing("t-1"));
    inHand("taken", group, "t-1");
    call("LINE", LOADING, { chatId: USER }, { status: 202 });
    inHand("deleted", group, "t-1");
    webhook("/genesys/retail", typing("t-2"));
    inHand("taken", group, "t-2");
    inHand("deleted", group, "t-2");
    expect(call("LINE", LOADING, { chatId: USER }, { status: 202 })).toEqual([]);
    const outcomes = ways.list({ text: "t-" }).map((way) => [way.correlationId, way.outcome]);
    expect(outcomes).toEqual([
      ["t-2", "finished"],
      ["t-1", "delivered"],
    ]);
  });
});

it("a file of an agent's message is known by its id", () => {
  const { webhook, call, messages } = setUp();
  const content = [{ contentType: "Attachment", attachment: { id: "file-1" } }];
  webhook("/genesys/retail", agentMessage("a", { content }));
  call("Genesys", "GET /api/v2/downloads/file-1", {}, { status: 302 });
  call("Genesys", "GET /signed/file-1", {});
  expect(messages("a")).toHaveLength(3);
});

it("a receipt in the queue belongs to the agent's message", () => {
  const { webhook, inHand, messages } = setUp();
  webhook("/genesys/retail", agentMessage("a"));
  inHand("taken", "retail#receipt#a", "Failed#a");
  expect(messages("a")).toHaveLength(2);
});

it("keeps the bodies only as long as their step", () => {
  const { webhook, inHand, ways } = setUp();
  webhook("/line/retail", { events: [EVENT] });
  webhook("/line/retail", { events: [EVENT] });
  expect(ways.bodies(2)).toBeDefined();
  for (let i = 0; i < 100; i++) {
    inHand("taken", `retail#${USER}`, "event-1");
  }
  expect(ways.bodies(1)).toBeDefined();
  expect(ways.bodies(2)).toBeUndefined();
});
