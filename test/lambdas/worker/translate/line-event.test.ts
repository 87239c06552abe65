import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";

const event = (message: object, fields: object = {}) => ({
  type: "message",
  mode: "active",
  timestamp: 1_795_392_000_000,
  webhookEventId: "01FZ74A0TDDPYRVKNK77XKC3ZR",
  source: { type: "user", userId: "U1" },
  message: { id: "468789577898262530", ...message },
  ...fields,
});
const textOf = (message: object) => {
  const translation = translateLineEvent(event(message));
  return translation.kind === "text" ? translation.text : translation.kind;
};

describe("translateLineEvent", () => {
  it.each([
    ["Thai", "สวัสดีค่ะ สอบถามหน่อยค่ะ"],
    ["Chinese", "請問這件商品還有貨嗎？"],
    ["Japanese", "注文した商品がまだ届きません。"],
    ["Arabic", "مرحبا، أين طلبي؟"],
    ["emoji sequences", "👨‍👩‍👧‍👦🇹🇭👍🏽"],
    ["a LINE emoji", "Hello, world! (love)"],
    ["a mention", "@All @example Good Morning!!"],
  ])("leaves text with %s as it is", (_, text) => {
    expect(textOf({ type: "text", text, emojis: [], mention: { mentionees: [] } })).toBe(text);
  });

  it("says that a text or sticker quotes an earlier message", () => {
    expect(textOf({ type: "text", text: "これです", quotedMessageId: "1" })).toBe(
      "[LINE QUOTE: answers an earlier message]\nこれです",
    );
    expect(
      textOf({ type: "sticker", packageId: "789", stickerId: "10855", quotedMessageId: "1" }),
    ).toMatch(/^\[LINE QUOTE: .*\]\n\[LINE STICKER: /);
  });

  it.each([
    [
      "title and keywords, three at most",
      { packageId: "11537", stickerId: "52002734", keywords: ["cony", "sally", "Staring", "hi"] },
      "[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally, Staring]",
    ],
    [
      "title and the sticker's own text",
      { packageId: "6325", stickerId: "10979904", text: "謝謝\n您", keywords: ["thanks"] },
      "[LINE STICKER: Brown and Cony Fun Size Pack - 謝謝 您]",
    ],
    [
      "the title alone",
      { packageId: "446", stickerId: "1988" },
      "[LINE STICKER: Moon: Special Edition]",
    ],
    [
      "keywords of an unknown package",
      { packageId: "12287", stickerId: "738839", keywords: ["Anticipation", "Sparkle"] },
      "[LINE STICKER: Anticipation, Sparkle]",
    ],
    [
      "text of an unknown package",
      { packageId: "12287", stickerId: "738839", text: "ขอบคุณ" },
      "[LINE STICKER: ขอบคุณ]",
    ],
    [
      "ids when nothing is known",
      { packageId: "12287", stickerId: "738839" },
      "[LINE STICKER: package 12287, sticker 738839]",
    ],
    [
      "ids when text and keywords are empty",
      { packageId: "12287", stickerId: "738839", text: " ", keywords: [] },
      "[LINE STICKER: package 12287, sticker 738839]",
    ],
    [
      "ids when keywords have another shape",
      { packageId: "12287", stickerId: "738839", keywords: ["a", null] },
      "[LINE STICKER: package 12287, sticker 738839]",
    ],
    [
      "combined stickers",
      { packageId: "30563", stickerId: "651698630" },
      "[LINE STICKER: Combined stickers]",
    ],
    [
      "a resource type that is new",
      { packageId: "789", stickerId: "10855", stickerResourceType: "HOLOGRAM" },
      "[LINE STICKER: Sally: Special Edition]",
    ],
  ])("shows a sticker with %s", (_, message, text) => {
    expect(textOf({ type: "sticker", ...message })).toBe(text);
  });

  it.each([
    [
      "title and address",
      { title: "สยามพารากอน", address: "991 ถนนพระราม 1" },
      "สยามพารากอน\n991 ถนนพระราม 1\n",
    ],
    [
      "an address alone",
      { address: "〒102-8282 東京都千代田区紀尾井町1番3号" },
      "〒102-8282 東京都千代田区紀尾井町1番3号\n",
    ],
    ["neither", {}, ""],
  ])("shows a location with %s and a link with the coordinates as sent", (_, fields, before) => {
    expect(
      textOf({ type: "location", latitude: "35.67966000", longitude: "-1.3973669e2", ...fields }),
    ).toBe(`${before}https://www.google.com/maps/search/?api=1&query=35.67966000,-1.3973669e2`);
  });

  it.each([
    ["an image", event({ type: "image" })],
    ["a message type that is new", event({ type: "hologram" })],
    ["a follow", { ...event({}), type: "follow", message: undefined }],
    ["an event type that is new", { ...event({}), type: "teleport" }],
    ["a text in standby", event({ type: "text", text: "x" }, { mode: "standby" })],
    [
      "a text in a group",
      event(
        { type: "text", text: "x" },
        { source: { type: "group", groupId: "C1", userId: "U1" } },
      ),
    ],
    ["a text from nobody", event({ type: "text", text: "x" }, { source: undefined })],
  ])("ignores %s", (_, unknown) => {
    expect(translateLineEvent(unknown)).toEqual({ kind: "ignored" });
  });

  it.each([
    ["a text without text", { type: "text" }],
    ["a sticker without ids", { type: "sticker" }],
    [
      "a location whose latitude is a link",
      { type: "location", latitude: "https://evil.example/", longitude: "1" },
    ],
  ])("throws on %s", (_, message) => {
    expect(() => translateLineEvent(event(message))).toThrow();
  });
});
