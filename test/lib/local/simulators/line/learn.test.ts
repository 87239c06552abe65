import { type RunningLine, startLine } from "./running-line.ts";

const USER = `U${"9".repeat(32)}`;

const event = (more: object = {}) => ({
  type: "message",
  webhookEventId: "event-1",
  timestamp: Date.now(),
  replyToken: "reply-token",
  source: { type: "user", userId: USER },
  message: { type: "text", id: "1", text: "from elsewhere" },
  ...more,
});

describe("what somebody else has sent in LINE's name", () => {
  let line: RunningLine;
  beforeEach(async () => {
    line = await startLine({ now: Date.now });
  });
  afterEach(() => line.close());
  const texts = () => line.platform.chat("retail", USER).map(({ text }) => text);

  it("is on the phone, and can be replied to once", async () => {
    line.platform.learn("retail", [event()]);
    expect(texts()).toEqual(["from elsewhere"]);
    const reply = { replyToken: "reply-token", messages: [{ type: "text", text: "yes" }] };
    expect((await line.call("/v2/bot/message/reply", reply)).status).toBe(200);
    line.platform.learn("retail", [event({ deliveryContext: { isRedelivery: true } })]);
    expect((await line.call("/v2/bot/message/reply", reply)).status).toBe(400);
    expect(texts()).toEqual(["from elsewhere", "yes"]);
  });

  it("can be unsent by its sender, whose name is the user id", async () => {
    line.platform.learn("retail", [event()]);
    await line.platform.unsend("retail", USER, "1");
    expect(line.events()).toMatchObject([{ type: "unsend", source: { userId: USER } }]);
    expect(line.platform.chat("retail", USER)).toMatchObject([{ isUnsent: true }]);
  });

  it("changes nothing where this LINE has sent it", async () => {
    await line.platform.block("retail", "สมชาย");
    const [blocking = {}] = line.events();
    await line.platform.unblock("retail", "สมชาย");
    line.platform.learn("retail", [blocking]);
    const { userId } = line.platform.customers.named("สมชาย");
    expect(line.platform.customers.hasBlocked("retail", userId)).toBe(false);
  });

  it.each<[string, object, string]>([
    ["a text without words", { type: "text", text: 5 }, "[text]"],
    ["a sticker without an id", { type: "sticker", keywords: 5 }, "[sticker]"],
    ["a kind that customers do not send", { type: "flex", altText: "x", contents: 5 }, "[flex]"],
  ])("shows only the kind of %s", (_, message, text) => {
    line.platform.learn("retail", [event({ message: { id: "1", ...message } })]);
    const [shown] = line.platform.chat("retail", USER);
    expect(shown).toMatchObject({ text });
    expect(Object.keys(shown?.message ?? {})).toEqual(["id", "type"]);
  });

  it("may be anything", () => {
    line.platform.learn("retail", [
      {},
      { webhookEventId: "x" },
      event({ source: { type: "user" } }),
    ]);
    expect(line.platform.customers.list()).toEqual([]);
  });
});
