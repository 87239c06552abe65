import { textOf } from "./example-event.ts";

describe("texts", () => {
  it.each([
    ["Thai", "สวัสดีค่ะ สอบถามหน่อยค่ะ"],
    ["Chinese", "請問這件商品還有貨嗎？"],
    ["Japanese", "注文した商品がまだ届きません。"],
    ["Arabic", "مرحبا، أين طلبي؟"],
    ["emoji sequences", "👨‍👩‍👧‍👦🇹🇭👍🏽"],
    ["a LINE emoji", "Hello, world! (love)"],
    ["a mention", "@All @example Good Morning!!"],
    ["blanks around it", "  \n明日\n "],
  ])("leaves text with %s as it is", (_, written) => {
    expect(textOf({ type: "text", text: written, emojis: [], mention: { mentionees: [] } })).toBe(
      written,
    );
  });
});
