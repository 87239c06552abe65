import type { messagingApi } from "@line/bot-sdk";
import fc from "fast-check";
import { groupsOf } from "../../../../../lambdas/outbound/translate/line/groups-of.ts";
import { textMessages } from "../../../../../lambdas/outbound/translate/line/text-messages.ts";
import { WORDS } from "../../../../../lambdas/outbound/translate/text/words.ts";
import { LANGUAGES } from "../../../../../lambdas/shared/contract/languages.ts";
import { readable, render } from "../render.ts";
import { anyMarker, anyWords } from "../text/any-marker.ts";

const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    contentType: "QuickReply",
    quickReply: { text: `${index + 1}つ`, payload: `p${index}` },
  }));
const card = (title: string) => ({
  contentType: "Card",
  card: { title, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
});
const types = ({ quickReply }: messagingApi.Message) =>
  (quickReply?.items ?? []).map(({ action }) => action?.type);

describe("an ask", () => {
  it("is a quick reply below the text", () => {
    expect(render({ text: "Where are you?\n[LINE ASK: location]" }).pushes).toEqual([
      [
        {
          type: "text",
          text: "Where are you?",
          quickReply: {
            items: [{ type: "action", action: { type: "location", label: "Share location" } }],
          },
        },
      ],
    ]);
  });

  it.each([
    ["en", "Please share your location.\nPlease send us a photo."],
    ["ja", "位置情報をお送りください。\n写真をお送りください。"],
    ["th", "กรุณาส่งตำแหน่งที่ตั้งของคุณ\nกรุณาส่งรูปภาพ"],
    ["zh-TW", "請傳送您的位置資訊。\n請傳送照片。"],
  ] as const)("has words of its own in %s if there is no other text", (language, text) => {
    const markers = "[LINE ASK: location] [LINE ASK: camera] [LINE ASK: camera roll]";
    const { askLabels } = WORDS[language];
    for (const parts of [
      { text: markers },
      { content: [{ contentType: "Text", text: { body: markers } }] },
    ]) {
      const [message, ...more] = render(parts, { language }).pushes.flat();
      expect(more).toEqual([]);
      expect(message).toMatchObject({ type: "text", text });
      expect(message?.quickReply?.items).toEqual(
        (["location", "camera", "cameraRoll"] as const).map((type) => ({
          type: "action",
          action: { type, label: askLabels[type] },
        })),
      );
    }
  });

  it("stands on a sticker, and on a place", () => {
    const sticker = render({ text: "[LINE STICKER: 11537/52002734] [LINE ASK: camera]" });
    expect(sticker.pushes.flat()).toMatchObject([{ type: "sticker", quickReply: { items: [{}] } }]);
    const link = "https://www.google.com/maps/search/?api=1&query=13.75,100.5";
    const place = render({ text: `${link} [LINE ASK: camera]` }, { mapsLinks: "location" });
    expect(place.pushes.flat()).toMatchObject([{ type: "location", quickReply: { items: [{}] } }]);
  });

  it("follows the message's own quick replies", () => {
    const [message, ...more] = render({
      text: "どこ？ [LINE ASK: location]",
      content: choices(2),
    }).pushes.flat();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ type: "text", text: "どこ？" });
    expect(message && types(message)).toEqual(["postback", "postback", "location"]);
  });

  it("leaves a title that says the same unsaid", () => {
    const text = "どこ？ [LINE ASK: location]";
    const actions = [{ text: "A", payload: "a" }];
    const content = [{ contentType: "QuickReplyV2", quickReplyV2: { title: text, actions } }];
    const messages = render({ text, content }).pushes.flat();
    expect(messages).toMatchObject([{ text: "どこ？", quickReply: { items: [{}, {}] } }]);
  });

  it.each([
    [11, 2, 13],
    [12, 1, 13],
    [12, 2, 2],
    [13, 1, 1],
    [60, 1, 1],
  ])("loses no choice: %d choices and %d asks make a quick reply of %d", (own, asked, items) => {
    const text = ["?", "[LINE ASK: camera]", "[LINE ASK: location]"].slice(0, 1 + asked).join("\n");
    const messages = render({ text, content: choices(own) }).pushes.flat();
    expect(messages.at(-1)?.quickReply?.items).toHaveLength(items);
    const labels = readable(messages);
    for (const { quickReply } of choices(own)) expect(labels).toContain(quickReply.text);
    expect(labels).toContain("Take a photo");
  });

  it("stands on the very last message, and only there", () => {
    fc.assert(
      fc.property(
        fc.nat(12_000),
        fc.nat(30),
        fc.nat(15),
        fc.boolean(),
        (length, cards, own, choicesInText) => {
          const text = `${"ยาว ".repeat(length)} [LINE ASK: camera roll] และ`;
          const content = [
            ...choices(own),
            ...Array.from({ length: cards }, (_, n) => card(`${n}`)),
          ];
          const messages = render({ text, content }, { choicesInText }).pushes.flat();
          expect(messages.findIndex(({ quickReply }) => quickReply)).toBe(messages.length - 1);
          expect(messages.flatMap(types).at(-1)).toBe("cameraRoll");
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is not listed among the choices in the text: nobody can type it", () => {
    const choicesInText = true;
    const text = "どこ？ [LINE ASK: location]";
    expect(render({ text }, { choicesInText }).pushes.flat()).toMatchObject([
      { text: "どこ？", quickReply: { items: [{}] } },
    ]);
    const both = render({ text, content: choices(2) }, { choicesInText }).pushes.flat();
    expect(both).toMatchObject([
      { text: "どこ？\n1. 1つ\n2. 2つ", quickReply: { items: [{}, {}, {}] } },
    ]);
  });

  it.each([
    { text: "[LINE ASK: blood type]" },
    { text: "ขอบคุณค่ะ", content: [{ contentType: "Text", text: { body: "A [LINE ASK: x]" } }] },
  ])("that LINE does not have fails: %j", (parts) => {
    expect(() => render(parts)).toThrow(
      expect.objectContaining({ reason: "AskNotSendable", receipt: "UnsupportedMessage" }),
    );
  });

  it("never shows its marker and changes no other text, in any language, wherever it stands", () => {
    const solid = (text: string) => text.replace(/\s/g, "");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyWords, anyMarker), { minLength: 1, maxLength: 5 }),
        anyWords,
        fc.constantFrom(...LANGUAGES),
        fc.boolean(),
        (marked, end, language, isContent) => {
          const text = `${marked.map(([words, { marker }]) => words + marker).join("")}${end}§`;
          const parts = isContent
            ? { content: [{ contentType: "Text", text: { body: text } }] }
            : { text };
          const messages = render(parts, { language }).pushes.flat();
          const said = messages.map((message) => ("text" in message ? message.text : "")).join("");
          expect(solid(said)).toBe(solid(`${marked.map(([words]) => words).join("")}${end}§`));
          expect(messages.flatMap(types)).toEqual([...new Set(marked.map(([, { ask }]) => ask))]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

it("a text without the start of a marker is what it was, however near it comes to one", () => {
  const part = fc.oneof(
    fc.constantFrom("[LINE ASK", "LINE ASK: location]", "ASK:", "[", "]", "location", " ", "\n"),
    anyWords,
    fc.string({ unit: "grapheme" }),
  );
  const near = fc
    .tuple(fc.array(part, { maxLength: 12 }), fc.constantFrom(1, 1, 1, 2_000))
    .map(([parts, times]) => parts.join("").repeat(times).slice(0, 60_000))
    .filter((text) => !/\[\s*LINE\s+ASK\s*:/i.test(text));
  fc.assert(
    fc.property(near, (text) => {
      expect(JSON.stringify(render({ text }).pushes)).toBe(
        JSON.stringify(groupsOf(textMessages(text), 5)),
      );
    }),
    { numRuns: 300 },
  );
});
