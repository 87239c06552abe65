import type { LineEvent } from "../../../../../lib/local/simulators/line/customer-events.ts";
import type { SentMessage } from "../../../../../lib/local/simulators/line/outbox.ts";
import type { LineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import { NOW, type RunningLine, startLine } from "./running-line.ts";

const REPLY = "/v2/bot/message/reply";
const HI: LineContent = { type: "text", text: "สวัสดี" };
const HELLO = { type: "text", text: "Hello" };
const INVALID = { status: 400, body: { message: "Invalid reply token" } };

let line: RunningLine;
let mali: string;

const start = async (settings?: Parameters<typeof startLine>[0]) => {
  await line?.close();
  line = await startLine(settings);
  mali = line.platform.customers.named("Mali").userId;
};
beforeEach(() => start());
afterEach(() => line.close());

/** The reply token of the newest event. */
const token = () => line.events().at(-1)?.replyToken;
const said = async (text = HI) => {
  await line.platform.send("retail", "Mali", text);
  return token();
};
async function reply(body: object, brandKey: "retail" | "travel" = "retail") {
  const response = await line.call(REPLY, { messages: [HELLO], ...body }, brandKey);
  return {
    status: response.status,
    body: (await response.json()) as { sentMessages: SentMessage[] },
  };
}
const shown = (chatId = mali) => line.platform.inbox("retail", chatId).map(({ text }) => text);

describe("a reply", () => {
  it("goes to the customer of the event and is answered like a push", async () => {
    const replyToken = await said();
    line.wait(5_000);
    const card = { type: "flex", altText: "Card", contents: { type: "bubble" } };
    const { status, body } = await reply({
      replyToken,
      messages: [HELLO, card],
      notificationDisabled: true,
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      sentMessages: [
        { id: expect.stringMatching(/^\d{18}$/), quoteToken: expect.any(String) },
        { id: expect.stringMatching(/^\d{18}$/) },
      ],
    });
    const [first, second] = body.sentMessages;
    expect(line.platform.inbox("retail", mali)).toEqual([
      { id: first?.id, at: NOW + 5_000, text: "Hello", message: HELLO, isSilent: true },
      { id: second?.id, at: NOW + 5_000, text: "Card", message: card, isSilent: true },
    ]);
    expect(line.platform.inbox("travel", mali)).toEqual([]);
    expect(line.traffic.at(-1)).toMatchObject({
      at: NOW + 5_000,
      from: "bridge",
      to: "LINE",
      brandKey: "retail",
      what: "reply",
      text: "Hello · Card",
      status: 200,
    });
  });

  it.each(["group", "room"])("to something in a %s goes there", async (kind) => {
    const { groups } = line.platform;
    const group = (kind === "group" ? groups.named("Shop", ["Mali"]) : groups.room(["Mali"])).id;
    await line.platform.send("retail", "Mali", HI, { group });
    expect(await reply({ replyToken: token() })).toMatchObject({ status: 200 });
    expect(shown(group)).toEqual(["Hello"]);
    expect(shown()).toEqual([]);
  });

  it.each<LineEvent>([
    { type: "postback", postback: { data: "a=1" } },
    { type: "follow", follow: { isUnblocked: false } },
    { type: "beacon", beacon: { hwid: "d41d8cd98f", type: "enter" } },
  ])("can answer %j", async (event) => {
    await line.platform.cause("retail", { customer: "Mali" }, event);
    expect(await reply({ replyToken: token() })).toMatchObject({ status: 200 });
    expect(shown()).toEqual(["Hello"]);
  });

  it("can answer an event that a test makes itself", async () => {
    const source = { type: "user", userId: mali };
    await line.platform.deliver("retail", [
      { type: "new", replyToken: "r", timestamp: NOW, source },
    ]);
    expect(await reply({ replyToken: "r" })).toMatchObject({ status: 200 });
    expect(shown()).toEqual(["Hello"]);
  });

  it("is accepted for a customer who has blocked the account since, and not shown", async () => {
    const replyToken = await said();
    await line.platform.block("retail", "Mali");
    expect(await reply({ replyToken })).toMatchObject({ status: 200 });
    expect(shown()).toEqual([]);
    expect(await reply({ replyToken })).toEqual(INVALID);
  });

  it("fails in a group that the account has left since", async () => {
    const group = line.platform.groups.named("Shop", ["Mali"]).id;
    await line.platform.send("retail", "Mali", HI, { group });
    const replyToken = token();
    await line.platform.cause("retail", { group }, { type: "leave" });
    expect(await reply({ replyToken })).toEqual({
      status: 400,
      body: { message: "Failed to send messages" },
    });
    expect(shown(group)).toEqual([]);
  });

  it("costs nothing and passes a limit that is reached or reserved", async () => {
    await start({ monthlyLimit: 1 });
    const push = () => line.call("/v2/bot/message/push", { to: mali, messages: [HELLO] });
    expect(await reply({ replyToken: await said() })).toMatchObject({ status: 200 });
    expect((await push()).status).toBe(200);
    expect((await push()).status).toBe(429);
    line.platform.reserve("retail", 10);
    expect(await reply({ replyToken: await said() })).toMatchObject({ status: 200 });
    const consumption = await line.call("/v2/bot/message/quota/consumption");
    expect(await consumption.json()).toEqual({ totalUsage: 1 });
  });

  it("has been sent where only its answer was lost, and cannot be tried again", async () => {
    let cuts = 1;
    await start({
      interfere: async ({ path }, pass) => {
        const answer = await pass();
        return path === REPLY && cuts-- > 0 ? undefined : answer;
      },
    });
    const replyToken = await said();
    await expect(reply({ replyToken })).rejects.toThrow();
    expect(shown()).toEqual(["Hello"]);
    expect(await reply({ replyToken })).toEqual(INVALID);
    expect(shown()).toEqual(["Hello"]);
  });
});

describe("a reply token", () => {
  it("is used once", async () => {
    const replyToken = await said();
    const answers = await Promise.all([reply({ replyToken }), reply({ replyToken })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(await reply({ replyToken })).toEqual(INVALID);
    expect(shown()).toEqual(["Hello"]);
    expect(line.traffic.at(-1)).toMatchObject({ text: "Invalid reply token", status: 400 });
  });

  it.each([70_000, -70_000])("goes by LINE's clock where it is %d ms off", async (offset) => {
    const before = Date.now();
    await start({ now: () => Date.now() + offset });
    const replyToken = await said();
    expect(await reply({ replyToken })).toMatchObject({ status: 200 });
    const times = [line.events()[0]?.timestamp, line.platform.inbox("retail", mali)[0]?.at];
    for (const time of times.map(Number)) {
      expect(time - offset).toBeGreaterThanOrEqual(before);
      expect(time - offset).toBeLessThanOrEqual(Date.now());
    }
  });

  it("comes again with a redelivery, valid for a minute from then on unless it was used", async () => {
    await start({ answers: [500], redeliveryPauses: [0] });
    await (await line.platform.send("retail", "Mali", HI)).settled;
    const [first, again] = line.events();
    expect(again).toMatchObject({
      replyToken: first?.replyToken,
      deliveryContext: { isRedelivery: true },
    });
    const [replyToken, events] = [again?.replyToken, again ? [again] : []];
    line.wait(60_000);
    expect(await reply({ replyToken })).toEqual(INVALID);
    await line.platform.deliver("retail", events);
    expect(await reply({ replyToken })).toMatchObject({ status: 200 });
    await line.platform.deliver("retail", events);
    expect(await reply({ replyToken })).toEqual(INVALID);
  });

  it("is valid as soon as the webhook is there, before it is answered", async () => {
    await start({ answers: ["silence"], redeliveryPauses: [] });
    const sending = line.platform.send("retail", "Mali", HI);
    while (token() === undefined) await new Promise(setImmediate);
    expect(await reply({ replyToken: token() })).toMatchObject({ status: 200 });
    await line.close();
    expect(await sending).toMatchObject({ status: 0 });
  });

  it("does not work for another channel, and is not used up there", async () => {
    const replyToken = await said();
    expect(await reply({ replyToken }, "travel")).toEqual(INVALID);
    expect(await reply({ replyToken })).toMatchObject({ status: 200 });
  });

  it("of a webhook that was never sent is invalid", async () => {
    line.platform.useWebhook("retail", false);
    const source = { type: "user", userId: mali };
    await line.platform.deliver("retail", [{ type: "x", replyToken: "r", timestamp: NOW, source }]);
    expect(await reply({ replyToken: "r" })).toEqual(INVALID);
    expect(await reply({ replyToken: "0".repeat(32) })).toEqual(INVALID);
  });

  it.each<[string, object, object]>([
    [
      "no reply token",
      { replyToken: undefined },
      { details: [{ message: "May not be empty", property: "replyToken" }] },
    ],
    [
      "6 messages",
      { messages: Array(6).fill(HELLO) },
      { details: [{ message: "Size must be between 1 and 5", property: "messages" }] },
    ],
    [
      "a faulty message",
      { messages: [{ type: "text", text: "" }] },
      { details: [{ message: "May not be empty", property: "messages[0].text" }] },
    ],
    [
      "a mention outside a group",
      {
        messages: [
          {
            type: "textV2",
            text: "{a}",
            substitution: { a: { type: "mention", mentionee: { type: "all" } } },
          },
        ],
      },
      { message: "A message (messages[0]) in the request body is invalid" },
    ],
  ])("is not used up by a request with %s", async (_, fault, body) => {
    const replyToken = await said();
    expect(await reply({ replyToken, ...fault })).toMatchObject({ status: 400, body });
    expect(shown()).toEqual([]);
    expect(await reply({ replyToken })).toMatchObject({ status: 200 });
  });

  it("is looked at after the messages", async () => {
    expect(await reply({ replyToken: "unknown", messages: [{ type: "x" }] })).toMatchObject({
      body: { message: "The request body has 1 error(s)" },
    });
  });
});
