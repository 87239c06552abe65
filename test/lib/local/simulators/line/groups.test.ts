import type { LineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import { type RunningLine, startLine } from "./running-line.ts";

const HELLO: LineContent = { type: "text", text: "大家好" };

let line: RunningLine;
let group: string;
let room: string;
let mali: string;

beforeEach(async () => {
  line = await startLine();
  mali = line.platform.customers.named("美玲").userId;
  group = line.platform.groups.named("家庭", ["美玲", "小明"]).id;
  room = line.platform.groups.room(["美玲", "小明"]).id;
});
afterEach(() => line.close());

it("keeps ids and members", () => {
  const { groups } = line.platform;
  expect(group).toMatch(/^C[0-9a-f]{32}$/);
  expect(room).toMatch(/^R[0-9a-f]{32}$/);
  expect(groups.named("家庭", ["阿嬤"])).toEqual({
    id: group,
    name: "家庭",
    memberIds: ["美玲", "小明", "阿嬤"].map((name) => line.platform.customers.named(name).userId),
  });
  expect(groups.room(["小明", "美玲"])).toEqual({ id: room, memberIds: expect.any(Array) });
  expect(groups.list().map(({ id }) => id)).toEqual([group, room]);
});

describe("what happens in a group", () => {
  it("has the group and the writer as its source", async () => {
    await line.platform.send("retail", "美玲", HELLO, { group });
    await line.platform.send("retail", "美玲", HELLO, { group: room });
    expect(line.events()).toMatchObject([
      { source: { type: "group", groupId: group, userId: mali } },
      { source: { type: "room", roomId: room, userId: mali } },
    ]);
    expect(line.platform.chat("retail", group)).toMatchObject([{ userId: mali, text: "大家好" }]);
    expect(line.platform.chat("retail", mali)).toEqual([]);
  });

  it("can be an edit, with the id of the message and another quote token", async () => {
    const { messageId: id } = await line.platform.send("retail", "美玲", HELLO, { group });
    const message = { type: "text" as const, id, text: "大家早" };
    await line.platform.cause(
      "retail",
      { customer: "美玲", group },
      { type: "messageEdited", message },
    );
    expect(line.events()[1]).toMatchObject({
      type: "messageEdited",
      message: { ...message, quoteToken: expect.any(String) },
      replyToken: expect.any(String),
    });
    expect(line.events()[1]?.message).not.toHaveProperty("markAsReadToken");
    expect(line.platform.chat("retail", group)).toMatchObject([{ id, text: "大家早" }]);
  });

  it("can be people who come and go", async () => {
    const members = [
      { type: "user" as const, userId: line.platform.customers.named("阿嬤").userId },
    ];
    const source = { customer: "美玲", group };
    await line.platform.cause("retail", source, { type: "memberJoined", joined: { members } });
    await line.platform.send("retail", "阿嬤", HELLO, { group });
    await line.platform.cause("retail", source, { type: "memberLeft", left: { members } });
    await expect(line.platform.send("retail", "阿嬤", HELLO, { group })).rejects.toThrow("not in");
    const [joined, , left] = line.events();
    expect(joined).toMatchObject({ joined: { members }, replyToken: expect.any(String) });
    expect(joined?.source).toEqual({ type: "group", groupId: group });
    expect(left).toMatchObject({ left: { members } });
    expect(left).not.toHaveProperty("replyToken");
  });

  it("needs a group that there is", async () => {
    const unknown = `C${"0".repeat(32)}`;
    const sending = line.platform.send("retail", "美玲", HELLO, { group: unknown });
    await expect(sending).rejects.toThrow("There is no group or room");
  });
});

describe("an account that has left", () => {
  it.each(["group", "room"])("cannot push to the %s until it is asked back in", async (kind) => {
    const id = kind === "group" ? group : room;
    expect((await push(id)).status).toBe(200);
    await line.platform.cause("retail", { group: id }, { type: "leave" });
    const refused = await push(id);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ message: "Failed to send messages" });
    expect(line.platform.inbox("retail", id)).toHaveLength(1);
    expect((await push(id, "travel")).status).toBe(200);
    await expect(line.platform.send("retail", "美玲", HELLO, { group: id })).rejects.toThrow(
      "The account of retail is not in",
    );
    await line.platform.cause("retail", { group: id }, { type: "join" });
    expect((await push(id)).status).toBe(200);
    expect(line.events()).toMatchObject([
      { type: "leave" },
      { type: "join", replyToken: expect.any(String) },
    ]);
  });
});

describe("endpoints of groups and rooms", () => {
  const nobody = `U${"0".repeat(32)}`;
  const nowhere = `C${"0".repeat(32)}`;

  it.each<[string, () => string, number, () => object]>([
    ["summary", () => summary(group), 200, () => ({ groupId: group, groupName: "家庭" })],
    ["summary of another group", () => summary(nowhere), 404, () => NOT_FOUND],
    ["summary of a room", () => summary(room), 400, () => invalid("groupId")],
    [
      "member",
      () => member("group", group, mali),
      200,
      () => ({ displayName: "美玲", userId: mali }),
    ],
    [
      "member of a room",
      () => member("room", room, mali),
      200,
      () => ({ displayName: "美玲", userId: mali }),
    ],
    ["who is no member", () => member("group", group, nobody), 404, () => NOT_FOUND],
    ["member of another group", () => member("group", nowhere, mali), 404, () => NOT_FOUND],
    ["member without a user id", () => member("group", group, "x"), 400, () => invalid("userId")],
    [
      "member of a group as of a room",
      () => member("room", group, mali),
      400,
      () => invalid("roomId"),
    ],
  ])("%s", async (_, path, status, body) => {
    const response = await line.call(path());
    expect({ status: response.status, body: await response.json() }).toEqual({
      status,
      body: body(),
    });
  });

  it("know members who have blocked the account", async () => {
    await line.platform.block("retail", "美玲");
    expect((await line.call(member("group", group, mali))).status).toBe(200);
  });

  it("do not know a group that the account has left", async () => {
    await line.platform.cause("retail", { group }, { type: "leave" });
    expect((await line.call(summary(group))).status).toBe(404);
    expect((await line.call(member("group", group, mali))).status).toBe(404);
    expect((await line.call(summary(group), undefined, "travel")).status).toBe(200);
  });
});

const NOT_FOUND = { message: "Not found" };
const invalid = (name: string) => ({ message: `The value for the '${name}' parameter is invalid` });
const summary = (id: string) => `/v2/bot/group/${id}/summary`;
const member = (kind: string, id: string, userId: string) =>
  `/v2/bot/${kind}/${id}/member/${userId}`;

function push(to: string, brandKey: "retail" | "travel" = "retail"): Promise<Response> {
  const messages = [{ type: "text", text: "Hello" }];
  return line.call("/v2/bot/message/push", { to, messages }, brandKey);
}
