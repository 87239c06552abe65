import fc from "fast-check";
import { type Bridge, startBridge } from "../formats/bridge.ts";
import type { Answer } from "../formats/stand-ins.ts";

// What becomes of an answer that may go out as a reply, in the functions as they are deployed.

const USER = "U0123456789abcdef0123456789abcdef";
const GROUP = "C0123456789abcdef0123456789abcdef";
const MESSAGE = "c327c2078ca056db130c55ce648d9fa3";
const PUSHES = "harbour-thai";
const FAILS = "garden-thai";
const LIMITED = { status: 429, body: { message: "You have reached your monthly limit." } };

let bridge: Bridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterEach(async () => {
  // Never back: the functions remember times.
  jest.setSystemTime(Date.now() + 20 * 60_000);
  await bridge.forget();
});
afterAll(() => bridge.close());

let events = 0;
/** The worker receives an event whose webhook came so many ms ago; LINE's clock is `clockMs` ahead of ours. */
function customerSays(brand: string, { ago = 1_000, fields = {}, to = USER, clockMs = 0 } = {}) {
  const webhookEventId = `01J${++events}`;
  const event = {
    type: "message",
    mode: "active",
    timestamp: Date.now() - ago + clockMs + events,
    webhookEventId,
    deliveryContext: { isRedelivery: false },
    source: to === USER ? { type: "user", userId: USER } : { type: "group", groupId: to },
    replyToken: `token ${events}`,
    message: { type: "text", id: webhookEventId, text: "hello" },
    ...fields,
  };
  return bridge.consume("worker", {
    groupId: `${brand}#${to}`,
    deduplicationId: webhookEventId,
    body: JSON.stringify({ kind: "line-event", brand, receivedAt: Date.now() - ago, event }),
  });
}

function agentSays(
  brand: string,
  { receives = 1, text = "hello", to = USER, attributes = {} } = {},
) {
  const message = { id: MESSAGE, channel: { to: { id: to } }, type: "Text", text };
  return bridge.consume("sender", {
    receives,
    attributes,
    groupId: `${brand}#${to}`,
    deduplicationId: MESSAGE,
    body: JSON.stringify({ kind: "message", brand, message }),
  });
}

/** What LINE answers to replies and to pushes; 200 otherwise. */
function line(answers: { reply?: Answer; push?: Answer }) {
  bridge.standIns.own.answer = ({ path }) => {
    if (path.endsWith("/message/reply")) return answers.reply;
    return path.endsWith("/message/push") ? answers.push : undefined;
  };
}

/** How often LINE was asked to reply and to push, and what Genesys Cloud hears or is parked. */
const outcome = () => ({
  replies: bridge.replies().length,
  pushes: bridge.pushes().length,
  sent: bridge.standIns.sent.map(({ deduplicationId, attributes }) =>
    "Reason" in attributes ? attributes.Reason : deduplicationId.split("#")[0],
  ),
});

test("an answer within 45 s of a message is a reply, and a later one a push", async () => {
  await customerSays(PUSHES);
  expect(await agentSays(PUSHES)).toBe(true);
  expect(outcome()).toEqual({ replies: 1, pushes: 0, sent: [] });
  await bridge.forget();
  await customerSays(PUSHES, { ago: 45_000 });
  expect(await agentSays(PUSHES)).toBe(true);
  expect(outcome()).toEqual({ replies: 0, pushes: 1, sent: [] });
});

