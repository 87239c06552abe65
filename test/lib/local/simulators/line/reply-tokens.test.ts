import {
  createReplyTokens,
  type ReplyTokens,
} from "../../../../../lib/local/simulators/line/reply-tokens.ts";

const START = Date.UTC(2026, 10, 23);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const USER = { type: "user", userId: "U1" };

let now: number;
let tokens: ReplyTokens;

beforeEach(() => {
  now = START;
  tokens = createReplyTokens(() => now);
});

const eventOf = (fields: object = {}) => ({
  type: "message",
  replyToken: "t",
  mode: "active",
  timestamp: START,
  source: USER,
  ...fields,
});
const carry = (fields?: object, brandKey = "retail") => tokens.carry(brandKey, [eventOf(fields)]);
const chatAt = (time: number) => {
  now = time;
  return tokens.chatOf("retail", "t");
};

it("is valid for less than a minute from the webhook, not from the event", () => {
  now = START + 10 * SECOND;
  carry();
  expect(chatAt(START + 70 * SECOND - 1)).toBe("U1");
  expect(chatAt(START + 70 * SECOND)).toBeUndefined();
});

it("is valid for another minute from each redelivery", () => {
  carry();
  expect(chatAt(START + 3 * MINUTE)).toBeUndefined();
  carry({ deliveryContext: { isRedelivery: true } });
  expect(chatAt(START + 4 * MINUTE - 1)).toBe("U1");
  expect(chatAt(START + 4 * MINUTE)).toBeUndefined();
});

it("ends 20 minutes after the event, however late the redelivery", () => {
  now = START + SECOND;
  carry();
  now = START + 19.5 * MINUTE;
  carry();
  expect(chatAt(START + 20 * MINUTE - 1)).toBe("U1");
  expect(chatAt(START + 20 * MINUTE)).toBeUndefined();
  carry();
  expect(chatAt(now)).toBeUndefined();
});

it("never begins for an event that is too old when its first webhook is sent", () => {
  carry({ timestamp: START - 20 * MINUTE });
  expect(chatAt(START)).toBeUndefined();
});

it("ends at the same time for an event that is stamped ahead of LINE's clock", () => {
  carry({ timestamp: START + 70 * SECOND });
  now = START + 19.5 * MINUTE;
  carry({ timestamp: START + 70 * SECOND });
  expect(chatAt(START + 20 * MINUTE - 1)).toBe("U1");
  expect(chatAt(START + 20 * MINUTE)).toBeUndefined();
});

it("is used once, also when its webhook is sent again", () => {
  carry();
  tokens.use("retail", "t");
  expect(chatAt(START)).toBeUndefined();
  carry();
  expect(chatAt(START + SECOND)).toBeUndefined();
});

it("belongs to one channel", () => {
  carry();
  tokens.use("travel", "t");
  expect(tokens.chatOf("travel", "t")).toBeUndefined();
  expect(tokens.chatOf("retail", "t")).toBe("U1");
});

it("is forgotten 20 minutes after its first webhook, so that memory does not grow", () => {
  carry();
  tokens.use("retail", "t");
  now = START + 20 * MINUTE;
  carry({ timestamp: now });
  expect(chatAt(now)).toBeUndefined();
  now += 1;
  carry({ timestamp: now });
  expect(chatAt(now)).toBe("U1");
});

it.each<[string, object, string | undefined]>([
  ["a group", { source: { type: "group", groupId: "C1", userId: "U1" } }, "C1"],
  ["a room", { source: { type: "room", roomId: "R1", userId: "U1" } }, "R1"],
  ["an event without mode", { mode: undefined }, "U1"],
  ["standby", { mode: "standby" }, undefined],
  ["nobody", { source: undefined }, undefined],
  ["a source without id", { source: { type: "user" } }, undefined],
  ["an event without time", { timestamp: undefined }, undefined],
])("of %s", (_, fields, chatId) => {
  carry(fields);
  expect(tokens.chatOf("retail", "t")).toBe(chatId);
});

it("is not needed in an event", () => {
  tokens.carry("retail", [eventOf({ replyToken: undefined }), eventOf()]);
  expect(tokens.chatOf("retail", "t")).toBe("U1");
});
