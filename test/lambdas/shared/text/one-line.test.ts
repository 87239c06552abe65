import { oneLine } from "../../../../lambdas/shared/text/one-line.ts";

describe("oneLine", () => {
  it.each([
    ["  a\r\n\tb\u3000c\u2028d ", 20, "a b c d"],
    ["ขอบคุณครับ", 10, "ขอบคุณครับ"],
    ["ที่นี่ที่นี่", 6, "ที่…"],
    ["谢谢您的帮助", 4, "谢谢您…"],
    ["👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 12, "👨‍👩‍👧‍👦…"],
    ["one two", 5, "one…"],
    ["👨‍👩‍👧‍👦", 3, "…"],
    ["\u202egnp.exe", 40, "gnp.exe"],
  ])("makes of %j, at most %d units, %j", (text, limit, line) => {
    expect(oneLine(text, limit)).toBe(line);
    expect(oneLine(text, limit).length).toBeLessThanOrEqual(limit);
  });

  it("keeps any length without a limit", () => {
    expect(oneLine("あ".repeat(10_000))).toHaveLength(10_000);
  });

  it.each([
    ["blanks and line breaks", "  a\r\n\r\n\r\nb\t c ", "a b c"],
    ["control characters", "a\u0000\u0007\u007f\u0085b", "ab"],
    ["direction overrides", "\u202eabc\u202c \u2067d\u2069", "abc d"],
    ["half a surrogate pair", "a\ud83d", "a\ufffd"],
    ["nothing visible", "\u200b\u2060 \u0301", ""],
  ])("cleans %s", (_, text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it.each(["👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "สวัสดีครับ", "क्ष", "שלום\u200f!"])(
    "leaves %s alone",
    (text) => {
      expect(oneLine(text)).toBe(text);
    },
  );
});
