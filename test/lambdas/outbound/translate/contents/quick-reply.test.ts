import fc from "fast-check";
import { decodeButton } from "../../../../../lambdas/shared/genesys/button-data.ts";
import { oneLine } from "../../../../../lambdas/shared/text/one-line.ts";
import { MESSAGE_ID, readable, render, rendered, taps } from "../render.ts";

const replies = (...texts: string[]) =>
  texts.map((text, index) => ({
    contentType: "QuickReply",
    quickReply: { text, payload: `p${index}`, action: "Message" },
  }));
const titled = (title: string, texts: string[]) => ({
  contentType: "QuickReplyV2",
  quickReplyV2: { title, actions: texts.map((text) => ({ text, payload: text })) },
});

describe("quick replies", () => {
  it("become LINE's own quick replies, and come back as they are", () => {
    const { pushes } = render({ text: "続けますか？", content: replies("はい", "いいえ") });
    expect(pushes).toEqual([
      [
        {
          type: "text",
          text: "続けますか？",
          quickReply: {
            items: ["はい", "いいえ"].map((text) => ({
              type: "action",
              action: {
                type: "postback",
                label: text,
                displayText: text,
                data: expect.any(String),
              },
            })),
          },
        },
      ],
    ]);
    expect(taps(pushes).map(({ data }) => decodeButton(String(data)))).toEqual(
      ["はい", "いいえ"].map((text, index) => ({
        kind: "button",
        button: {
          type: "QuickReply",
          originatingMessageId: MESSAGE_ID,
          text,
          payload: `p${index}`,
        },
      })),
    );
  });

  it.each([
    ["Thai", "ต้องการเปลี่ยนที่อยู่ในการจัดส่งสินค้า", "ต้องการเปลี่ยนที่อ…"],
    ["Thai of 17 graphemes, but 22 code points", "ตรวจสอบสถานะคำสั่งซื้อ", "ตรวจสอบสถานะคำสั่ง…"],
    [
      "Japanese",
      "お届け先のご住所を変更したいので手続きを教えてください",
      "お届け先のご住所を変更したいので手続き…",
    ],
    ["emoji", "👨‍👩‍👧‍👦".repeat(3), `${"👨‍👩‍👧‍👦".repeat(2)}…`],
    ["emoji that just fit", "👍🏽".repeat(10), "👍🏽".repeat(10)],
    ["right-to-left text", "أريد تغيير عنوان التسليم من فضلك", "أريد تغيير عنوان ال…"],
    ["line breaks", "はい、\nお願いします", "はい、 お願いします"],
    ["direction overrides", "\u202eabc", "abc"],
  ])("have labels of 20 characters: %s", (_, text, label) => {
    const [tap] = taps(rendered(replies(text)[0]));
    expect(tap).toMatchObject({ label, displayText: oneLine(text) });
  });

  it.each([
    [
      "the title",
      {
        contentType: "QuickReplyV2",
        quickReplyV2: { title: "どちら？", actions: [{ text: "A" }] },
      },
      "どちら？",
    ],
    [
      "the summary",
      { contentType: "QuickReply", quickReply: { text: "A", payload: "a", summaryText: "ตัวเลือก" } },
      "ตัวเลือก",
    ],
    ["three dots", replies("A")[0], "…"],
  ])("are put on %s if there is no text", (_, content, text) => {
    expect(rendered(content)).toMatchObject([{ type: "text", text, quickReply: { items: [{}] } }]);
  });

  it("do not repeat a title that the text says already", () => {
    const messages = render({
      text: "どちら？",
      content: [titled("どちら？", ["A"])],
    }).pushes.flat();
    expect(messages).toHaveLength(1);
  });

  it("show a title of their own below the text", () => {
    const { pushes } = render({ text: "こんにちは", content: [titled("どちら？", ["A"])] });
    expect(pushes.flat()).toMatchObject([
      { text: "こんにちは" },
      { text: "どちら？", quickReply: { items: [{ action: { label: "A" } }] } },
    ]);
  });

  it.each([13, 14, 60])("can all be tapped, %d of them", (count) => {
    const texts = Array.from({ length: count }, (_, index) => `ตัวเลือก ${index + 1}`);
    const messages = render({ text: "เลือก", content: replies(...texts) }).pushes.flat();
    expect(taps(messages).map(({ label }) => label)).toEqual(texts);
    expect(messages.some(({ quickReply }) => quickReply !== undefined)).toBe(count <= 13);
  });

  it("become buttons with whole labels if cut labels would be the same", () => {
    const texts = ["ยกเลิกคำสั่งซื้อของฉันหมายเลขหนึ่งร้อยสิบ", "ยกเลิกคำสั่งซื้อของฉันหมายเลขสองร้อยสิบ"];
    const messages = rendered(titled("เลือก", texts));
    expect(messages.map(({ type }) => type)).toEqual(["flex"]);
    expect(readable(messages)).toEqual(expect.arrayContaining(texts));
  });

  const thai = fc.string({ unit: fc.constantFrom(..."กขตรวจสถานะคำสั่งซื้อ์"), maxLength: 26 });
  const anyLabel = fc
    .oneof(thai, fc.string({ unit: "grapheme", maxLength: 30 }))
    .map((text) => oneLine(text))
    .filter((text) => text !== "");

  it("stay distinct, hold LINE's limit by either count, and are said in full when tapped", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyLabel, { minLength: 1, maxLength: 13 }), (texts) => {
        const messages = rendered(titled("?", texts));
        const shown = taps(messages);
        expect(shown.map(({ displayText }) => displayText)).toEqual(texts);
        const isQuick = messages.some(({ quickReply }) => quickReply !== undefined);
        for (const { label } of shown) {
          expect([...String(label)].length).toBeLessThanOrEqual(isQuick ? 20 : 40);
        }
        const read = isQuick ? shown.map(({ label }) => label) : texts;
        expect(new Set(read).size).toBe(texts.length);
        expect(readable(messages)).toEqual(expect.arrayContaining(read));
      }),
      { numRuns: 300 },
    );
  });

  it("also stand in the text where the brand asks for it", () => {
    const choicesInText = true;
    const long = "ตรวจสอบสถานะคำสั่งซื้อ";
    const content = replies("はい", long);
    expect(
      render({ text: "続けますか？", content }, { choicesInText }).pushes.flat(),
    ).toMatchObject([
      { text: `続けますか？\n1. はい\n2. ${long}`, quickReply: { items: [{}, {}] } },
    ]);
    expect(rendered(content[0], { choicesInText })).toMatchObject([{ text: "1. はい" }]);
    const full = "x".repeat(4_999);
    expect(render({ text: full, content }, { choicesInText }).pushes.flat()).toMatchObject([
      { text: full },
      { text: `1. はい\n2. ${long}`, quickReply: { items: [{}, {}] } },
    ]);
  });

  it("are all in the text then, in full, whatever they are", () => {
    const anyTitle = fc.oneof(fc.constant(""), fc.string({ unit: "grapheme", maxLength: 5_000 }));
    fc.assert(
      fc.property(anyTitle, fc.array(anyLabel, { minLength: 1, maxLength: 13 }), (title, texts) => {
        const messages = rendered(titled(title, texts), { choicesInText: true });
        if (messages.every(({ quickReply }) => quickReply === undefined)) return;
        const lines = messages.flatMap((message) =>
          message.type === "text" ? message.text.split("\n") : [],
        );
        expect(lines.slice(-texts.length)).toEqual(
          texts.map((text, index) => `${index + 1}. ${text}`),
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["https://media.example/yes.png", { imageUrl: "https://media.example/yes.png" }],
    ["https://media.example/yes.jpg", {}],
    ["http://media.example/yes.png", {}],
    [7, {}],
  ])("show the image %s if LINE accepts it", (image, expected) => {
    const [message] = rendered({ contentType: "QuickReply", quickReply: { text: "A", image } });
    const { action: _, ...item } = message?.quickReply?.items?.[0] ?? {};
    expect(item).toEqual({ type: "action", ...expected });
  });

  it("answer with their text if they have no payload, and with their payload if they have no text", () => {
    const actions = [{ text: "A" }, { payload: "b" }, { text: " " }, {}];
    const messages = rendered({
      contentType: "QuickReplyV2",
      quickReplyV2: { title: "?", actions },
    });
    const answers = taps(messages).map(({ data }) => decodeButton(String(data)));
    expect(answers).toMatchObject([
      { button: { text: "A", payload: "A" } },
      { button: { text: "b", payload: "b" } },
    ]);
  });
});
