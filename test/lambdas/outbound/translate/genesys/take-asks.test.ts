import fc from "fast-check";
import { takeAsks } from "../../../../../lambdas/outbound/translate/genesys/take-asks.ts";

const take = (content: unknown[], text = "") =>
  takeAsks({ text, content }, (asks) => `Please: ${asks.join()}`);
const ASK = "[LINE ASK: location]";
const button = { type: "Postback", text: "選択", payload: `p ${ASK}` };

describe("takeAsks", () => {
  it.each([
    ["a text", (text: string) => ({ contentType: "Text", text: { body: text } })],
    [
      "a caption",
      (text: string) => ({ contentType: "Attachment", attachment: { text, url: "u" } }),
    ],
    ["a card", (title: string) => ({ contentType: "Card", card: { title, actions: [button] } })],
    [
      "a carousel",
      (description: string) => ({
        contentType: "Carousel",
        carousel: { cards: [{ title: "A", description, actions: [button] }] },
      }),
    ],
    [
      "the title of quick replies",
      (title: string) => ({
        contentType: "QuickReplyV2",
        quickReplyV2: { title, actions: [button] },
      }),
    ],
    [
      "a notification",
      (text: string) => ({
        contentType: "Notification",
        template: { body: { text, parameters: [{ name: "a", text }] }, buttons: [button] },
      }),
    ],
    [
      "a list picker",
      (title: string) => ({
        contentType: "ListPicker",
        listPicker: {
          receivedMessage: { title },
          replyMessage: { title: `Thanks ${ASK}` },
          sections: [{ title, items: [{ id: ASK, title: "A" }] }],
        },
      }),
    ],
  ])("takes the markers out of %s and leaves all else", (_, content) => {
    expect(take([content(`どこ？ ${ASK}`)], `どこ？\n${ASK}`)).toEqual({
      text: "どこ？",
      content: [content("どこ？")],
      asks: ["location"],
    });
  });

  it("asks for each thing once, in the order in which they are read", () => {
    const content = [{ text: { body: `B [LINE ASK: camera roll] ${ASK}` } }];
    expect(take(content, "A [LINE ASK: camera][LINE ASK: Camera]")).toEqual({
      text: "A",
      content: [{ text: { body: "B" } }],
      asks: ["camera", "cameraRoll", "location"],
    });
  });

  it("says in words what a text asks for that is nothing else", () => {
    const content = [{ text: { body: "\u200b[LINE ASK: camera roll]" } }];
    expect(take(content, ` ${ASK}\n[LINE ASK: camera]`)).toEqual({
      text: "Please: location,camera",
      content: [{ text: { body: "Please: cameraRoll" } }],
      asks: ["location", "camera", "cameraRoll"],
    });
  });

  it.each([
    ["a quick reply", { quickReply: { text: ASK, payload: "p" } }],
    ["one of several", { quickReplyV2: { title: "A", actions: [{ text: `A ${ASK}` }] } }],
    ["a card's button", { card: { title: "A", actions: [{ text: `A ${ASK}` }] } }],
    ["a card that is tapped", { card: { title: "A", defaultAction: { text: ASK } } }],
    ["a notification's button", { template: { buttons: [{ text: ASK }] } }],
    ["an item to pick", { listPicker: { sections: [{ items: [{ title: ASK }] }] } }],
  ])("refuses a marker on %s, whose text must come back", (_, content) => {
    expect(() => take([content])).toThrow(
      expect.objectContaining({ name: "PermanentFailure", reason: "AskNotSendable" }),
    );
  });

  it("leaves a message without markers byte for byte as it is", () => {
    const parts = fc.constantFrom(
      "[LINE",
      " ",
      "ASK",
      ":",
      "location",
      "]",
      "[",
      "ขอบคุณ",
      "\n",
      "\0",
    );
    const near = fc
      .array(parts, { maxLength: 12 })
      .map((some) => some.join(""))
      .filter((text) => !/\[\s*LINE\s+ASK\s*:/i.test(text));
    const key = fc.constantFrom("text", "title", "body", "actions", "card", "__proto__", "toJSON");
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        near,
        fc.jsonValue(),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc
          .array(fc.tuple(key, tie("tree")), { maxLength: 4 })
          .map((entries) => Object.fromEntries(entries)),
      ),
    }));
    fc.assert(
      fc.property(near, fc.array(tree, { maxLength: 4 }), (text, content) => {
        const taken = take(content, text);
        expect(JSON.stringify(taken)).toBe(JSON.stringify({ text, content, asks: [] }));
      }),
      { numRuns: 500 },
    );
  });

  it.each([undefined, null])("finds nothing in a message whose text and content are %s", (none) => {
    const taken = takeAsks({ text: none, content: none }, () => "never");
    expect(taken).toEqual({ text: "", content: [], asks: [] });
  });
});