test("only our own clock tells how old a token is, however wrong LINE's is", async () => {
  await fc.assert(
    fc.asyncProperty(
      // The queue takes what is more than two minutes ahead for its own arrival.
      fc.oneof(fc.constant(-70_000), fc.integer({ min: -600_000, max: 110_000 })),
      fc.integer({ min: 0, max: 90_000 }),
      fc.integer({ min: 1, max: 3 }),
      async (clockMs, ago, count) => {
        jest.setSystemTime(Date.now() + 20 * 60_000);
        await bridge.forget();
        for (let n = 0; n < count; n += 1) await customerSays(PUSHES, { ago, clockMs });
        const tokens = (await bridge.items()).flatMap(({ rt1, rt2, rt3 }) => [rt1, rt2, rt3]);
        expect(tokens.filter(Boolean)).toHaveLength(count);
        expect(await agentSays(PUSHES)).toBe(true);
        const [replies, pushes] = ago < 45_000 ? [1, 0] : [0, 1];
        expect(outcome()).toEqual({ replies, pushes, sent: [] });
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ["in a brand that pushes", "retail-thai", {}],
  ["of a redelivered event", PUSHES, { deliveryContext: { isRedelivery: true } }],
  ["of an event in standby mode", PUSHES, { mode: "standby" }],
])("no reply goes out %s", async (_, brand, fields) => {
  await customerSays(brand, { fields });
  expect(await agentSays(brand)).toBe(true);
  expect(outcome()).toMatchObject({ replies: 0, pushes: 1 });
});

test("a group that is not bridged leaves no token", async () => {
  await customerSays(PUSHES, { to: GROUP });
  expect((await bridge.items()).filter(({ pk }) => pk.startsWith("customer#"))).toEqual([]);
});

test.each([400, 403, 404, 429])("a reply that is refused with %i is pushed", async (status) => {
  await customerSays(FAILS);
  line({ reply: { status } });
  expect(await agentSays(FAILS)).toBe(true);
  expect(outcome()).toEqual({ replies: 1, pushes: 1, sent: [] });
});

test.each([408, 500, 503])(
  "after %i nobody knows: pushed, or failed and parked",
  async (status) => {
    line({ reply: { status } });
    await customerSays(PUSHES);
    expect(await agentSays(PUSHES)).toBe(true);
    expect(outcome()).toEqual({ replies: 1, pushes: 1, sent: [] });
    await bridge.forget();
    line({ reply: { status } });
    await customerSays(FAILS);
    expect(await agentSays(FAILS)).toBe(true);
    const { replies, pushes, sent } = outcome();
    expect([replies, pushes]).toEqual([1, 0]);
    expect(sent).toEqual(["Failed", expect.objectContaining({ StringValue: "ReplyUnclear" })]);
  },
);

test("only the first push of a message can be a reply", async () => {
  await customerSays(PUSHES);
  await customerSays(PUSHES);
  // Six messages of 5,000 characters.
  expect(await agentSays(PUSHES, { text: "blah ".repeat(5_500) })).toBe(true);
  expect(outcome()).toEqual({ replies: 1, pushes: 1, sent: [] });
  expect(bridge.replies()[0].messages).toHaveLength(5);
});

test("messages that LINE refuses in a reply go out as plain text, pushed", async () => {
  await customerSays(PUSHES);
  const body = { message: "1 error(s)", details: [{ property: "messages[0].quickReply" }] };
  let pushes = 0;
  bridge.standIns.own.answer = ({ path }) => {
    if (path.endsWith("/message/reply")) return { status: 400, body };
    return path.endsWith("/message/push") && ++pushes === 1 ? { status: 400, body } : undefined;
  };
  const content = [{ contentType: "QuickReply", quickReply: { text: "yes", payload: "y" } }];
  const message = {
    id: MESSAGE,
    channel: { to: { id: USER } },
    type: "Structured",
    text: "?",
    content,
  };
  const isDone = await bridge.consume("sender", {
    groupId: `${PUSHES}#${USER}`,
    deduplicationId: MESSAGE,
    body: JSON.stringify({ kind: "message", brand: PUSHES, message }),
  });
  expect(isDone).toBe(true);
  expect([bridge.replies().length, bridge.pushes().length]).toEqual([1, 2]);
});

test("where the monthly limit stops a push, the answer is a reply in every brand", async () => {
  await customerSays("retail-thai");
  line({ push: LIMITED });
  expect(await agentSays("retail-thai")).toBe(true);
  expect(outcome()).toMatchObject({ replies: 1, pushes: 1 });
});

test.each([PUSHES, FAILS])("an unclear reply is never parked for the limit: %s", async (brand) => {
  await customerSays(brand);
  line({ reply: { status: 503 }, push: LIMITED });
  const quota = { type: "limited", value: 500 };
  const answers = bridge.standIns.own.answer;
  bridge.standIns.own.answer = (request) => {
    if (request.path.endsWith("/quota")) return { body: quota };
    if (request.path.endsWith("/consumption")) return { body: { totalUsage: 500 } };
    return answers?.(request);
  };
  expect(await agentSays(brand)).toBe(true);
  expect(outcome().replies).toBe(1);
  expect(outcome().sent.at(-1)).toMatchObject({ StringValue: "ReplyUnclear" });
});

test("an operator's second try of an unclear reply is a push", async () => {
  await bridge.put({
    pk: `way#${FAILS}#${MESSAGE}`,
    way: "reply",
    state: "sending",
    by: "m1#1",
    until: Date.now() - 1,
    expiresAt: Math.floor(Date.now() / 1_000) + 60,
  });
  const PushAnyway = { DataType: "String", StringValue: "true" };
  expect(await agentSays(FAILS, { attributes: { PushAnyway } })).toBe(true);
  expect(outcome()).toEqual({ replies: 0, pushes: 1, sent: [] });
});
