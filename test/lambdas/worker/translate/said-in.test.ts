import { saidIn } from "../../../../lambdas/worker/translate/said-in.ts";
import { eventOf, MESSAGE_ID, messageEventOf } from "./example-event.ts";

const line = { contentProvider: { type: "line" } };

describe("what a customer's message says", () => {
  it.each([
    ["a text", { type: "text", text: "  明日\n行きます " }, "明日 行きます"],
    [
      "a text that quotes another",
      { type: "text", text: "これです", quotedMessageId: "1" },
      "これです",
    ],
    [
      "a sticker",
      { type: "sticker", packageId: "789", stickerId: "10855" },
      "[LINE STICKER: Sally: Special Edition]",
    ],
    ["an image", { type: "image", ...line }, "[LINE IMAGE]"],
    [
      "an image of a set",
      { type: "image", ...line, imageSet: { id: "s", index: 2, total: 3 } },
      "[LINE IMAGE 2/3]",
    ],
    ["a file", { type: "file", fileName: "สัญญา.pdf", fileSize: 1 }, "[LINE FILE] สัญญา.pdf"],
    [
      "a location",
      { type: "location", title: "Siam", latitude: "13.7", longitude: "100.5" },
      "Siam https://www.google.com/maps/search/?api=1&query=13.7,100.5",
    ],
    [
      "a type that LINE adds",
      { type: "hologram" },
      "[LINE HOLOGRAM: this kind of message cannot be shown]",
    ],
  ])("is one line for %s", (_, message, text) => {
    expect(saidIn(messageEventOf(message))).toEqual({ messageId: MESSAGE_ID, text });
  });

  it("is the new text of an edited message, under the id of the message", () => {
    const message = { id: "46", type: "text", text: "二時です" };
    expect(saidIn(eventOf("messageEdited", { message }))).toEqual({
      messageId: "46",
      text: "二時です",
    });
  });

  it.each(["unsend", "follow", "postback", "beacon"])("is nothing for %s", (type) => {
    expect(saidIn(eventOf(type, { postback: { data: "a" } }))).toBeUndefined();
  });
});
