import fc from "fast-check";
import { splitText } from "../../../../lambdas/shared/text/split-text.ts";
import { anyCharacter } from "../../any-character.ts";

const graphemes = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)].map(
    (s) => s.segment,
  );

const anyText = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 120 }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        "👨‍👩‍👧‍👦",
        "🇹🇭",
        "สวัสดีครับ",
        "ขอบคุณ",
        "您好。",
        "お待たせしました。",
        "مرحبا",
        "hello ",
        "e\u0301",
        "\n",
        "\n\n",
        "\r\n",
        ". ",
        "、",
        "한국어",
        "ก็้",
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join("")),
);

describe("splitText", () => {
  it("keeps every character, in order", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        expect(splitText(text, limit).join("")).toBe(text);
      }),
    );
  });

  it("never exceeds the limit and never makes an empty part", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, limit) => {
        for (const part of splitText(text, limit)) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("never cuts inside a grapheme that fits into a part", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 12, max: 60 }), (text, limit) => {
        const whole = graphemes(text);
        fc.pre(whole.every((grapheme) => grapheme.length <= limit));
        expect(splitText(text, limit).flatMap(graphemes)).toEqual(whole);
      }),
    );
  });

  it.each([
    ["a paragraph", "One. Two.\n\nThree four five.", 20, ["One. Two.\n\n", "Three four five."]],
    [
      "a line, if no paragraph fits",
      "One. Two.\nThree four five.",
      20,
      ["One. Two.\n", "Three four five."],
    ],
    [
      "a sentence, if no line fits",
      "One two. Three four five.",
      20,
      ["One two. ", "Three four five."],
    ],
    [
      "a Japanese sentence",
      "お待たせしました。少々お待ちください。",
      12,
      ["お待たせしました。", "少々お待ちください。"],
    ],
    ["a word, if no sentence fits", "one two three four", 9, ["one two ", "three ", "four"]],
    ["a Thai word, which no blank marks", "สวัสดีประเทศไทย", 10, ["สวัสดี", "ประเทศไทย"]],
    ["a word, so that no part begins with a comma", "hello, world", 5, ["hello", ", ", "world"]],
    ["a grapheme, if nothing else fits", "👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 15, ["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]],
    ["the limit exactly", "abcdeabcde", 5, ["abcde", "abcde"]],
  ])("splits at %s", (_, text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts);
  });

  it("makes no part of an empty text and one of a text that fits", () => {
    expect(splitText("", 5)).toEqual([]);
    expect(splitText("abcde", 5)).toEqual(["abcde"]);
  });

  it("cuts a grapheme that is longer than a whole part between its code points", () => {
    const text = `e${"\u0301".repeat(30)}😀`;
    expect(splitText(text, 10).join("")).toBe(text);
    expect(splitText(`${"😀\u200d".repeat(20)}😀`, 4).every((part) => part.isWellFormed())).toBe(
      true,
    );
  });

  it("splits a megabyte in a moment", () => {
    const started = performance.now();
    splitText("สวัสดี😀".repeat(130_000), 5_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
