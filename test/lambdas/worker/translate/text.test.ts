import fc from "fast-check";
import * as z from "zod";
import { parseLineBody, parseQueuedEvent } from "../../../../lambdas/shared/line/exact-json.ts";
import { textOf } from "./example-event.ts";

/** What agents read for a text message, after its way through the queue. */
const sent = (message: object) =>
  textOf(
    z
      .looseObject({})
      .parse(parseQueuedEvent(JSON.stringify(parseLineBody(JSON.stringify(message))))),
  );

/** Texts with and without emoji that say nothing, and how agents read them. */
const spans = fc.array(
  fc.oneof(
    fc.string({ unit: "grapheme" }).map((text) => ({ text, read: text, isEmoji: false })),
    fc
      .constantFrom("()", "( )", "（）", "$", "\u200b", "(\ufe0f)", "(\u3164)", "\ufffc")
      .map((text) => {
        return { text, read: "[LINE EMOJI]", isEmoji: true };
      }),
    // NUL counts in LINE's positions, and Genesys Cloud does not take it.
    fc.constantFrom("\0", "a\0b\0").map((text) => {
      return { text, read: text.replaceAll("\0", ""), isEmoji: false };
    }),
    fc.constantFrom("(love)", "(ハート)", "(1)", "👍").map((text) => {
      return { text, read: text, isEmoji: true };
    }),
  ),
  { minLength: 1, maxLength: 8 },
);

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

  it("show where LINE's emoji stand that say nothing in the text, and change nothing else", () => {
    fc.assert(
      fc.property(spans, (parts) => {
        const text = parts.map((part) => part.text).join("");
        if (text === "") return;
        let index = 0;
        const emojis = parts.flatMap((part) => {
          const emoji = { index, length: part.text.length, productId: "p", emojiId: "001" };
          index += part.text.length;
          return part.isEmoji ? [emoji] : [];
        });
        const read = parts.map((part) => part.read).join("");
        if (read === "") return;
        expect(sent({ type: "text", text, emojis })).toBe(read);
        expect(sent({ type: "text", text, emojis: emojis.toReversed() })).toBe(read);
        expect(sent({ type: "text", text })).toBe(text.replaceAll("\0", ""));
      }),
    );
  });

  it("are well-formed wherever the emoji are said to stand", () => {
    const anywhere = fc.record({ index: fc.nat(12), length: fc.nat(6) });
    const texts = fc
      .array(fc.constantFrom("😀", "()", "🇹🇭", "ก", "\u{100084}"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(texts, fc.array(anywhere), (text, emojis) => {
        expect(textOf({ type: "text", text, emojis })?.isWellFormed()).toBe(true);
      }),
    );
  });

  it.each([
    ["beyond the text", [{ index: 5, length: 9 }]],
    ["that are none", [{ index: -1, length: 2 }, { index: 0.5, length: 2 }, null, "x"]],
    ["in another shape", { index: 0, length: 2 }],
  ])("stay as they are with emoji %s", (_, emojis) => {
    expect(textOf({ type: "text", text: "()hello()", emojis })).toBe("()hello()");
  });

  it("show an emoji once that is named twice", () => {
    const emoji = { index: 0, length: 2 };
    expect(textOf({ type: "text", text: "()hello", emojis: [emoji, emoji] })).toBe(
      "[LINE EMOJI]hello",
    );
  });

  it("are never empty", () => {
    for (const text of ["", "\0", "\0\0"]) {
      expect(sent({ type: "text", text })).toBe(
        "[LINE TEXT: this kind of message cannot be shown]",
      );
    }
  });
});
