import { textOf } from "./example-event.ts";

it("says that a text or sticker quotes an earlier message", () => {
  expect(textOf({ type: "text", text: "これです", quotedMessageId: "1" })).toBe(
    "[LINE QUOTE: replies to an earlier message]\nこれです",
  );
  expect(
    textOf({ type: "sticker", packageId: "789", stickerId: "10855", quotedMessageId: "1" }),
  ).toBe("[LINE QUOTE: replies to an earlier message]\n[LINE STICKER: Sally: Special Edition]");
});
