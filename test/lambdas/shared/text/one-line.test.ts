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
  ])("makes of %j, at most %d units, %j", (text, limit, line) => {
    expect(oneLine(text, limit)).toBe(line);
    expect(oneLine(text, limit).length).toBeLessThanOrEqual(limit);
  });

  it("keeps any length without a limit", () => {
    expect(oneLine("あ".repeat(10_000))).toHaveLength(10_000);
  });
});
