import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { type Customer, UNKNOWN } from "../../../../lambdas/shared/tables/customer.ts";
import {
  type CustomerTable,
  createCustomerTable,
} from "../../../../lambdas/shared/tables/customer-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const DAY = 86_400_000;
const START = 1_795_392_000_000;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let brands = 0;
function setUp() {
  const state = { now: START };
  const brand = `brand-${++brands}`;
  /** The names of the calls to DynamoDB. */
  const calls: string[] = [];
  const documents = new Proxy(server.documents, {
    get: (target, property) =>
      property === "send"
        ? (command: Parameters<DynamoDBDocumentClient["send"]>[0]) => {
            calls.push(command.constructor.name);
            return target.send(command);
          }
        : Reflect.get(target, property),
  });
  const tableOf = (key: string) =>
    createCustomerTable(key, { documents, name: TABLE, now: () => state.now });
  return { table: tableOf(brand), other: tableOf(`${brand}-other`), state, calls };
}

const hear = (table: CustomerTable, at: number, token: string) =>
  table.heardFrom("U1", [heard(at, token)]);
const heard = (at: number, token: string) => ({
  at,
  replyToken: { token, receivedAt: at + 1_000 },
});
const tokensOf = ({ replyTokens }: Customer) => replyTokens.map(({ token }) => token);

