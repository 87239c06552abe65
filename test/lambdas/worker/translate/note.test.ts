import { ZodError } from "zod";
import { NOTES } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { defaults, EVENT_ID, eventOf, everything, group, room, user } from "./example-event.ts";

describe("events without a message", () => {
  const notes: [string, object, string][] = [
    [
      "unsend",
      { unsend: { messageId: "325708" }, replyToken: undefined },
      "[LINE UNSEND: the customer has unsent a message]",
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
      "[LINE BEACON: the customer has entered the range of beacon d41d8cd98f, message 0a1b2c]",
    ],
    [
      "beacon",
      { beacon: { type: "banner", hwid: "d41d8cd98f" } },
      "[LINE BEACON: the customer has tapped the banner of beacon d41d8cd98f]",
    ],
    [
      "beacon",
      { beacon: { type: "stay", hwid: "d41d8cd98f" } },
      "[LINE BEACON: the customer is still in the range of beacon d41d8cd98f]",
    ],
    [
      "beacon",
      { beacon: { type: "leave", hwid: `d41d\n${"8cd98f".repeat(50)}` } },
      `[LINE BEACON: leave beacon d41d ${"8cd98f".repeat(5)}8cd9…]`,
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
      "[LINE VIDEO PLAYED: the customer has watched the video 秋の キャンペーン to the end]",
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
  ])("does not tell %s if groups are ignored", (type, fields) => {
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

  it("says that an event of a new type has arrived, if a customer did something", () => {
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
