import { quotedMessageId, quoteNote } from "../../../../lambdas/worker/translate/quote.ts";
import { eventOf, messageEventOf } from "./example-event.ts";

describe("a quote", () => {
  it.each([
    ["a text", { type: "text", text: "これです" }],
    ["a sticker", { type: "sticker", packageId: "789", stickerId: "10855" }],
    ["an image", { type: "image", contentProvider: { type: "line" } }],
    ["a type that LINE adds", { type: "hologram" }],
  ])("is read of %s", (_, message) => {
    expect(quotedMessageId(messageEventOf({ ...message, quotedMessageId: "12" }))).toBe("12");
    expect(quotedMessageId(messageEventOf(message))).toBeUndefined();
  });

  it("is read of an edited message", () => {
    const message = { id: "1", type: "text", text: "二時です", quotedMessageId: "12" };
    expect(quotedMessageId(eventOf("messageEdited", { message }))).toBe("12");
  });

  it.each([
    ["no text", 12],
    ["an empty text", ""],
    ["null", null],
  ])("counts as none where its id is %s", (_, id) => {
    const message = { type: "text", text: "これです", quotedMessageId: id };
    expect(quotedMessageId(messageEventOf(message))).toBeUndefined();
  });

  it("tells agents how the message begins, where that is known", () => {
    expect(quoteNote("ราคาเท่าไหร่คะ")).toBe('[LINE QUOTE: replies to "ราคาเท่าไหร่คะ"]');
    expect(quoteNote(undefined)).toBe("[LINE QUOTE: replies to an earlier message]");
  });
});
