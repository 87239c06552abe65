import { eventKind } from "../../../../lambdas/worker/translate/event-kind.ts";
import { eventOf, messageEventOf } from "./example-event.ts";

it.each(["text", "sticker", "image", "video", "audio", "file", "location"])(
  "a message of type %s is counted as that",
  (type) => {
    expect(eventKind(messageEventOf({ type }))).toBe(type);
  },
);

it.each([
  [messageEventOf({ type: "hologram" }), "other"],
  [eventOf("postback"), "postback"],
  [eventOf("unsend"), "event"],
  [eventOf("messageEdited"), "event"],
  [eventOf("dance"), "event"],
])("%j is counted as %s, so that LINE's new types make no new metrics", (event, kind) => {
  expect(eventKind(event)).toBe(kind);
});
