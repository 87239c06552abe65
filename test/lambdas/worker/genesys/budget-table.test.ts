import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { createBudgetTable } from "../../../../lambdas/worker/genesys/budget-table.ts";
import { startTable, TABLE } from "../../local-table.ts";

const START = 1_795_392_000_000;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let clients = 0;
/** Instances of the worker, each with a memory of its own, that share the table and the clock. */
function setUp(requestsPerMinute: number, instances = 1) {
  const state = { now: START };
  const client = `client-${++clients}`;
  const shared = { documents: server.documents, name: TABLE, now: () => state.now };
  const tables = Array.from({ length: instances }, () =>
    createBudgetTable(shared, requestsPerMinute),
  );
  const [table] = tables;
  if (table === undefined) throw new Error("at least one instance");
  return { table, tables, state, client };
}

/** What starts within the fullest minute. */
function fullestMinute(starts: number[]): number {
  const sorted = starts.toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...sorted.map((from) => sorted.filter((at) => at >= from && at < from + 60_000).length),
  );
}

describe("the budget of requests", () => {
  it("lets a tenth of a minute's requests start at once after a quiet time, the rest evenly", async () => {
    const { table, client } = setUp(300);
    const { startsAt } = await table.lease(client, 60, START + 60_000);
    expect(startsAt).toHaveLength(60);
    expect(startsAt.filter((at) => at < START + 1)).toHaveLength(30);
    // So that the first minute holds no more than the others.
    expect((startsAt[59] ?? 0) - (startsAt[58] ?? 0)).toBeCloseTo(60_000 / (295.5 - 30), 1);
  });

  it("leases 98.5 % of the limit as long as all of it is asked for", async () => {
    const { table, client, state } = setUp(300);
    const starts: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      state.now = START + second * 1_000;
      starts.push(...(await table.lease(client, 20, state.now + 1_000)).startsAt);
    }
    const tenMinutes = starts.filter((at) => at < START + 600_000).length;
    expect(tenMinutes).toBeGreaterThanOrEqual(0.985 * 3_000 - 1);
    expect(fullestMinute(starts.map((at) => Math.max(at, START)))).toBeLessThanOrEqual(297);
  });

  it("leases no turn that is too late, and says when the next one is", async () => {
    const { table, client } = setUp(300);
    const first = await table.lease(client, 60, START + 1_000);
    expect(first.startsAt).toHaveLength(34);
    const second = await table.lease(client, 5, START + 1_000);
    expect(second).toEqual({ startsAt: [], nextAt: first.nextAt });
    expect(first.nextAt).toBeGreaterThan(START + 1_000);
  });

  it("keeps one budget per client", async () => {
    const { table, client } = setUp(60);
    await table.lease(client, 100, START + 600_000);
    const other = await table.lease(`${client}-other`, 1, START);
    expect(other.startsAt).toHaveLength(1);
  });

  it("gives instances that lease at the same time different turns", async () => {
    const { tables, client } = setUp(300, 6);
    const leases = await Promise.all(
      tables.map((table) => table.lease(client, 10, START + 60_000)),
    );
    const starts = leases.flatMap(({ startsAt }) => startsAt);
    expect(new Set(starts).size).toBe(60);
    expect(starts.filter((at) => at < START + 1)).toHaveLength(30);
  });

  it("gives nobody a turn during a pause, whoever asked for it", async () => {
    const { tables, client, state } = setUp(300, 2);
    const [one, other] = tables;
    await other?.lease(client, 1, START);
    await one?.pause(client, START + 20_000);
    expect((await other?.lease(client, 1, START + 19_999))?.startsAt).toEqual([]);
    // A shorter pause does not end a longer one.
    await one?.pause(client, START + 10_000);
    state.now = START + 15_000;
    expect((await one?.lease(client, 1, state.now))?.startsAt).toEqual([]);
  });

  describe("after a pause", () => {
    /** One of two instances has the single turn, which begins now. */
    async function trying() {
      const { tables, client, state } = setUp(300, 2);
      const [one, other] = tables;
      if (one === undefined || other === undefined) throw new Error("two instances");
      await other.lease(client, 1, START);
      await one.pause(client, START + 20_000);
      state.now = START + 20_000;
      const lease = await other.lease(client, 5, START + 30_000);
      expect(lease).toEqual({ startsAt: [state.now], nextAt: START + 22_000, isTrial: true });
      return { one, other, client, state };
    }

    it("is one turn alone, while others look again soon, until somebody says that it was admitted", async () => {
      const { one, other, client, state } = await trying();
      state.now += 1_000;
      const waiting = await one.lease(client, 5, state.now + 5_000);
      expect(waiting).toEqual({ startsAt: [], nextAt: state.now + 2_000 });
      await other.resume(client);
      expect((await one.lease(client, 5, state.now + 5_000)).startsAt).toHaveLength(5);
    });

    it("is another pause where the one request is refused, however short", async () => {
      const { one, other, client, state } = await trying();
      await other.pause(client, state.now + 5_000);
      expect(await one.lease(client, 5, state.now + 4_999)).toEqual({
        startsAt: [],
        nextAt: state.now + 5_000,
      });
      state.now += 5_000;
      expect((await one.lease(client, 5, state.now)).startsAt).toEqual([state.now]);
    });

    it("is somebody else's turn where the one request is never answered", async () => {
      const { one, client, state } = await trying();
      state.now += 11_999;
      expect((await one.lease(client, 5, state.now)).startsAt).toEqual([]);
      state.now += 1;
      expect(await one.lease(client, 5, state.now)).toMatchObject({
        startsAt: [state.now],
        isTrial: true,
      });
    });

    it("begins no burst when turns are resumed, and nothing ends that is not paused", async () => {
      const { one, other, client, state } = await trying();
      state.now += 100;
      await other.resume(client);
      const { startsAt } = await one.lease(client, 10, state.now + 60_000);
      expect(startsAt.filter((at) => at <= state.now)).toHaveLength(1);
      const before = await one.lease(client, 1, state.now);
      await one.resume(client);
      expect(await one.lease(client, 1, state.now)).toEqual(before);
    });
  });

  it("gives up where others are always faster, and where the item is not its own", async () => {
    const { table, client } = setUp(300);
    await server.documents.send(
      new PutCommand({ TableName: TABLE, Item: { pk: `budget#${client}`, nextAt: "soon" } }),
    );
    await expect(table.lease(client, 1, START)).rejects.toBeInstanceOf(RetryableFailure);
  });

  it("admits no more than the limit in any minute, however it is asked", async () => {
    const asked = fc.array(
      fc.record({
        instance: fc.nat(2),
        count: fc.integer({ min: 1, max: 12 }),
        pause: fc.nat(9_000),
        wait: fc.nat(15_000),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 100 }), asked, async (limit, asks) => {
        const { tables, client, state } = setUp(limit, 3);
        const starts: number[] = [];
        for (const { instance, count, pause, wait } of asks) {
          state.now += pause;
          const lease = await tables[instance]?.lease(client, count, state.now + wait);
          expect(lease?.startsAt.every((at) => at <= state.now + wait)).toBe(true);
          starts.push(...(lease?.startsAt.map((at) => Math.max(at, state.now)) ?? []));
        }
        expect(fullestMinute(starts)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 30 },
    );
  });
});
