import type { BudgetTable } from "../../../../lambdas/worker/genesys/budget-table.ts";
import { createRequestBudget } from "../../../../lambdas/worker/genesys/request-budget.ts";
import type { Ask } from "../../../../lambdas/worker/genesys/turns.ts";

/** `turns`: when each turn is, in the order in which they are leased; afterwards there is none until 9 s. */
function setUp(turns: number[]) {
  const state = { now: 0 };
  const leases: string[][] = [];
  const pauses: number[] = [];
  const resumed: string[] = [];
  const slept: number[] = [];
  const warnings: unknown[] = [];
  const table: BudgetTable = {
    async lease(_client, asks) {
      leases.push(asks.map(({ kind }) => kind));
      const leased = asks.map(({ kind }) => {
        const startsAt = turns.shift();
        if (startsAt !== undefined) return { startsAt };
        return { asksAgainAt: kind === "receipt" ? undefined : 9_900 };
      });
      return { turns: leased, isTrial: false };
    },
    async pause(_client, until) {
      pauses.push(until);
    },
    async resume(client) {
      resumed.push(client);
    },
  };
  const log = {
    info: () => {},
    warn: (...entry: unknown[]) => warnings.push(entry),
    error: () => {},
  };
  const budget = createRequestBudget({
    table,
    log,
    now: () => state.now,
    sleep: async (ms) => {
      slept.push(ms);
      state.now += ms;
    },
  });
  const take = (kind: Ask["kind"]) => budget.take("client", { brand: "a", kind, places: 1 });
  return { budget, take, table, state, leases, pauses, resumed, slept, warnings };
}

describe("taking a turn from the budget of requests", () => {
  it("leases for all who ask at the same time together, those who come back first", async () => {
    const { take, leases } = setUp([0, 0, 0, 0]);
    await Promise.all([take("new"), take("receipt"), take("new"), take("returning")]);
    // The first one asks at once; those who come while it waits share the next lease.
    expect(leases).toEqual([["new"], ["returning", "new", "receipt"]]);
  });

  it("waits for a turn that is its own", async () => {
    const { take, slept } = setUp([900]);
    await take("new");
    expect(slept).toEqual([900]);
  });

  it("puts a message off until its place in line, rather early than late, and never waits for it", async () => {
    const { take, slept } = setUp([]);
    await expect(take("new")).rejects.toMatchObject({ name: "Postponed", seconds: 9 });
    expect(slept).toEqual([]);
  });

  it("puts a receipt off for a pause that grows", async () => {
    const { take } = setUp([]);
    await expect(take("receipt")).rejects.toMatchObject({ name: "Postponed", seconds: undefined });
  });

  it("puts off what was leased before Genesys Cloud refused", async () => {
    const { budget, take, pauses } = setUp([10]);
    const waiting = take("new");
    await budget.pause("client", 3);
    await expect(waiting).rejects.toMatchObject({ name: "Postponed", seconds: 2 });
    expect(pauses).toEqual([3_000]);
  });

  it("asks again after a minute, however long a pause was announced", async () => {
    const { budget, take, pauses } = setUp([0]);
    await budget.pause("client", 900);
    expect(pauses).toEqual([60_000]);
    await expect(take("new")).rejects.toMatchObject({ seconds: 60 });
  });

  it("tells the table how the one request after a pause was answered, and nothing of others", async () => {
    const { budget, take, table, resumed, warnings } = setUp([0, 0]);
    await take("new");
    await budget.resume("client");
    expect(resumed).toEqual([]);
    table.lease = async () => ({ turns: [{ startsAt: 0 }], isTrial: true });
    await take("new");
    await budget.resume("other");
    await budget.resume("client");
    await budget.resume("client");
    expect(resumed).toEqual(["client"]);
    await take("new");
    table.resume = () => Promise.reject(new Error("DynamoDB is down"));
    await budget.resume("client");
    expect(warnings).toHaveLength(1);
  });

  it("keeps clients apart", async () => {
    const { budget, take } = setUp([0, 0]);
    await budget.pause("other", 300);
    await expect(take("new")).resolves.toBeUndefined();
  });

  it("fails all who wait when the table cannot be asked, and asks again for the next", async () => {
    const { take, table } = setUp([0, 0, 0]);
    const { lease } = table;
    table.lease = () => Promise.reject(new Error("DynamoDB is down"));
    const results = await Promise.allSettled([take("new"), take("receipt")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    table.lease = lease;
    await expect(take("new")).resolves.toBeUndefined();
  });

  it("pauses this instance even if the table does not hear of it", async () => {
    const { budget, take, table, warnings } = setUp([0]);
    table.pause = () => Promise.reject(new Error("DynamoDB is down"));
    await budget.pause("client", 60);
    expect(warnings).toHaveLength(1);
    await expect(take("new")).rejects.toMatchObject({ name: "Postponed" });
  });
});
