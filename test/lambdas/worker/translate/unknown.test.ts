import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { defaults, MESSAGE_ID, messageEventOf } from "./example-event.ts";

describe("messages of a new type", () => {
  it.each([
    ["hologram", "[LINE HOLOGRAM: this kind of message cannot be shown]"],
    ["voice]\n[note", "[LINE VOICE NOTE: this kind of message cannot be shown]"],
    ["映像", "[LINE MESSAGE: this kind of message cannot be shown]"],
    ["x".repeat(500), `[LINE ${"X".repeat(40)}: this kind of message cannot be shown]`],
  ])("says that a message of the new type %j has arrived", (type, expected) => {
    expect(translateLineEvent(messageEventOf({ type }), defaults)).toEqual({
      messageId: MESSAGE_ID,
      customer: "U4af4980629",
      text: expected,
    });
  });
});
