import fc from "fast-check";
import { isShort, shorten, shortenUnits } from "../../../../lambdas/shared/text/shorten.ts";
import { anyCharacter } from "../../any-character.ts";

const graphemes = (text: string) =>
  [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(
    ({ segment }) => segment,
  );
const count = (text: string) => graphemes(text).length;

describe("shorten", () => {
  it.each([
    ["fits", "สวัสดี", 6, "สวัสดี"],
    ["Thai, whose marks count, too", "สวัสดีครับ", 7, "สวัสดี…"],
    ["Thai, never between a letter and its marks", "สวัสดีครับ", 6, "สวัส…"],
    ["Japanese", "お待たせしました", 4, "お待た…"],
    ["emoji sequences", "👨‍👩‍👧‍👦👍🏽🇹🇭🇯🇵", 10, "👨‍👩‍👧‍👦👍🏽…"],
    ["emoji that have as many units as fit", "😀😀😀😀", 4, "😀😀😀😀"],
    ["right-to-left text", "مرحبا بك", 4, "مرح…"],
    ["a blank before the end", "ab cd", 4, "ab…"],
  ])("cuts between graphemes: %s", (_, text, max, short) => {
    expect(shorten(text, max)).toBe(short);
    expect(isShort(text, max)).toBe(text === short);
  });

  const anyText = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 80 }),
    fc.string({ unit: "grapheme", maxLength: 80 }),
  );

  it("cuts at the border of a grapheme, unless the first one is too long", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, max) => {
        const short = shorten(text, max);
        const [first = ""] = graphemes(text);
        if (short === text || [...first].length >= max) return;
        const kept = graphemes(short.slice(0, -1));
        expect(kept).toEqual(graphemes(text).slice(0, kept.length));
      }),
    );
  });

  it("cuts a single letter under more accents than any letter has", () => {
    expect(shorten(`e${"\u0301".repeat(10_000)}`, 20)).toHaveLength(20);
  });

  it("never exceeds the limit, and only ever drops the end", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, max) => {
        for (const short of [shorten(text, max), shortenUnits(text, max)]) {
          expect(count(short)).toBeLessThanOrEqual(max);
          expect([...short].length).toBeLessThanOrEqual(max);
          expect(
            short === text || (short.endsWith("…") && text.startsWith(short.slice(0, -1))),
          ).toBe(true);
        }
        expect(shortenUnits(text, max).length).toBeLessThanOrEqual(max);
        expect(isShort(text, max)).toBe([...text].length <= max);
      }),
    );
  });
});
