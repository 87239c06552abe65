import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { defaults, messageEventOf, textOf } from "./example-event.ts";

describe("stickers", () => {
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
  ])("show %s", (_, message, text) => {
    expect(textOf({ type: "sticker", ...message })).toBe(text);
  });

  const translate = (stickerId: string, stickers: "text" | "image") =>
    translateLineEvent(messageEventOf({ type: "sticker", packageId: "446", stickerId }), {
      ...defaults,
      stickers,
    });

  it("come with their image in addition to the text if the brand asks for it", () => {
    expect(translate("1988", "image")).toMatchObject({
      text: "[LINE STICKER: Moon: Special Edition]",
      attachment: {
        mediaType: "Image",
        url: "https://stickershop.line-scdn.net/stickershop/v1/sticker/1988/android/sticker.png",
        mime: "image/png",
        filename: "sticker-1988.png",
      },
    });
    expect(translate("1988", "text")).not.toHaveProperty("attachment");
  });

  it.each(["../../../evil", "1988/../1", "", "１９８８"])(
    "come without an image if the id is %j",
    (stickerId) => {
      expect(translate(stickerId, "image")).not.toHaveProperty("attachment");
    },
  );
});
