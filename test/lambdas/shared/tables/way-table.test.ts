import type { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { UNKNOWN } from "../../../../lambdas/shared/tables/customer.ts";
import { createCustomerTable } from "../../../../lambdas/shared/tables/customer-table.ts";
import { createWayTable, type Way } from "../../../../lambdas/shared/tables/way-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const START = 1_795_392_000_000;
const HOUR = 3_600_000;
const PUSH: Way = { way: "push", isUnclear: false };
const UNCLEAR: Way = { way: "push", isUnclear: true };
const SENDING: Way = { way: "reply", state: "sending", by: "m#1", until: START + 60_000 };
const ACCEPTED: Way = { way: "reply", state: "accepted" };

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let brands = 0;
function setUp() {
  const state = { now: START };
  const brand = `brand-${++brands}`;
  const table = { documents: server.documents, name: TABLE, now: () => state.now };
  const wayOf = async (id: string) => (await createWayTable(brand, table).read(id, "U1")).way;
  return {
    brand,
    table,
    state,
    ways: createWayTable(brand, table),
    other: createWayTable(`${brand}-other`, table),
    customers: createCustomerTable(brand, table),
    wayOf,
  };
}

describe("the table of ways", () => {
  it("reads a message's way and its customer together", async () => {
    const { ways, other, customers } = setUp();
    expect(await ways.read("g1", "U1")).toEqual({ way: undefined, customer: UNKNOWN });
    await ways.decide("g1", SENDING);
    await customers.named("U1", { displayName: "สมชาย" });
    const { way, customer } = await ways.read("g1", "U1");
    expect(way).toEqual(SENDING);
    expect(customer.profile).toEqual({ displayName: "สมชาย", isStale: false });
    expect(await other.read("g1", "U1")).toEqual({ way: undefined, customer: UNKNOWN });
  });

  it("reads several messages' ways and customers together", async () => {
    const { ways, customers } = setUp();
    await ways.decide("g1", SENDING);
    await customers.named("U2", { displayName: "美玲" });
    const read = await ways.readTogether(["g1", "g2"], ["U1", "U2"]);
    expect([...read.ways]).toEqual([
      ["g1", SENDING],
      ["g2", undefined],
    ]);
    expect([...read.customers.keys()]).toEqual(["U1", "U2"]);
    expect(read.customers.get("U1")).toEqual(UNKNOWN);
    expect(read.customers.get("U2")?.profile?.displayName).toBe("美玲");
    const [customer] = (await ways.readTogether([], ["U2"])).customers.values();
    expect(customer?.profile?.displayName).toBe("美玲");
  });

  it("does not take for undecided, or unknown, what DynamoDB has left out", async () => {
    const { brand, table } = setUp();
    const documents = new Proxy(server.documents, {
      get: (target, property) =>
        property === "send"
          ? async ({ input }: BatchGetCommand) => ({ UnprocessedKeys: input.RequestItems })
          : Reflect.get(target, property),
    });
    const ways = createWayTable(brand, { ...table, documents });
    const read = await ways.readTogether(["g1"], ["U1"]);
    expect([read.ways.size, read.customers.size]).toEqual([0, 0]);
    await expect(ways.read("g1", "U1")).rejects.toThrow("has not read all");
  });

  it.each([
    [PUSH, SENDING],
    [SENDING, PUSH],
    [ACCEPTED, PUSH],
  ])("decides once: %j stays", async (first, second) => {
    const { ways, wayOf } = setUp();
    expect(await ways.decide("g1", first)).toBe(first);
    expect(await ways.decide("g1", second)).toEqual(first);
    expect(await wayOf("g1")).toEqual(first);
  });

  it("takes a write that is repeated, because its answer was lost, for its own", async () => {
    const { ways } = setUp();
    await ways.decide("g1", { ...SENDING });
    expect(await ways.decide("g1", SENDING)).toBe(SENDING);
    expect(await ways.decide("g1", { ...SENDING, by: "m#2" })).toEqual(SENDING);
    await ways.change("g1", "a reply under way", { ...UNCLEAR });
    expect(await ways.change("g1", "a reply under way", UNCLEAR)).toBe(UNCLEAR);
  });

  it("lets one of several decide", async () => {
    const { ways } = setUp();
    const wanted = [1, 2, 3].map((n): Way => ({ ...SENDING, by: `m#${n}` }));
    const held = await Promise.all(wanted.map((way) => ways.decide("g1", way)));
    expect(new Set(held.map((way) => JSON.stringify(way))).size).toBe(1);
    expect(wanted.filter((way, index) => held[index] === way)).toHaveLength(1);
  });

  it.each([
    ["a reply under way", SENDING, ACCEPTED],
    ["a reply under way", SENDING, PUSH],
    ["a reply under way", SENDING, UNCLEAR],
    ["a push", PUSH, SENDING],
  ] as const)("changes %s, which is %j, to %j", async (from, before, after) => {
    const { ways, wayOf } = setUp();
    await ways.decide("g1", before);
    expect(await ways.change("g1", from, after)).toBe(after);
    expect(await wayOf("g1")).toEqual(after);
  });

  it.each([
    ["a reply under way", ACCEPTED],
    ["a reply under way", PUSH],
    ["a reply under way", UNCLEAR],
    ["a push", SENDING],
    ["a push", ACCEPTED],
    // A reply may have arrived.
    ["a push", UNCLEAR],
  ] as const)("does not change as %s what is %j", async (from, held) => {
    const { ways, wayOf } = setUp();
    await ways.decide("g1", held);
    expect(await ways.change("g1", from, { ...SENDING, until: START + 1 })).toEqual(held);
    expect(await wayOf("g1")).toEqual(held);
  });

  it("changes nothing that is gone", async () => {
    const { ways } = setUp();
    await expect(ways.change("g1", "a push", SENDING)).rejects.toThrow("is gone");
  });

  it("knows a way for 26 hours, also where DynamoDB has not deleted it yet", async () => {
    const { ways, state, wayOf } = setUp();
    await ways.decide("g1", ACCEPTED);
    state.now += 26 * HOUR - 1_000;
    expect(await wayOf("g1")).toEqual(ACCEPTED);
    state.now += 1_000;
    expect(await wayOf("g1")).toBeUndefined();
    expect(await ways.decide("g1", PUSH)).toBe(PUSH);
  });

  it("throws where DynamoDB cannot be asked", async () => {
    const table = { documents: server.documents, name: "another-table", now: () => START };
    const ways = createWayTable("retail-thai", table);
    await expect(ways.read("g1", "U1")).rejects.toThrow();
    await expect(ways.decide("g1", PUSH)).rejects.toThrow();
  });
});
