import type { SentMedia } from "../../../../../lib/local/simulators/line/contents.ts";
import type { LineEvent } from "../../../../../lib/local/simulators/line/customer-events.ts";
import type { LineSource } from "../../../../../lib/local/simulators/line/source.ts";
import type { LineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import { NOW, type RunningLine, startLine } from "./running-line.ts";

const MEDIA: SentMedia = { contentType: "image/jpeg", bytes: Buffer.from("7 bytes") };
const TOKEN = expect.stringMatching(/^[\w-]{20,}$/);
const EXTERNAL = {
  type: "external" as const,
  originalContentUrl: "https://shop.example/p.jpg",
  previewImageUrl: "https://shop.example/s.jpg",
};

let line: RunningLine;

beforeEach(async () => {
  line = await startLine();
});
afterEach(() => line.close());

describe("a customer's message of the kind", () => {
  it.each<[string, LineContent, SentMedia | undefined, object, string]>([
    [
      "text with a mention and a quote",
      {
        type: "text",
        text: "@All สวัสดี (love)",
        quotedMessageId: "42",
        emojis: [{ index: 12, length: 6, productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" }],
        mention: { mentionees: [{ index: 0, length: 4, type: "all" }] },
      },
      undefined,
      {
        type: "text",
        text: "@All สวัสดี (love)",
        quoteToken: TOKEN,
        quotedMessageId: "42",
        emojis: [{ index: 12, length: 6, productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" }],
        mention: { mentionees: [{ index: 0, length: 4, type: "all" }] },
      },
      "@All สวัสดี (love)",
    ],
    [
      "image",
      { type: "image" },
      MEDIA,
      { type: "image", quoteToken: TOKEN, contentProvider: { type: "line" } },
      "[image]",
    ],
    [
      "image of a set",
      { type: "image", imageSet: { id: "E005", index: 2, total: 3 } },
      MEDIA,
      {
        type: "image",
        quoteToken: TOKEN,
        contentProvider: { type: "line" },
        imageSet: { id: "E005", index: 2, total: 3 },
      },
      "[image]",
    ],
    [
      "image of another server",
      { type: "image", contentProvider: EXTERNAL },
      undefined,
      { type: "image", quoteToken: TOKEN, contentProvider: EXTERNAL },
      "[image]",
    ],
    [
      "video",
      { type: "video", duration: 60_000 },
      MEDIA,
      {
        type: "video",
        quoteToken: TOKEN,
        duration: 60_000,
        contentProvider: { type: "line" },
      },
      "[video]",
    ],
    [
      "audio",
      { type: "audio", duration: 1_500 },
      MEDIA,
      { type: "audio", duration: 1_500, contentProvider: { type: "line" } },
      "[audio]",
    ],
    [
      "file",
      { type: "file", fileName: "ใบเสร็จ.pdf" },
      MEDIA,
      { type: "file", fileName: "ใบเสร็จ.pdf", fileSize: 7 },
      "[file] ใบเสร็จ.pdf",
    ],
  ])("%s has LINE's properties and no others", async (_, content, media, message, text) => {
    const { messageId } = await line.platform.send("retail", "สมชาย", content, { media });
    expect(line.events()[0]?.message).toEqual({
      id: messageId,
      markAsReadToken: TOKEN,
      ...message,
    });
    const { userId } = line.platform.customers.named("สมชาย");
    expect(line.platform.chat("retail", userId)).toMatchObject([
      { id: messageId, at: NOW, from: "customer", userId, text },
    ]);
    expect(line.traffic).toMatchObject([{ what: content.type, text }]);
  });

  it.each<[string, LineContent, SentMedia | undefined, string]>([
    ["image without bytes", { type: "image" }, undefined, "The image needs media"],
    ["file without bytes", { type: "file", fileName: "a" }, undefined, "The file needs media"],
    ["text with bytes", { type: "text", text: "a" }, MEDIA, "LINE does not hold"],
    [
      "external image with bytes",
      { type: "image", contentProvider: EXTERNAL },
      MEDIA,
      "LINE does not hold",
    ],
  ])("%s is an error", async (_, content, media, message) => {
    const sending = line.platform.send("retail", "A", content, { media });
    await expect(sending).rejects.toThrow(message);
    expect(line.events()).toEqual([]);
  });
});

describe("an event", () => {
  it.each<[LineEvent, boolean]>([
    [{ type: "follow", follow: { isUnblocked: false } }, true],
    [{ type: "unfollow" }, false],
    [
      { type: "postback", postback: { data: "a=1", params: { datetime: "2026-12-25T01:00" } } },
      true,
    ],
    [{ type: "videoPlayComplete", videoPlayComplete: { trackingId: "track-1" } }, true],
    [{ type: "beacon", beacon: { hwid: "d41d8cd98f", type: "enter", dm: "00ff" } }, true],
    [{ type: "accountLink", link: { result: "ok", nonce: "n" } }, true],
    [{ type: "membership", membership: { type: "renewed", membershipId: 3189 } }, true],
    [{ type: "unsend", unsend: { messageId: "1" } }, false],
  ])("%j gets what all events have", async (event, isReplied) => {
    const { webhookEventId, status } = await line.platform.cause(
      "retail",
      { customer: "Mali" },
      event,
    );
    expect(status).toBe(200);
    expect(line.events()).toEqual([
      {
        ...event,
        timestamp: NOW,
        source: { type: "user", userId: line.platform.customers.named("Mali").userId },
        mode: "active",
        webhookEventId,
        deliveryContext: { isRedelivery: false },
        ...(isReplied && { replyToken: expect.stringMatching(/^[0-9a-f]{32}$/) }),
      },
    ]);
  });

  it("of a failed account link has neither source nor reply token", async () => {
    const link = { result: "failed" as const, nonce: "n" };
    await line.platform.cause("retail", { customer: "Mali" }, { type: "accountLink", link });
    expect(line.events()[0]).not.toHaveProperty("source");
    expect(line.events()[0]).not.toHaveProperty("replyToken");
  });

  it("has no reply token in standby", async () => {
    const standby = { mode: "standby" as const };
    await line.platform.send("retail", "Mali", { type: "text", text: "Hi" }, standby);
    await line.platform.tap("retail", "Mali", { data: "a" }, standby);
    for (const event of line.events()) {
      expect(event).toMatchObject(standby);
      expect(event).not.toHaveProperty("replyToken");
    }
    expect(line.events()).toHaveLength(2);
  });

  it.each<[string, LineSource, LineEvent, string]>([
    ["edit outside a group", { customer: "A" }, edit("1", "x"), "only from: group"],
    ["follow in a group", { group: "Shop" }, { type: "unfollow" }, "only from: user"],
    ["join without a group", { customer: "A" }, { type: "join" }, "only from: group, room"],
    ["nobody", {}, { type: "unfollow" }, "comes from a customer"],
    ["a stranger in a group", { customer: "X", group: "Shop" }, edit("1", "x"), "X is not in C"],
    [
      "a value that LINE does not have",
      { customer: "A" },
      { type: "beacon", beacon: { hwid: "1", type: "leave" as "stay" } },
      "Invalid option",
    ],
  ])("of %s is an error", async (_, { group, ...who }, event, message) => {
    const id = line.platform.groups.named("Shop", ["A"]).id;
    const source = { ...who, ...(group && { group: id }) };
    await expect(line.platform.cause("retail", source, event)).rejects.toThrow(message);
    expect(line.events()).toEqual([]);
  });

  it("shows those who watch what is special about it", async () => {
    const params = { date: "2026-12-25" };
    await line.platform.tap("retail", "Mali", { data: "book", params });
    expect(line.traffic).toMatchObject([{ what: "postback", text: "book 2026-12-25" }]);
  });
});

describe("a tap", () => {
  it("puts displayText into the chat without a message event", async () => {
    await line.platform.tap("retail", "Mali", { data: "a=1", displayText: "ใช่ค่ะ" });
    expect(line.events()).toMatchObject([{ type: "postback", postback: { data: "a=1" } }]);
    const { userId } = line.platform.customers.named("Mali");
    expect(line.platform.chat("retail", userId)).toMatchObject([
      { from: "customer", userId, text: "ใช่ค่ะ" },
    ]);
  });

  it("shows nothing without displayText", async () => {
    await line.platform.tap("retail", "Mali", { data: "" });
    const { userId } = line.platform.customers.named("Mali");
    expect(line.platform.chat("retail", userId)).toEqual([]);
  });
});

describe("unsending", () => {
  it("tells the channel and takes the text out of the chat", async () => {
    const { platform } = line;
    const { messageId } = await platform.send("retail", "Mali", { type: "text", text: "my code" });
    await platform.unsend("retail", "Mali", messageId);
    const { userId } = platform.customers.named("Mali");
    expect(line.events()[1]).toMatchObject({ type: "unsend", unsend: { messageId } });
    expect(platform.chat("retail", userId)).toMatchObject([
      { id: messageId, text: "[unsent]", isUnsent: true },
    ]);
    expect(JSON.stringify(platform.chat("retail", userId))).not.toContain("4711");
  });

  it("is for one's own messages, in the chat where they are", async () => {
    const { platform } = line;
    const group = platform.groups.named("Shop", ["Mali", "Somchai"]).id;
    const content: LineContent = { type: "text", text: "Hi" };
    const { messageId } = await platform.send("retail", "Mali", content, { group });
    await expect(platform.unsend("retail", "Somchai", messageId)).rejects.toThrow("has not sent");
    await expect(platform.unsend("travel", "Mali", messageId)).rejects.toThrow("has not sent");
    await platform.unsend("retail", "Mali", messageId);
    const { userId } = platform.customers.named("Mali");
    expect(line.events()[1]).toMatchObject({ source: { type: "group", groupId: group, userId } });
  });
});

function edit(id: string, text: string): LineEvent {
  return { type: "messageEdited", message: { type: "text", id, text } };
}
