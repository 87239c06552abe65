import { genesysMessages } from "../../../../lambdas/worker/translate/genesys-message.ts";

const attributes = { market: "Thailand", brand: "Retail_Thai" };
const build = (text: string, nickname: string | undefined = "สมชาย") =>
  genesysMessages(
    text,
    "468789577898262530",
    { id: "U1", nickname },
    1_795_392_000_123,
    attributes,
  );

describe("genesysMessages", () => {
  it("fills in the Open Messaging body", () => {
    expect(build("สวัสดีครับ")).toEqual([
      {
        channel: {
          from: { id: "U1", idType: "Opaque", nickname: "สมชาย" },
          time: "2026-11-23T00:00:00.123Z",
          messageId: "468789577898262530",
          metadata: { customAttributes: attributes },
        },
        text: "สวัสดีครับ",
      },
    ]);
  });

  it("has no nickname when none is known", () => {
    const [message] = genesysMessages("x", "1", { id: "U1", nickname: undefined }, 0, {});
    expect(message?.channel.from).toEqual({ id: "U1", idType: "Opaque" });
  });

  it("splits text over 4,000 characters and numbers the parts", () => {
    const text = "ยาวมาก ".repeat(1_500);
    const messages = build(text);
    expect(messages.map((message) => message.channel.messageId)).toEqual([
      "468789577898262530",
      "468789577898262530#2",
      "468789577898262530#3",
    ]);
    expect(messages.map((message) => message.text).join("")).toBe(text);
    expect(messages.every((message) => message.text.length <= 4_000)).toBe(true);
  });

  it("keeps 4,000 characters in one message", () => {
    expect(build("x".repeat(4_000))).toHaveLength(1);
    expect(build("x".repeat(4_001))).toHaveLength(2);
  });
});
