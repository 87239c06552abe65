import { createCustomerTable } from "../../../../lambdas/shared/tables/customer-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const DAY = 86_400_000;
const START = 1_795_392_000_000;
const UNKNOWN = { name: undefined, isBlocked: false, markAsReadToken: undefined };

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
    await table.heardFrom("U1", START + 2, "second");
    await table.heardFrom("U1", START + 1, "first");
    expect((await table.get("U1")).markAsReadToken).toBe("second");
    await table.markedAsRead("U1", "first");
    expect((await table.get("U1")).markAsReadToken).toBe("second");
    await table.markedAsRead("U1", "second");
    expect((await table.get("U1")).markAsReadToken).toBeUndefined();
    await table.markedAsRead("nobody", "second");
    expect(await table.get("nobody")).toEqual(UNKNOWN);
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
