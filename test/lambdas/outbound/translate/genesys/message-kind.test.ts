import { messageKind } from "../../../../../lambdas/outbound/translate/genesys/message-kind.ts";

const message = (content: unknown) =>
  messageKind({
    id: "g1",
    type: "Structured",
    text: "สวัสดี",
    channel: { to: { id: "U1" } },
    ...(content !== undefined && { content: content as unknown[] }),
  });

it.each([
  ["Attachment", "attachment"],
  ["QuickReply", "quick-reply"],
  ["QuickReplyV2", "quick-reply"],
  ["Card", "card"],
  ["Carousel", "carousel"],
  ["ListPicker", "list-picker"],
  ["DatePicker", "date-picker"],
  ["Notification", "notification"],
  ["Location", "location"],
  ["Hologram", "other"],
])("content of type %s is counted as %s, also after a text", (contentType, kind) => {
  expect(message([{ contentType }])).toBe(kind);
  expect(message([{ contentType: "Text" }, { contentType }, { contentType: "Card" }])).toBe(kind);
});

it.each([[undefined], [null], [[]], [[{ contentType: "Text" }]]])(
  "with %j as its content a message is a text",
  (content) => {
    expect(message(content)).toBe("text");
  },
);

it.each([[[7]], [[{}]], [[{ contentType: 7 }]]])("%j cannot be read, and is other", (content) => {
  expect(message(content)).toBe("other");
});
