import { ZodError } from "zod";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import {
  defaults,
  EVENT_ID,
  eventOf,
  everything,
  group,
  MESSAGE_ID,
  messageEventOf,
  room,
  user,
} from "./example-event.ts";

const text = { type: "text", text: "สวัสดีครับ", quoteToken: "q3Plxr4AgKd" };

describe("translateLineEvent", () => {
  it("tells the text, its id and the customer", () => {
    expect(translateLineEvent(messageEventOf(text), defaults)).toEqual({
      messageId: MESSAGE_ID,
      customer: "U4af4980629",
      text: "สวัสดีครับ",
    });
  });

  it("shows an edited message whole, under an id of its own", () => {
    const message = { ...text, id: MESSAGE_ID, text: "1時ではなく2時です" };
    expect(
      translateLineEvent(eventOf("messageEdited", { message, source: group }), everything),
    ).toEqual({
      messageId: EVENT_ID,
      customer: "Ca56f94637c",
      text: "[LINE EDIT: replaces an earlier message]\n1時ではなく2時です",
    });
  });

  it.each([
    ["a text without text", { type: "text" }],
    ["a sticker without ids", { type: "sticker" }],
    [
      "a location whose latitude is a link",
      { type: "location", latitude: "https://evil.example/", longitude: "1" },
    ],
    ["an image without an id", { type: "image", id: undefined }],
    ["a message without a type", {}],
  ])("throws on %s", (_, message) => {
    expect(() => translateLineEvent(messageEventOf(message), defaults)).toThrow(ZodError);
  });
});

describe("events that reach agents", () => {
  it.each([
    ["a user's", user, "ignore", "U4af4980629"],
    ["a group's, bridged", group, "bridge", "Ca56f94637c"],
    ["a room's, bridged", room, "bridge", "Ra8dbf4673c"],
    ["a group's whose member is unknown", { ...group, userId: undefined }, "bridge", "Ca56f94637c"],
    ["a group's, ignored", group, "ignore", undefined],
    ["a room's, ignored", room, "ignore", undefined],
    ["a user's without an id", { type: "user" }, "bridge", undefined],
    ["those of a new kind of chat", { type: "openchat", userId: "U1" }, "bridge", undefined],
    ["nobody's", undefined, "bridge", undefined],
  ] as const)("%s", (_, source, groups, customer) => {
    const event = messageEventOf(text, { source });
    expect(translateLineEvent(event, { ...defaults, groups })?.customer).toBe(customer);
  });

  it("leave out those in standby, in which another module answers", () => {
    const event = messageEventOf(text, { mode: "standby", replyToken: undefined });
    expect(translateLineEvent(event, everything)).toBeUndefined();
  });
});
