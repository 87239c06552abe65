import { manyLines, oneLine } from "../../../../../lambdas/outbound/translate/text/clean.ts";

describe("oneLine and manyLines", () => {
  it.each([
    ["blanks and line breaks", "  a\r\n\r\n\r\nb\t c ", "a b c", "a\n\nb  c"],
    ["control characters", "a\u0000\u0007\u007f\u0085b", "ab", "a\nb"],
    ["direction overrides", "\u202eabc\u202c \u2067d\u2069", "abc d", "abc d"],
    ["half a surrogate pair", "a\ud83d", "a\ufffd", "a\ufffd"],
    ["nothing visible", "\u200b\u2060 \u0301", "", ""],
  ])("clean %s", (_, text, line, lines) => {
    expect(oneLine(text)).toBe(line);
    expect(manyLines(text)).toBe(lines);
  });

  it.each(["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "สวัสดีครับ", "क्ष", "שלום\u200f!"])(
    "leave %s alone",
    (text) => {
      expect(oneLine(text)).toBe(text);
      expect(manyLines(text)).toBe(text);
    },
  );
});
