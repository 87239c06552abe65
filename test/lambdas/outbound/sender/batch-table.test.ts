import { createBatchTable, type Wanted } from "../../../../lambdas/outbound/sender/batch-table.ts";
import type { Brand } from "../../../../lambdas/shared/brand/brand.ts";
import { type Customer, UNKNOWN } from "../../../../lambdas/shared/tables/customer.ts";
import type { Way } from "../../../../lambdas/shared/tables/way-table.ts";

const PUSH: Way = { way: "push", isUnclear: false };
const FIRST = { slot: "rt2", token: "t1", receivedAt: 1 } as const;
const SECOND = { slot: "rt1", token: "t2", receivedAt: 2 } as const;

/** The table for a batch whose records want this; each customer has two reply tokens. */
function setUp(records: Record<string, Wanted>, leftOut: string[] = []) {
  const state = { now: 0, isAway: false, isTaken: true };
  const reads: (readonly string[])[] = [];
  const freed: string[] = [];
  const unused = () => {
    throw new Error("not expected of the sender");
  };
  const customer: Customer = {
    ...UNKNOWN,
    markAsReadToken: "mark",
    replyTokens: [SECOND, FIRST],
  };
  const there = (ids: readonly string[]) => ids.filter((id) => !leftOut.includes(id));
  const brand: Pick<Brand, "ways" | "customers"> = {
    ways: {
      read: unused,
      decide: unused,
      change: unused,
      async readTogether(messageIds, customerIds) {
        reads.push([...messageIds, ...customerIds]);
        if (state.isAway) throw new Error("DynamoDB is away");
        return {
          ways: new Map(there(messageIds).map((id) => [id, id === "g1" ? PUSH : undefined])),
          customers: new Map(there(customerIds).map((id) => [id, customer])),
        };
      },
    },
    customers: {
      get: unused,
      heardFrom: unused,
      blocked: unused,
      named: unused,
      markedAsRead: async (_id, token) => void freed.push(token),
      takeReplyToken: async () => state.isTaken,
    },
  };
  const table = createBatchTable(
    brand,
    () => new Map(Object.entries(records)),
    () => state.now,
  );
  const read = (messageId: string, wanted = records[messageId]) => {
    if (wanted === undefined) throw new Error("no such record");
    return table.read({ messageId }, wanted);
  };
  return { table, read, reads, state, freed };
}

const batch = {
  m1: { to: "U1", id: "g1" },
  m2: { to: "U1", id: "g2" },
  m3: { to: "U2", id: "g3" },
  m4: { to: "U2" },
};

describe("the table as a batch uses it", () => {
  it("is read once for all records, with each key once", async () => {
    const { read, reads } = setUp(batch);
    const [one, two, ...others] = await Promise.all(Object.keys(batch).map((id) => read(id)));
    expect(reads).toEqual([["g1", "g2", "g3", "U1", "U2"]]);
    expect([one?.way, two?.way]).toEqual([PUSH, undefined]);
    expect(others).toHaveLength(2);
    expect(one?.customer.replyTokens).toHaveLength(2);
  });

  it("is read for the only record of a batch", async () => {
    const { read, reads } = setUp({});
    await read("m1", { to: "U1" });
    expect(reads).toEqual([["U1"]]);
  });

  it("is read again after two seconds, for who has not asked yet", async () => {
    const { read, reads, state } = setUp(batch);
    await read("m1");
    state.now = 1_999;
    await read("m3");
    state.now = 2_000;
    await read("m2");
    expect(reads.slice(1)).toEqual([["g2", "U1", "U2"]]);
  });

  it("is read again for another copy of a message, whose way the first copy has decided", async () => {
    const { read, reads } = setUp({ m1: { to: "U1", id: "g1" }, copy: { to: "U1", id: "g1" } });
    await read("m1");
    await read("copy");
    expect(reads).toEqual([
      ["g1", "U1"],
      ["g1", "U1"],
    ]);
  });

  it("has no token any more that an earlier record has used", async () => {
    const { read, reads, table, freed } = setUp(batch);
    await read("m1");
    expect(await table.customers.takeReplyToken("U1", FIRST)).toBe(true);
    await table.customers.markedAsRead("U1", "mark");
    const { customer } = await read("m2");
    expect([customer.replyTokens, customer.markAsReadToken]).toEqual([[SECOND], undefined]);
    expect([reads.length, freed]).toEqual([1, ["mark"]]);
  });

  it("is read again once a token was found to be used by somebody else, or moved", async () => {
    const { read, reads, table, state } = setUp(batch);
    await read("m1");
    state.isTaken = false;
    expect(await table.customers.takeReplyToken("U1", FIRST)).toBe(false);
    const { customer } = await read("m2");
    expect(customer.replyTokens).toHaveLength(2);
    expect(reads).toHaveLength(2);
  });

  it("fails for all who share a call that fails, and is asked again later", async () => {
    const { read, state } = setUp(batch);
    state.isAway = true;
    const outcomes = await Promise.allSettled([read("m1"), read("m2")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    state.isAway = false;
    state.now = 2_000;
    await expect(read("m3")).resolves.toMatchObject({ way: undefined });
  });

  it("fails for those alone whose keys DynamoDB has left out", async () => {
    const { read } = setUp(batch, ["g1", "U2"]);
    await expect(read("m1")).rejects.toThrow("has not read all");
    await expect(read("m4")).rejects.toThrow("has not read all");
    await expect(read("m2")).resolves.toMatchObject({ way: undefined });
  });
});
