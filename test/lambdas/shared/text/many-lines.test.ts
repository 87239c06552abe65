import { manyLines } from "../../../../lambdas/shared/text/many-lines.ts";

describe("manyLines", () => {
  it.each([
    ["blanks and line breaks", "  a\r\n\r\n\r\nb\t c ", "a\n\nb  c"],
    ["control characters", "a\u0000\u0007\u007f\u0085b", "a\nb"],
    ["direction overrides", "\u202eabc\u202c \u2067d\u2069", "abc d"],
    ["half a surrogate pair", "a\ud83d", "a\ufffd"],
    ["nothing visible", "\u200b\u2060 \u0301", ""],
  ])("cleans %s", (_, text, lines) => {
    expect(manyLines(text)).toBe(lines);
  });

  it.each(["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "สวัสดีครับ", "क्ष", "שלום\u200f!"])(
    "leaves %s alone",
    (text) => {
      expect(manyLines(text)).toBe(text);
    },
  );
});
