import { summaryOf } from "../../../../lib/local/console/page/desktop/structured.ts";
import { SAMPLES_BY_LANGUAGE } from "../../../../lib/local/console/samples/samples-by-language.ts";
import { structuredContents } from "../../../../lib/local/console/structured-content.ts";

it("keeps what the page shows, and all items in order", () => {
  const card = { title: "Coat", description: "Warm", actions: [{ text: "Buy", url: "https://a" }] };
  const content = [
    { contentType: "Card", card },
    { contentType: "QuickReply", quickReply: { text: "Yes" } },
  ];
  expect(structuredContents(content)).toMatchObject(content);
});

it("leaves nothing out of the messages that a bot sends here", () => {
  const shown = Object.values(SAMPLES_BY_LANGUAGE.en.botMessages).flatMap(({ content }) =>
    structuredContents(content),
  );
  expect(shown.map(summaryOf).filter((text) => text.endsWith("] "))).toEqual([]);
});

it.each<[string, unknown]>([
  ["no list", "no"],
  ["nothing", undefined],
  ["a list of no objects", [null, 1, "x"]],
])("shows nothing of %s", (_, content) => expect(structuredContents(content)).toEqual([]));

it.each<[string, object, string]>([
  ["cards", { contentType: "Carousel", carousel: { cards: "no" } }, "[Carousel] "],
  [
    "a card",
    { contentType: "Carousel", carousel: { cards: [null, { title: "A" }] } },
    "[Carousel] A",
  ],
  ["a title", { contentType: "Card", card: { title: {}, actions: {} } }, "[Card] "],
  ["a quick reply", { contentType: "QuickReply", quickReply: null }, "[QuickReply] "],
  [
    "items",
    { contentType: "ListPicker", listPicker: { sections: [{ items: 1 }] } },
    "[ListPicker] ",
  ],
  [
    "a text",
    { contentType: "Notification", template: { body: { text: 1, parameters: {} } } },
    "[Notification] ",
  ],
])("shows the rest where %s has another form", (_, item, text) => {
  expect(structuredContents([item]).map(summaryOf)).toEqual([text]);
});
