import type { messagingApi } from "@line/bot-sdk";
import fc from "fast-check";
import { isSaid } from "../../../../../lambdas/outbound/translate/line/is-said.ts";

/** Letters that can be written as one character or as several, and letters that cannot. */
const LETTERS = [..."éàçốữñüがパ한글บก台a1", "กำ", "ที่", "Å", "\u212b", "👍🏽"];
const words = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 6 })
  .map((letters) => letters.join(""));
const lines = fc.array(words, { minLength: 1, maxLength: 4 });
const forms = fc.constantFrom("NFC" as const, "NFD" as const);

const text = (said: string): messagingApi.Message => ({ type: "text", text: said });

describe("a text that messages show", () => {
  it("is found whatever way its letters and those around it are composed", () => {
    fc.assert(
      fc.property(lines, lines, lines, forms, forms, (before, wanted, after, one, other) => {
        const shown = [...before, ...wanted, ...after].join("\n").normalize(one);
        expect(isSaid(wanted.join("\n").normalize(other), [text(shown)])).toBe(true);
        const apart = [...before, ...wanted, ...after].map((line) => text(line.normalize(one)));
        expect(isSaid(wanted.join(" ").normalize(other), apart)).toBe(true);
      }),
    );
  });

  it("is not found where a letter or a mark differs, or where it begins in a line", () => {
    fc.assert(
      fc.property(words, words, forms, forms, (said, other, one, another) => {
        fc.pre(said.normalize("NFC") !== other.normalize("NFC"));
        expect(isSaid(other.normalize(another), [text(said.normalize(one))])).toBe(false);
        const inLine = `ข${other}`.normalize(one);
        expect(isSaid(other.normalize(another), [text(inLine)])).toBe(false);
      }),
    );
    expect(isSaid("cafe", [text("cafe\u0301")])).toBe(false);
  });
});
