import type { BudgetTable } from "../../../../lambdas/worker/genesys/budget-table.ts";
import {
  createRequestBudget,
  type Urgency,
} from "../../../../lambdas/worker/genesys/request-budget.ts";

/** `turns`: when each turn is, in the order in which they are leased. */
function setUp(turns: number[], endsAt = 60_000) {
  const state = { now: 0 };
  const leases: { count: number; latest: number }[] = [];
  const pauses: number[] = [];
  const resumed: string[] = [];
  const slept: number[] = [];
  const warnings: unknown[] = [];
  const table: BudgetTable = {
    async lease(_client, count, latest) {
      leases.push({ count, latest });
      const fitting = turns.filter((turn) => turn <= latest).length;
      const startsAt = turns.splice(0, Math.min(count, fitting));
      return { startsAt, nextAt: turns[0] ?? 99_000 };
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
  const take = (urgency: Urgency) => budget.take("client", urgency, endsAt);
  return { budget, take, table, state, leases, pauses, resumed, slept, warnings };
}

describe("taking a turn from the budget of requests", () => {
  it("leases for all who ask at the same time together", async () => {
    const { take, leases } = setUp([0, 0, 0, 0]);
    await Promise.all([1, 2, 3, 4].map(() => take("message")));
    // The first one asks at once; those who come while it waits share the next lease.
    expect(leases.map(({ count }) => count)).toEqual([1, 3]);
  });

  it("waits for the turn as long as the invocation has time for a request after it", async () => {
    const { take, slept, leases } = setUp([14_000]);
    await take("message");
    expect(leases).toEqual([{ count: 1, latest: 15_000 }]);
    expect(slept).toEqual([14_000]);
  });

  it("postpones a message until the next turn, and never waits for nothing", async () => {
    const { take, slept } = setUp([20_500]);
    await expect(take("message")).rejects.toMatchObject({
      name: "Postponed",
      seconds: 21,
    });
    expect(slept).toEqual([]);
  });

  it("asks for a turn of this moment where too little time is left to wait", async () => {
    const { take, leases } = setUp([0], 40_000);
    await take("message");
    expect(leases).toEqual([{ count: 1, latest: 0 }]);
  });

  it("gives messages their turns before receipts, which do not wait", async () => {
    const { take } = setUp([0, 0, 100]);
    const done: string[] = [];
    const note = (urgency: Urgency, name: string) =>
      take(urgency).then(
        () => done.push(name),
        ({ name: error, seconds }) => done.push(`${name} ${error} ${seconds}`),
      );
    await Promise.all([
      note("message", "m1"),
      note("receipt", "r1"),
      note("receipt", "r2"),
      note("message", "m2"),
    ]);
    expect(done.toSorted()).toEqual([
      "m1",
      "m2",
      "r1 Postponed undefined",
      "r2 Postponed undefined",
    ]);
  });

  it("holds turns back that were leased before Genesys Cloud refused, and leases new ones", async () => {
    const { budget, take, state, pauses, leases } = setUp([10, 4_000]);
    const waiting = take("message");
    await budget.pause("client", 3);
    await waiting;
    expect(pauses).toEqual([3_000]);
    expect(leases).toHaveLength(2);
    expect(state.now).toBe(4_000);
  });

  it("postpones everybody for a pause that is longer than the invocation", async () => {
    const { budget, take } = setUp([0]);
    await budget.pause("client", 30);
    await expect(take("message")).rejects.toMatchObject({ seconds: 30 });
  });

  it("asks again after a minute, however long a pause was announced", async () => {
    const { budget, take, pauses } = setUp([0]);
    await budget.pause("client", 900);
    expect(pauses).toEqual([60_000]);
    await expect(take("message")).rejects.toMatchObject({ seconds: 60 });
  });

  it("tells the table how the one request after a pause was answered, and nothing of others", async () => {
    const { budget, take, table, resumed, warnings } = setUp([0, 0]);
    await take("message");
    await budget.resume("client");
    expect(resumed).toEqual([]);
    table.lease = async () => ({ startsAt: [0], nextAt: 2_000, isTrial: true });
    await take("message");
    await budget.resume("other");
    await budget.resume("client");
    await budget.resume("client");
    expect(resumed).toEqual(["client"]);
    await take("message");
    table.resume = () => Promise.reject(new Error("DynamoDB is down"));
    await budget.resume("client");
    expect(warnings).toHaveLength(1);
  });

  it("keeps clients apart", async () => {
    const { budget, take } = setUp([0, 0]);
    await budget.pause("other", 300);
    await expect(take("message")).resolves.toBeUndefined();
  });

  it("fails all who wait when the table cannot be asked, and asks again for the next", async () => {
    const { take, table } = setUp([0, 0, 0]);
    const { lease } = table;
    table.lease = () => Promise.reject(new Error("DynamoDB is down"));
    const results = await Promise.allSettled([take("message"), take("receipt")]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    table.lease = lease;
    await expect(take("message")).resolves.toBeUndefined();
  });

  it("pauses this instance even if the table does not hear of it", async () => {
    const { budget, take, table, warnings } = setUp([0]);
    table.pause = () => Promise.reject(new Error("DynamoDB is down"));
    await budget.pause("client", 60);
    expect(warnings).toHaveLength(1);
    await expect(take("message")).rejects.toMatchObject({ name: "Postponed" });
  });
});
