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
  const tableOf = (key: string) =>
    createCustomerTable(key, {
      documents: server.documents,
      name: TABLE,
      now: () => state.now,
    });
  return { table: tableOf(brand), other: tableOf(`${brand}-other`), state };
}

const hear = (table: CustomerTable, at: number, token: string) =>
  table.heardFrom("U1", at, { replyToken: { token, receivedAt: at + 1_000 } });
const tokensOf = ({ replyTokens }: Customer) => replyTokens.map(({ token }) => token);

describe("the customer table", () => {
  it("keeps a display name per brand and customer: fresh for a day, stale for 90, then gone", async () => {
    const { table, other, state } = setUp();
    await table.named("U1", "สมชาย");
    expect((await table.get("U1")).name).toEqual({ displayName: "สมชาย", isStale: false });
    expect(await other.get("U1")).toEqual(UNKNOWN);
    expect(await table.get("U2")).toEqual(UNKNOWN);
    state.now += DAY + 1;
    expect((await table.get("U1")).name).toEqual({ displayName: "สมชาย", isStale: true });
    // DynamoDB may still hold the item; the reader does not believe it.
    state.now += 89 * DAY;
    expect(await table.get("U1")).toEqual(UNKNOWN);
  });

  it("knows what it knows besides the name", async () => {
    const { table } = setUp();
    await table.named("U1", "สมชาย");
    expect(await table.heardFrom("U1", START)).toEqual({
      name: { displayName: "สมชาย", isStale: false },
      isBlocked: false,
      markAsReadToken: undefined,
      replyTokens: [],
    });
  });

  it("takes a customer for blocked until something newer comes, in whichever order events come", async () => {
    const { table } = setUp();
    await table.heardFrom("U1", START);
    await table.blocked("U1", START + 10);
    expect((await table.get("U1")).isBlocked).toBe(true);
    // An older message that LINE delivers late.
    expect((await table.heardFrom("U1", START + 5)).isBlocked).toBe(true);
    expect((await table.heardFrom("U1", START + 20)).isBlocked).toBe(false);
    // An older block that LINE delivers late.
    await table.blocked("U1", START + 15);
    expect((await table.get("U1")).isBlocked).toBe(false);
    await table.blocked("U1", START + 30);
    expect((await table.get("U1")).isBlocked).toBe(true);
  });

  it("does not forget a block as it forgets who is silent", async () => {
    const { table, state } = setUp();
    await table.named("U1", "สมชาย");
    await table.blocked("U1", START);
    state.now += 1_000 * DAY;
    expect((await table.get("U1")).isBlocked).toBe(true);
  });

  it("keeps the newest mark-as-read token until exactly that one is used", async () => {
    const { table } = setUp();
    await table.heardFrom("U1", START + 2, { markAsReadToken: "second" });
    await table.heardFrom("U1", START + 1, { markAsReadToken: "first" });
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
    const known = await table.heardFrom("U1", START + 1, tokens);
    expect(known).toMatchObject({ isBlocked: false, markAsReadToken: "read" });
    expect(tokensOf(known)).toEqual(["t1"]);
  });

  it("throws when DynamoDB refuses", async () => {
    const table = createCustomerTable("retail-thai", {
      documents: server.documents,
      name: "another-table",
      now: () => START,
    });
    await expect(table.heardFrom("U1", START)).rejects.toThrow();
    await expect(table.markedAsRead("U1", "t")).rejects.toThrow();
  });
});
