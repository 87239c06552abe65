import type { InboundAttachment } from "../../../../lambdas/shared/genesys/inbound-message.ts";
import {
  genesysMessages,
  genesysStructuredResponse,
  type MessageSender,
} from "../../../../lambdas/worker/translate/genesys-message.ts";
import {
  inboundMessage,
  inboundStructuredResponse,
} from "../../../../lib/local/simulators/genesys/bodies.ts";

const attributes = { market: "Thailand", brand: "Retail_Thai" };
const sender: MessageSender = {
  messageId: "468789577898262530",
  customer: { id: "U1", nickname: "สมชาย" },
  timestamp: 1_795_392_000_123,
  customAttributes: attributes,
};
const channel = {
  from: { id: "U1", idType: "Opaque", nickname: "สมชาย" },
  time: "2026-11-23T00:00:00.123Z",
  messageId: "468789577898262530",
  metadata: { customAttributes: attributes },
};
const attachment: InboundAttachment = {
  mediaType: "Image",
  url: "https://media.example/a/b/photo.jpg",
  mime: "image/jpeg",
  filename: "photo.jpg",
};
const textsOf = (text: string, author?: string) =>
  genesysMessages({ text }, { ...sender, author }).map((message) => message.text);

describe("genesysMessages", () => {
  it("fills in the Open Messaging body", () => {
    const messages = genesysMessages({ text: "สวัสดีครับ" }, sender);
    expect(messages).toEqual([{ channel, text: "สวัสดีครับ" }]);
    expect(messages.every((message) => inboundMessage.safeParse(message).success)).toBe(true);
  });

  it("has no nickname when none is known", () => {
    const customer = { id: "U1", nickname: undefined };
    const [message] = genesysMessages({ text: "x" }, { ...sender, customer });
    expect(message?.channel.from).toEqual({ id: "U1", idType: "Opaque" });
  });

  it("sends an attachment without a text, not with an empty one", () => {
    const messages = genesysMessages({ text: "", attachment }, sender);
    expect(messages).toEqual([{ channel, content: [{ attachment }] }]);
    expect(inboundMessage.safeParse(messages[0]).success).toBe(true);
  });

  it("sends a text and an attachment in one message", () => {
    expect(genesysMessages({ text: "これです", attachment }, sender)).toEqual([
      { channel, text: "これです", content: [{ attachment }] },
    ]);
  });

  it.each([3_880, 3_990, 4_600, 12_000])(
    "splits %i units of a member alike, whatever name the member has at this try",
    (length) => {
      const text = "คำ ".repeat(length / 3);
      const [short = [], long = []] = ["花", "長".repeat(500)].map((author) =>
        textsOf(text, author).map((part = "", index) =>
          index === 0 ? part.slice(part.indexOf(": ") + 2) : part,
        ),
      );
      expect(short).toEqual(long);
      expect(short.join("")).toBe(text);
      for (const part of textsOf(text, "長".repeat(500)))
        expect(part?.length).toBeLessThanOrEqual(4_000);
    },
  );

  it("sends nothing for nothing", () => {
    expect(genesysMessages({ text: "" }, { ...sender, author: "สมหญิง" })).toEqual([]);
  });

  it("splits text over 4,000 characters, numbers the parts and keeps the attachment first", () => {
    const text = "ยาวมาก ".repeat(1_500);
    const messages = genesysMessages({ text, attachment }, sender);
    expect(messages.map((message) => message.channel.messageId)).toEqual([
      "468789577898262530",
      "468789577898262530#2",
      "468789577898262530#3",
    ]);
    expect(messages.map((message) => message.text).join("")).toBe(text);
    expect(messages.every((message) => (message.text ?? "").length <= 4_000)).toBe(true);
    expect(messages.map((message) => message.content)).toEqual([
      [{ attachment }],
      undefined,
      undefined,
    ]);
  });

  it("keeps 4,000 characters in one message", () => {
    expect(textsOf("x".repeat(4_000))).toHaveLength(1);
    expect(textsOf("x".repeat(4_001))).toHaveLength(2);
  });

  it.each([
    ["สมหญิง", "ราคาเท่าไหร่คะ ", ["สมหญิง: ราคาเท่าไหร่คะ "]],
    ["王\n小明", "請問還有貨嗎？", ["王 小明: 請問還有貨嗎？"]],
    ["مريم", "أين طلبي؟", ["مريم: أين طلبي؟"]],
    [" ", "👍🏽", ["👍🏽"]],
    [undefined, "👍🏽", ["👍🏽"]],
  ])("says that %j is the author", (author, text, expected) => {
    expect(textsOf(text, author)).toEqual(expected);
  });

  it("leaves room for the author's name", () => {
    expect(textsOf("x".repeat(3_900), "AB")).toHaveLength(1);
    expect(textsOf("x".repeat(3_901), "AB")).toHaveLength(2);
  });

  it("names the author of an attachment", () => {
    const [message] = genesysMessages({ text: "", attachment }, { ...sender, author: "花子" });
    expect(message).toMatchObject({ text: "花子:", content: [{ attachment }] });
  });

  it.each([3_790, 3_890, 4_600, 12_000])(
    "splits %i units alike, whatever is known of the message that they quote at this try",
    (length) => {
      const text = "คำ ".repeat(length / 3);
      for (const author of [undefined, "長".repeat(500)]) {
        const [short = [], long = []] = ["[Q]", `[${"長".repeat(190)}]`].map((quote) =>
          genesysMessages({ text }, { ...sender, author, quote }).map(
            ({ text: part = "" }, index) =>
              index === 0 ? part.slice(part.indexOf("\n") + 1) : part,
          ),
        );
        expect(short).toEqual(long);
        expect(short.join("")).toBe(text);
      }
      const longest = genesysMessages(
        { text },
        { ...sender, author: "長".repeat(500), quote: `[${"長".repeat(190)}]` },
      );
      for (const part of longest) expect(part.text?.length).toBeLessThanOrEqual(4_000);
    },
  );

  it("shows what a message quotes above it, behind its author", () => {
    const quote = "[LINE QUOTE: replies to an earlier message]";
    const shown = (text: string, more: object = {}) =>
      genesysMessages({ text }, { ...sender, quote, ...more }).map((message) => message.text);
    expect(shown("これです")).toEqual([`${quote}\nこれです`]);
    expect(shown("これです", { author: "花子" })).toEqual([`花子: ${quote}\nこれです`]);
    const [image] = genesysMessages({ text: "", attachment }, { ...sender, quote });
    expect(image).toMatchObject({ text: quote, content: [{ attachment }] });
  });

  it("keeps to years that Genesys Cloud can read", () => {
    const [message] = genesysMessages({ text: "x" }, { ...sender, timestamp: 8.64e15 });
    expect(message?.channel.time).toBe("9999-12-31T23:59:59.999Z");
  });
});

describe("genesysStructuredResponse", () => {
  const button = {
    type: "QuickReply",
    originatingMessageId: "c327c2078ca056db130c55ce648d9fa2",
    text: "はい",
    payload: "yes",
  } as const;

  it("fills in the Open Messaging body", () => {
    const response = genesysStructuredResponse(button, sender);
    expect(response).toEqual({
      channel,
      buttonResponse: { type: "QuickReply", text: "はい", payload: "yes" },
      originatingMessageId: "c327c2078ca056db130c55ce648d9fa2",
    });
    expect(inboundStructuredResponse.safeParse(response).success).toBe(true);
  });

  it("names the author beside the text, never in the payload that a bot reads", () => {
    const { buttonResponse } = genesysStructuredResponse(button, { ...sender, author: "花子" });
    expect(buttonResponse).toEqual({ type: "QuickReply", text: "花子: はい", payload: "yes" });
  });
});
