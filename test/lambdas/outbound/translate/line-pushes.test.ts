import fc from "fast-check";
import { linePushes } from "../../../../lambdas/outbound/translate/line-pushes.ts";
import { LANGUAGES } from "../../../../lambdas/shared/contract/languages.ts";
import { decodeButton } from "../../../../lambdas/shared/genesys/button-data.ts";
import { anyCharacter } from "../../any-character.ts";
import { anyUrl, oddUrl } from "../../any-url.ts";
import { context, MESSAGE_ID, messageOf, readable, render, taps } from "./render.ts";

const quickReply = (text: string) => ({
  contentType: "QuickReply",
  quickReply: { text, payload: text, action: "Message" },
});
const card = (title: string) => ({
  contentType: "Card",
  card: { title, actions: [{ type: "Postback", text: "選択", payload: "p" }] },
});
const image = {
  contentType: "Attachment",
  attachment: { mediaType: "Image", url: "https://api-downloads.mypurecloud.jp/1" },
};
const hostedImage = {
  kind: "image",
  url: "https://media.example/1.jpg",
  previewUrl: "https://media.example/1-preview.jpg",
} as const;

describe("linePushes", () => {
  it.each([
    ["Thai", "สวัสดีครับ มีอะไรให้ช่วยไหมครับ"],
    ["Chinese", "您好，請問需要什麼協助？"],
    ["Japanese", "お待たせしました。"],
    ["Arabic", "مرحبا، كيف يمكنني مساعدتك؟"],
    ["emoji sequences", "👨‍👩‍👧‍👦🇹🇭👍🏽"],
    ["braces, which have no meaning", "{name} {{1}}"],
    ["blanks around it", "  はい\n"],
  ])("leaves text with %s as it is", (_, text) => {
    expect(render({ text }).pushes).toEqual([[{ type: "text", text }]]);
  });

  it("replaces half a character, which LINE would refuse", () => {
    const { pushes } = render({ text: "a \ud83d b" });
    expect(pushes).toEqual([[{ type: "text", text: "a \ufffd b" }]]);
  });

  it.each([
    ["nothing", {}],
    ["a blank text", { text: " \n\t " }],
    ["a text with nothing to see", { text: "\u200b\u200d\ufe0f" }],
    ["no content", { text: "", content: [] }],
    ["an attachment that is not hosted", { content: [image] }],
  ])("sends nothing for %s", (_, parts) => {
    expect(render(parts)).toEqual({ pushes: [], longButtons: [] });
  });

  it("puts text first, then the content in order, in one push", () => {
    const content = [card("A"), image, { contentType: "Text", text: { body: "最後" } }];
    const attachments = new Map([[1, hostedImage]]);
    const { pushes } = render({ text: "こちらです", content }, { attachments });
    expect(pushes.map((push) => push.map(({ type }) => type))).toEqual([
      ["text", "template", "image", "text"],
    ]);
  });

  it("pushes five messages at a time", () => {
    const { pushes } = render({ text: "一覧", content: [..."ABCDEFG"].map(card) });
    expect(pushes.map(({ length }) => length)).toEqual([5, 3]);
  });

  it("puts quick replies on the very last message, wherever they are in the content", () => {
    const content = [quickReply("はい"), ...[..."ABCDE"].map(card), quickReply("いいえ")];
    const messages = render({ text: "続けますか？", content }).pushes.flat();
    expect(messages.map((message) => message.quickReply?.items?.length)).toEqual([
      ...Array(5).fill(undefined),
      2,
    ]);
  });

  const yes = { type: "QuickReply", text: "はい", payload: "y" };
  const sayings: Record<string, (text: string) => unknown> = {
    "a card's description": (description) => ({
      contentType: "Card",
      card: { title: "A", description, actions: [yes] },
    }),
    "a card's title": card,
    "the second card of a carousel": (title) => ({
      contentType: "Carousel",
      carousel: {
        cards: [
          { title: "A", actions: [yes] },
          { title, actions: [yes, yes] },
        ],
      },
    }),
    "a date picker": (title) => ({ contentType: "DatePicker", datePicker: { title } }),
    "a list picker": (title) => ({
      contentType: "ListPicker",
      listPicker: {
        receivedMessage: { title },
        sections: [{ title: "A", items: [{ id: "1", title: "B" }] }],
      },
    }),
    "a notification": (body) => ({
      contentType: "Notification",
      template: { header: { text: "A" }, body: { text: body }, footer: { text: "B" } },
    }),
    "a notification with buttons": (body) => ({
      contentType: "Notification",
      template: { body: { text: body }, footer: { text: "B" }, buttons: [yes] },
    }),
    "a text in the content": (body) => ({ contentType: "Text", text: { body } }),
    "the title of quick replies": (title) => ({
      contentType: "QuickReplyV2",
      quickReplyV2: { title, actions: [yes] },
    }),
  };
  const marked = fc
    .array(fc.constantFrom("สวัสดี", "ご注文", "word", " ", "\n", "  \n\n", "👍🏽", "(1)"), {
      maxLength: 60,
    })
    .map((parts) => `§${parts.join("")}§`);

  it.each(Object.entries(sayings))("says a text once that %s says, too", (_, content) => {
    fc.assert(
      fc.property(marked, marked, (text, other) => {
        const once = readable(render({ text, content: [content(text)] })).join("");
        expect(once.match(/§/g)).toHaveLength(2);
        const both = readable(render({ text: `${text} +`, content: [content(other)] })).join("");
        expect(both.match(/§/g)).toHaveLength(4);
      }),
      { numRuns: 20 },
    );
  });

  it("says a text that is also said where the rest is left out", () => {
    const content = [...Array.from({ length: 40 }, (_, n) => card(`${n}`)), card("終わり")];
    expect(readable(render({ text: "終わり", content }).pushes)[0]).toBe("終わり");
  });

  it("numbers the buttons of the whole message, and returns the long ones", () => {
    const payload = "長".repeat(400);
    const content = [
      card("A"),
      { contentType: "QuickReply", quickReply: { text: "はい", payload } },
      card("B"),
      { contentType: "QuickReply", quickReply: { text: "いいえ", payload } },
    ];
    const { pushes, longButtons } = render({ content });
    expect(longButtons).toEqual([
      { type: "QuickReply", originatingMessageId: MESSAGE_ID, text: "はい", payload, index: 2 },
      { type: "QuickReply", originatingMessageId: MESSAGE_ID, text: "いいえ", payload, index: 3 },
    ]);
    expect(
      taps(pushes.at(-1)?.at(-1)?.quickReply).map(({ data }) => decodeButton(String(data))),
    ).toEqual([
      { kind: "reference", originatingMessageId: MESSAGE_ID, index: 2 },
      { kind: "reference", originatingMessageId: MESSAGE_ID, index: 3 },
    ]);
  });

  it("says that the rest of a message was left out if it is too long for a chat", () => {
    const content = [quickReply("はい"), ...Array.from({ length: 40 }, (_, n) => card(`${n}`))];
    const messages = render({ content }).pushes.flat();
    expect(messages).toHaveLength(25);
    expect(messages.at(-1)).toMatchObject({
      type: "text",
      text: expect.stringContaining("left out"),
      quickReply: { items: [{ action: { label: "はい" } }] },
    });
  });

  it("shows content that can be read next to content that cannot", () => {
    const content = [null, 7, "text", [], {}, { contentType: "Card" }, card("A")];
    const texts = readable(render({ text: "見てください", content }).pushes);
    expect(texts).toContain("見てください");
    expect(texts).toContain("A");
    expect(texts.filter((text) => text.includes("cannot be shown"))).toHaveLength(6);
  });

  it.each([
    ["a label of 10,000 characters", () => [quickReply("ก".repeat(10_000))]],
    ["a label of one letter under 10,000 accents", () => [card(`e${"\u0301".repeat(10_000)}`)]],
    [
      "1,000 buttons with long labels and payloads",
      () => [
        {
          contentType: "QuickReplyV2",
          quickReplyV2: {
            title: "選んでください",
            actions: Array.from({ length: 1_000 }, (_, index) => ({
              text: `${"ยาวมาก".repeat(30)}${index}`,
              payload: "👨‍👩‍👧‍👦".repeat(100),
            })),
          },
        },
      ],
    ],
    ["100,000 quick replies", () => Array.from({ length: 100_000 }, () => quickReply("はい"))],
    [
      "cards of 30,000 characters with 100 buttons each",
      () =>
        Array.from({ length: 10 }, () => ({
          contentType: "Carousel",
          carousel: {
            cards: Array.from({ length: 5 }, () => ({
              title: "題".repeat(30_000),
              description: '"\\\n'.repeat(10_000),
              image: `https://media.example/${"a".repeat(1_900)}`,
              defaultAction: { type: "Postback", text: "字".repeat(3_000), payload: "\u0001" },
              actions: Array.from({ length: 100 }, (_, n) => ({ text: "字".repeat(3_000) + n })),
            })),
          },
        })),
    ],
    ["100,000 levels", () => [JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`)]],
    [
      "a notification that grows when its parameters are filled in",
      () => [
        {
          contentType: "Notification",
          template: {
            body: { text: "{{1}}".repeat(100_000), parameters: [{ text: "x".repeat(100_000) }] },
          },
        },
      ],
    ],
  ])("copes with %s", (_, create) => {
    const content = create();
    const started = performance.now();
    const { pushes } = render({ content });
    expect(pushes.length).toBeGreaterThan(0);
    expect(pushes.length).toBeLessThanOrEqual(5);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  const junk = fc.oneof(
    { weight: 6, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
    fc.string({ unit: anyCharacter, maxLength: 300 }),
    fc.constantFrom("", " ", "\u202e", "Link", "Postback", "PhoneNumber", "Url", "UTC", "\ud800"),
    fc.constantFrom("https://例え.example/ก?q=|^%zz", "tel:+66 2 123", "mailto:a@b.example", "x:"),
    fc.constantFrom("2026-12-01T10:00:00Z", "2026-12-01", "0000-00-00T99:99Z", "9999-12-31T00:00Z"),
    { weight: 2, arbitrary: anyUrl },
    { weight: 2, arbitrary: oddUrl },
    fc.double(),
    fc.constantFrom(null, undefined, true, {}, []),
  );
  const objectOf = (...keys: string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, junk])), { requiredKeys: [] });
  const some = (item: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 9, arbitrary: fc.array(item, { maxLength: 20 }) }, junk);
  const partly = (shape: Record<string, fc.Arbitrary<unknown>>) =>
    fc.oneof({ weight: 9, arbitrary: fc.record(shape, { requiredKeys: [] }) }, junk);
  const action = objectOf("type", "text", "payload", "url", "image", "summaryText");
  const anyCard = partly({
    title: junk,
    description: junk,
    image: junk,
    video: junk,
    defaultAction: action,
    actions: some(action),
  });
  const place = objectOf("text", "address", "url", "latitude", "longitude");
  const listItem = objectOf("id", "title", "subtitle", "imageUrl");
  const templatePart = partly({ text: junk, parameters: some(objectOf("name", "text")) });
  const parts = {
    attachment: objectOf("mediaType", "url", "mime", "filename", "text"),
    quickReply: action,
    quickReplyV2: partly({ title: junk, actions: some(action) }),
    card: anyCard,
    carousel: partly({ cards: some(anyCard) }),
    location: place,
    text: objectOf("body"),
    listPicker: partly({
      receivedMessage: objectOf("title", "subtitle"),
      sections: some(partly({ title: junk, items: some(listItem) })),
    }),
    datePicker: partly({
      title: junk,
      subtitle: junk,
      imageUrl: junk,
      dateMinimum: junk,
      dateMaximum: junk,
      location: place,
      availableTimes: some(objectOf("dateTime", "duration")),
    }),
    template: partly({
      header: templatePart,
      body: templatePart,
      footer: templatePart,
      buttons: some(objectOf("type", "text", "index", "phoneNumber", "url", "payload")),
    }),
  };
  const typeOf = (key: string) =>
    key === "template" ? "Notification" : `${key[0]?.toUpperCase()}${key.slice(1)}`;
  const anyContent = fc.oneof(
    ...Object.entries(parts).map(([key, part]) =>
      part.map((value) => ({ contentType: typeOf(key), [key]: value })),
    ),
    objectOf("contentType", "form", "title", "url"),
    fc.anything(),
  );

  it("never throws, never breaks a rule of LINE, whatever the content", () => {
    fc.assert(
      fc.property(
        fc.option(fc.string({ unit: anyCharacter }), { nil: undefined }),
        fc.array(anyContent, { maxLength: 8 }),
        fc.constantFrom("text" as const, "location" as const),
        fc.constantFrom("Asia/Bangkok", "Asia/Taipei", "UTC"),
        fc.constantFrom(...LANGUAGES),
        fc.boolean(),
        (text, content, mapsLinks, timeZone, language, choicesInText) => {
          const attachments = new Map([[0, hostedImage]]);
          const settings = { attachments, mapsLinks, timeZone, language, choicesInText };
          const message = { ...(text !== undefined && { text }), content };
          const rendering = render(message, settings);
          expect(linePushes(messageOf(message), { ...context, ...settings })).toEqual(rendering);
        },
      ),
      { numRuns: 50 },
    );
  });
});
