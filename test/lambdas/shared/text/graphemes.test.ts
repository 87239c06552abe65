import fc from "fast-check";
import {
  codePointEnd,
  graphemeEnd,
  graphemesOf,
} from "../../../../lambdas/shared/text/graphemes.ts";
import { anyCharacter } from "../../any-character.ts";

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "👨‍👩‍👧‍👦",
        "🇹🇭",
        "🇯",
        "กู้",
        "ก็้",
        "e\u0301",
        "क्ष",
        "\u1100\u1161",
        "\r\n",
        "\ud83d",
      ),
      fc.string({ unit: anyCharacter, maxLength: 3 }),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

it("graphemeEnd is the last end of a grapheme up to the limit", () => {
  fc.assert(
    fc.property(anyText, fc.nat(60), (text, limit) => {
      const ends = [...graphemesOf(text)].map(({ index, segment }) => index + segment.length);
      expect(graphemeEnd(text, limit)).toBe(ends.findLast((end) => end <= limit) ?? 0);
    }),
  );
});

it.each([
  ["a😀", 3, 3],
  ["a😀", 2, 1],
  ["a😀", 9, 3],
  ["😀", 1, 0],
  ["", 1, 0],
])("codePointEnd of %j up to %d is %d", (text, limit, end) => {
  expect(codePointEnd(text, limit)).toBe(end);
});
