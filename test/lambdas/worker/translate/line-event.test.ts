import { ZodError } from "zod";
import { NOTES } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { unsentMessageId } from "../../../../lambdas/worker/translate/unsend.ts";
import {
  defaults,
  EVENT_ID,
  eventOf,
  everything,
  group,
  MESSAGE_ID,
  messageEventOf,
  room,
  textOf,
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

  it.each([
    ["Thai", "สวัสดีค่ะ สอบถามหน่อยค่ะ"],
    ["Chinese", "請問這件商品還有貨嗎？"],
    ["Japanese", "注文した商品がまだ届きません。"],
    ["Arabic", "مرحبا، أين طلبي؟"],
    ["emoji sequences", "👨‍👩‍👧‍👦🇹🇭👍🏽"],
    ["a LINE emoji", "Hello, world! (love)"],
    ["a mention", "@All @example Good Morning!!"],
    ["blanks around it", "  \n明日\n "],
  ])("leaves text with %s as it is", (_, written) => {
    expect(textOf({ type: "text", text: written, emojis: [], mention: { mentionees: [] } })).toBe(
      written,
    );
  });

  it("says that a text or sticker quotes an earlier message", () => {
    expect(textOf({ type: "text", text: "これです", quotedMessageId: "1" })).toBe(
      "[LINE QUOTE: answers an earlier message]\nこれです",
    );
    expect(
      textOf({ type: "sticker", packageId: "789", stickerId: "10855", quotedMessageId: "1" }),
    ).toBe("[LINE QUOTE: answers an earlier message]\n[LINE STICKER: Sally: Special Edition]");
  });

  it.each([
    [
      "title and address",
      { title: "สยามพารากอน", address: "991 ถนนพระราม 1" },
      "สยามพารากอน\n991 ถนนพระราม 1\n",
    ],
    [
      "an address alone",
      { address: "〒102-8282 東京都千代田区紀尾井町1番3号" },
      "〒102-8282 東京都千代田区紀尾井町1番3号\n",
    ],
    ["neither", {}, ""],
  ])("shows a location with %s and a link with the coordinates as sent", (_, fields, before) => {
    expect(
      textOf({ type: "location", latitude: "35.67966000", longitude: "-1.3973669e2", ...fields }),
    ).toBe(`${before}https://www.google.com/maps/search/?api=1&query=35.67966000,-1.3973669e2`);
  });

  it.each([
    ["hologram", "[LINE HOLOGRAM: this kind of message cannot be shown]"],
    ["voice]\n[note", "[LINE VOICE NOTE: this kind of message cannot be shown]"],
    ["映像", "[LINE MESSAGE: this kind of message cannot be shown]"],
    ["x".repeat(500), `[LINE ${"X".repeat(40)}: this kind of message cannot be shown]`],
  ])("says that a message of the new type %j has come", (type, expected) => {
    expect(translateLineEvent(messageEventOf({ type }), defaults)).toEqual({
      messageId: MESSAGE_ID,
      customer: "U4af4980629",
      text: expected,
    });
  });

  it("tells which message was taken back", () => {
    const unsend = { unsend: { messageId: "325708" } };
    expect(unsentMessageId(eventOf("unsend", unsend))).toBe("325708");
    expect(unsentMessageId(eventOf("unsend", { unsend: {} }))).toBeUndefined();
    expect(unsentMessageId(eventOf("message", unsend))).toBeUndefined();
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
    ["a text that is empty", { type: "text", text: "" }],
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

describe("whose events are told", () => {
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

  it("none in standby, in which another module answers", () => {
    const event = messageEventOf(text, { mode: "standby", replyToken: undefined });
    expect(translateLineEvent(event, everything)).toBeUndefined();
  });
});

describe("events in which nobody says anything", () => {
  const notes: [string, object, string][] = [
    [
      "unsend",
      { unsend: { messageId: "325708" }, replyToken: undefined },
      "[LINE UNSEND: the customer has taken back a message]",
    ],
    [
      "follow",
      { follow: { isUnblocked: false } },
      "[LINE FOLLOW: the customer has added the account as a friend]",
    ],
    ["follow", {}, "[LINE FOLLOW: the customer has added the account as a friend]"],
    [
      "follow",
      { follow: { isUnblocked: true } },
      "[LINE UNBLOCK: the customer has unblocked the account]",
    ],
    [
      "unfollow",
      { replyToken: undefined },
      "[LINE UNFOLLOW: the customer has blocked the account]",
    ],
    ["join", { source: group }, "[LINE JOIN: the account has been invited to the group]"],
    [
      "leave",
      { source: group, replyToken: undefined },
      "[LINE LEAVE: the account is no longer in the group]",
    ],
    [
      "memberJoined",
      { source: group, joined: { members: [user, { type: "user" }] } },
      "[LINE MEMBERS: 2 people have joined the group]",
    ],
    [
      "memberLeft",
      { source: room, left: { members: [user] }, replyToken: undefined },
      "[LINE MEMBERS: 1 person has left the group]",
    ],
    [
      "beacon",
      { beacon: { type: "enter", hwid: "d41d8cd98f", dm: "0a1b2c" } },
      "[LINE BEACON: the customer has come near d41d8cd98f - 0a1b2c]",
    ],
    [
      "beacon",
      { beacon: { type: "banner", hwid: "d41d8cd98f" } },
      "[LINE BEACON: the customer has tapped the banner of d41d8cd98f]",
    ],
    [
      "beacon",
      { beacon: { type: "stay", hwid: "d41d8cd98f" } },
      "[LINE BEACON: the customer is still near d41d8cd98f]",
    ],
    [
      "beacon",
      { beacon: { type: "leave", hwid: `d41d\n${"8cd98f".repeat(50)}` } },
      `[LINE BEACON: leave d41d ${"8cd98f".repeat(5)}8cd9…]`,
    ],
    [
      "accountLink",
      { link: { result: "ok", nonce: "xxxxxxxxxxxxxxx" } },
      "[LINE ACCOUNT LINK: the customer has linked their account]",
    ],
    [
      "accountLink",
      { link: { result: "failed", nonce: "xxxxxxxxxxxxxxx" } },
      "[LINE ACCOUNT LINK: the customer's account could not be linked]",
    ],
    [
      "membership",
      { membership: { type: "joined", membershipId: 3189 } },
      "[LINE MEMBERSHIP: joined, membership 3189]",
    ],
    [
      "membership",
      { membership: { type: "renewed", membershipId: 3189 } },
      "[LINE MEMBERSHIP: renewed, membership 3189]",
    ],
    [
      "videoPlayComplete",
      { videoPlayComplete: { trackingId: "秋の\nキャンペーン" } },
      "[LINE VIDEO PLAYED: the customer has watched 秋の キャンペーン to the end]",
    ],
  ];

  it.each(notes)("%s %j", (type, fields, expected) => {
    expect(translateLineEvent(eventOf(type, fields), everything)).toMatchObject({
      messageId: EVENT_ID,
      text: expected,
    });
    expect(translateLineEvent(eventOf(type, fields), { ...everything, notes: [] })).toBeUndefined();
  });

  it("knows a note for every kind that a brand can ask for", () => {
    const told = NOTES.filter((kind) =>
      notes.some(
        ([type, fields]) =>
          translateLineEvent(eventOf(type, fields), { ...everything, notes: [kind] }) !== undefined,
      ),
    );
    expect(told).toEqual([...NOTES]);
  });

  it.each([
    ["join", { source: group }],
    ["leave", { source: room }],
    ["memberJoined", { source: group, joined: { members: [user] } }],
    ["memberLeft", { source: group, left: { members: [user] } }],
    ["unsend", { source: group, unsend: { messageId: "325708" } }],
  ])("does not tell %s where groups are ignored", (type, fields) => {
    expect(
      translateLineEvent(eventOf(type, fields), { ...everything, groups: "ignore" }),
    ).toBeUndefined();
  });

  it.each([
    ["accountLink", { link: { result: "failed", nonce: "x" }, source: undefined }],
    ["module", { module: { type: "attached", botId: "U1", scopes: ["message:send"] } }],
    ["module", { module: { type: "detached", botId: "U1", reason: "bot_deleted" } }],
    ["activated", { chatControl: { expireAt: 1_795_392_000_000 }, source: user }],
    ["deactivated", { source: user }],
    ["botSuspended", {}],
    ["botResumed", {}],
    ["delivery", { delivery: { data: "15034552939884E28681A7D668CEA94C147C716C0EC9DFE8" } }],
  ])("only counts LINE's own event %s %j", (type, fields) => {
    const event = eventOf(type, { source: undefined, replyToken: undefined, ...fields });
    expect(translateLineEvent(event, everything)).toBeUndefined();
  });

  it("says that an event of a new type has come, if a customer did something", () => {
    const told = "[LINE VIDEO CALL: this kind of event cannot be shown]";
    expect(translateLineEvent(eventOf("video-call"), defaults)?.text).toBe(told);
    expect(
      translateLineEvent(eventOf("video-call", { replyToken: undefined }), defaults),
    ).toBeUndefined();
    expect(translateLineEvent(eventOf("video-call", { source: group }), defaults)).toBeUndefined();
    expect(translateLineEvent(eventOf("video-call", { source: group }), everything)?.text).toBe(
      told,
    );
  });

  it.each([
    ["beacon", { beacon: { type: "enter" } }],
    ["memberJoined", { source: group }],
    ["memberLeft", { source: group, left: { members: 3 } }],
    ["accountLink", {}],
    ["membership", { membership: { type: "joined" } }],
    ["videoPlayComplete", {}],
    ["messageEdited", { source: group }],
    ["message", {}],
    ["postback", {}],
  ])("throws on %s without its fields", (type, fields) => {
    expect(() => translateLineEvent(eventOf(type, fields), everything)).toThrow(ZodError);
  });
});