describe("the customer table", () => {
  it("keeps a display name per brand and customer: fresh for a day, stale for 90, then gone", async () => {
    const { table, other, state } = setUp();
    await table.named("U1", { displayName: "สมชาย" });
    expect((await table.get("U1")).profile).toEqual({ displayName: "สมชาย", isStale: false });
    expect(await other.get("U1")).toEqual(UNKNOWN);
    expect(await table.get("U2")).toEqual(UNKNOWN);
    state.now += DAY + 1;
    expect((await table.get("U1")).profile).toEqual({ displayName: "สมชาย", isStale: true });
    // DynamoDB may still hold the item; the reader does not believe it.
    state.now += 89 * DAY;
    expect(await table.get("U1")).toEqual(UNKNOWN);
  });

  it("keeps what else a profile tells, until LINE tells it no longer", async () => {
    const { table } = setUp();
    const profile = { displayName: "สมชาย", language: "th", pictureUrl: "https://line.example/p" };
    await table.named("U1", profile);
    expect((await table.get("U1")).profile).toEqual({ ...profile, isStale: false });
    await table.named("U1", { ...profile, language: undefined });
    expect((await table.get("U1")).profile).toEqual({
      displayName: "สมชาย",
      pictureUrl: "https://line.example/p",
      isStale: false,
    });
  });

  it("knows what it knows besides the name", async () => {
    const { table } = setUp();
    await table.named("U1", { displayName: "สมชาย" });
    expect(await table.heardFrom("U1", [{ at: START }])).toEqual({
      profile: { displayName: "สมชาย", isStale: false },
      isBlocked: false,
      markAsReadToken: undefined,
      replyTokens: [],
    });
  });

  it("takes a customer for blocked until something newer comes, in whichever order events come", async () => {
    const { table } = setUp();
    await table.heardFrom("U1", [{ at: START }]);
    await table.blocked("U1", START + 10);
    expect((await table.get("U1")).isBlocked).toBe(true);
    // An older message that LINE delivers late.
    expect((await table.heardFrom("U1", [{ at: START + 5 }])).isBlocked).toBe(true);
    expect((await table.heardFrom("U1", [{ at: START + 20 }])).isBlocked).toBe(false);
    // An older block that LINE delivers late.
    await table.blocked("U1", START + 15);
    expect((await table.get("U1")).isBlocked).toBe(false);
    await table.blocked("U1", START + 30);
    expect((await table.get("U1")).isBlocked).toBe(true);
  });

  it("does not forget a block as it forgets who is silent", async () => {
    const { table, state } = setUp();
    await table.named("U1", { displayName: "สมชาย" });
    await table.blocked("U1", START);
    state.now += 1_000 * DAY;
    expect((await table.get("U1")).isBlocked).toBe(true);
  });

  it("does not forget a block sooner for an older message that LINE delivers late", async () => {
    const { table, state } = setUp();
    await table.blocked("U1", START + 10);
    expect((await table.heardFrom("U1", [{ at: START + 5 }])).isBlocked).toBe(true);
    state.now += 1_000 * DAY;
    expect((await table.get("U1")).isBlocked).toBe(true);
  });

  it("keeps nothing of who blocks the account but that", async () => {
    const { table } = setUp();
    await table.named("U1", { displayName: "สมชาย", pictureUrl: "https://line.example/p" });
    const replyToken = { token: "t1", receivedAt: START };
    await table.heardFrom("U1", [{ at: START, markAsReadToken: "read", replyToken }]);
    await table.blocked("U1", START + 10);
    expect(await table.get("U1")).toEqual({ ...UNKNOWN, isBlocked: true });
  });

  it("takes no profile for who has blocked the account, and forgets the block no sooner", async () => {
    const { table, state } = setUp();
    await table.heardFrom("U1", [{ at: START }]);
    await table.blocked("U1", START + 10);
    await table.named("U1", { displayName: "สมชาย" });
    expect(await table.get("U1")).toEqual({ ...UNKNOWN, isBlocked: true });
    state.now += 1_000 * DAY;
    expect((await table.get("U1")).isBlocked).toBe(true);
    await table.heardFrom("U1", [{ at: START + 20 }]);
    await table.named("U1", { displayName: "สมชาย" });
    expect((await table.get("U1")).profile?.displayName).toBe("สมชาย");
  });

  it("does not use a profile of more than 90 days, though its item is renewed", async () => {
    const { table, state } = setUp();
    await table.named("U1", { displayName: "สมชาย" });
    state.now += 91 * DAY;
    expect((await table.heardFrom("U1", [{ at: START + 1 }])).profile).toBeUndefined();
  });

  it("keeps all of who has been heard of since a block that LINE delivers late", async () => {
    const { table } = setUp();
    await table.named("U1", { displayName: "สมชาย" });
    const known = await table.heardFrom("U1", [heard(START + 20, "t1")]);
    await table.blocked("U1", START + 10);
    expect(await table.get("U1")).toEqual(known);
    expect(tokensOf(known)).toEqual(["t1"]);
  });

  it("keeps the newest mark-as-read token until exactly that one is used", async () => {
    const { table } = setUp();
    await table.heardFrom("U1", [{ at: START + 2, markAsReadToken: "second" }]);
    await table.heardFrom("U1", [{ at: START + 1, markAsReadToken: "first" }]);
    expect((await table.get("U1")).markAsReadToken).toBe("second");
    await table.markedAsRead("U1", "first");
    expect((await table.get("U1")).markAsReadToken).toBe("second");
    await table.markedAsRead("U1", "second");
    expect((await table.get("U1")).markAsReadToken).toBeUndefined();
    await table.markedAsRead("nobody", "second");
    expect(await table.get("nobody")).toEqual(UNKNOWN);
  });

  it("keeps the reply tokens of the four newest events, the newest first", async () => {
    const { table } = setUp();
    for (let n = 1; n <= 5; n += 1) await hear(table, START + n, `t${n}`);
    expect(tokensOf(await table.get("U1"))).toEqual(["t5", "t4", "t3", "t2"]);
    expect((await table.get("U1")).replyTokens[0]).toMatchObject({ receivedAt: START + 1_005 });
  });

  it("gives each reply token to one taker only", async () => {
    const { table } = setUp();
    for (let n = 1; n <= 3; n += 1) await hear(table, START + n, `t${n}`);
    const second = (await table.get("U1")).replyTokens[1];
    if (second === undefined) throw new Error("it is stored");
    const takers = [1, 2, 3].map(() => table.takeReplyToken("U1", second));
    expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
    expect(tokensOf(await table.get("U1"))).toEqual(["t3", "t1"]);
    await hear(table, START + 4, "t4");
    expect(tokensOf(await table.get("U1"))).toEqual(["t4", "t3", "t1"]);
    // Its empty slot is one of the four.
    await hear(table, START + 5, "t5");
    expect(tokensOf(await table.get("U1"))).toEqual(["t5", "t4", "t3"]);
  });

  it("does not give a reply token that has moved meanwhile, nor one of somebody unknown", async () => {
    const { table } = setUp();
    await hear(table, START, "t1");
    const [first] = (await table.get("U1")).replyTokens;
    if (first === undefined) throw new Error("it is stored");
    await hear(table, START + 1, "t2");
    expect(await table.takeReplyToken("U1", first)).toBe(false);
    expect(await table.takeReplyToken("nobody", first)).toBe(false);
    expect(tokensOf(await table.get("U1"))).toEqual(["t2", "t1"]);
    const [, moved] = (await table.get("U1")).replyTokens;
    expect(moved && (await table.takeReplyToken("U1", moved))).toBe(true);
  });

  it("never stores a used reply token again, whichever order events come in", async () => {
    const { table } = setUp();
    await hear(table, START + 1, "t1");
    const [used] = (await table.get("U1")).replyTokens;
    if (used === undefined) throw new Error("it is stored");
    await table.takeReplyToken("U1", used);
    // A retry of the same event, an older event, and one of the same millisecond.
    expect(tokensOf(await hear(table, START + 1, "t1"))).toEqual([]);
    expect(tokensOf(await hear(table, START, "t0"))).toEqual([]);
    expect(tokensOf(await hear(table, START + 1, "same time"))).toEqual([]);
  });

  it("knows of an event whose reply token is not stored", async () => {
    const { table } = setUp();
    await hear(table, START + 1, "t1");
    await table.blocked("U1", START);
    const tokens = { markAsReadToken: "read", replyToken: { token: "t2", receivedAt: START } };
    const known = await table.heardFrom("U1", [{ at: START + 1, ...tokens }]);
    expect(known).toMatchObject({ isBlocked: false, markAsReadToken: "read" });
    expect(tokensOf(known)).toEqual(["t1"]);
  });

  it("writes what several events tell at once, in whichever order they are named", async () => {
    const { table, calls } = setUp();
    await hear(table, START, "t0");
    calls.length = 0;
    const marked = { ...heard(START + 2, "t2"), markAsReadToken: "second" };
    const events = [heard(START + 1, "t1"), { at: START + 4 }, marked, heard(START + 3, "t3")];
    const known = await table.heardFrom("U1", events);
    expect(tokensOf(known)).toEqual(["t3", "t2", "t1", "t0"]);
    expect(known.markAsReadToken).toBe("second");
    expect(calls).toEqual(["UpdateCommand"]);
    await table.blocked("U1", START + 3);
    expect((await table.get("U1")).isBlocked).toBe(false);
  });

  it("keeps the newest four of more reply tokens, and one of an event that SQS has stored twice", async () => {
    const { table } = setUp();
    await hear(table, START, "t0");
    const five = [1, 2, 3, 4, 5].map((n) => heard(START + n, `t${n}`));
    const known = await table.heardFrom("U1", [...five, heard(START + 5, "t5")]);
    expect(tokensOf(known)).toEqual(["t5", "t4", "t3", "t2"]);
  });

  it("keeps both reply tokens of two events that happened at once and came at once", async () => {
    const { table } = setUp();
    const known = await table.heardFrom("U1", [heard(START, "t1"), heard(START, "t2")]);
    expect(tokensOf(known)).toEqual(["t2", "t1"]);
  });

  it("writes only what is newer, where others have come before", async () => {
    const { table, calls } = setUp();
    await hear(table, START + 2, "t2");
    await table.markedAsRead("U1", "none");
    const [used] = (await table.get("U1")).replyTokens;
    if (used === undefined) throw new Error("it is stored");
    await table.takeReplyToken("U1", used);
    calls.length = 0;
    const known = await table.heardFrom(
      "U1",
      [1, 2, 3].map((n) => heard(START + n, `t${n}`)),
    );
    expect(tokensOf(known)).toEqual(["t3"]);
    expect(calls).toEqual(["UpdateCommand", "GetCommand", "UpdateCommand"]);
  });

  it("reads once, and writes nothing, for events that come again", async () => {
    const { table, calls } = setUp();
    const events = [1, 2].map((n) => ({ ...heard(START + n, `t${n}`), markAsReadToken: `m${n}` }));
    await table.heardFrom("U1", events);
    for (const token of (await table.get("U1")).replyTokens)
      await table.takeReplyToken("U1", token);
    await table.markedAsRead("U1", "m2");
    calls.length = 0;
    const known = await table.heardFrom("U1", events, true);
    expect([known.replyTokens, known.markAsReadToken]).toEqual([[], undefined]);
    expect(calls).toEqual(["GetCommand"]);
  });

  it("reads and writes for events that come again where they are not known", async () => {
    const { table, calls } = setUp();
    expect(tokensOf(await table.heardFrom("U1", [heard(START, "t1")], true))).toEqual(["t1"]);
    expect(calls).toEqual(["GetCommand", "UpdateCommand"]);
  });

  it("keeps each reply token once where two invocations have some of the same events", async () => {
    const { table } = setUp();
    const events = [1, 2, 3, 4].map((n) => heard(START + n, `t${n}`));
    await Promise.all([
      table.heardFrom("U1", events.slice(0, 3)),
      table.heardFrom("U1", events.slice(1), true),
      table.heardFrom("U1", events.slice(2)),
    ]);
    const tokens = tokensOf(await table.get("U1"));
    expect(tokens[0]).toBe("t4");
    expect(new Set(tokens).size).toBe(tokens.length);
    const [used] = (await table.get("U1")).replyTokens;
    if (used === undefined) throw new Error("it is stored");
    await table.takeReplyToken("U1", used);
    for (const isAgain of [false, true]) await table.heardFrom("U1", events, isAgain);
    expect(tokensOf(await table.get("U1"))).toEqual(tokens.slice(1));
  });

  it("knows the same of events, whether they are written at once or one after the other", async () => {
    const event = fc.record({
      replies: fc.boolean(),
      marks: fc.boolean(),
      batch: fc.nat(2),
      used: fc.boolean(),
    });
    const at = (index: number) => START + 10 * index;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 9 }), async (events) => {
        const { table: atOnce, other: single } = setUp();
        const told = events.map(({ replies, marks, ...rest }, index) => ({
          ...rest,
          heard: {
            ...(replies ? heard(at(index), `t${index}`) : { at: at(index) }),
            ...(marks && { markAsReadToken: `m${index}` }),
          },
        }));
        for (const batch of [0, 1, 2]) {
          const own = told.filter((each) => each.batch === batch);
          if (own.length === 0) continue;
          const known = await atOnce.heardFrom(
            "U1",
            own.map((each) => each.heard),
          );
          for (const each of own) await single.heardFrom("U1", [each.heard]);
          expect(known).toEqual(await single.get("U1"));
          expect(
            await atOnce.heardFrom(
              "U1",
              own.map((each) => each.heard),
              true,
            ),
          ).toEqual(known);
          const [, second] = known.replyTokens;
          if (!own[0]?.used || second === undefined) continue;
          for (const table of [atOnce, single]) await table.takeReplyToken("U1", second);
        }
        expect(await atOnce.get("U1")).toEqual(await single.get("U1"));
      }),
      { numRuns: 40 },
    );
  });

  it("throws when DynamoDB refuses", async () => {
    const table = createCustomerTable("retail-thai", {
      documents: server.documents,
      name: "another-table",
      now: () => START,
    });
    await expect(table.heardFrom("U1", [{ at: START }])).rejects.toThrow();
    await expect(table.markedAsRead("U1", "t")).rejects.toThrow();
  });
});
