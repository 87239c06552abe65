import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { Postponed } from "../../../../lambdas/shared/failures/failures.ts";
import {
  type BudgetTable,
  createBudgetTable,
} from "../../../../lambdas/worker/genesys/budget-table.ts";
import type { Ask } from "../../../../lambdas/worker/genesys/turns.ts";
import { startTable, TABLE } from "../../local-table.ts";

const START = 1_795_392_000_000;
/** Between turns at 300 a minute, in the minute after some have started at once. */
const SLOW_MS = 60_000 / (295.5 - 6_000 / (60_000 / 295.5));

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
  const shared = { documents, name: TABLE, now: () => state.now };
  const tables = Array.from({ length: instances }, () =>
    createBudgetTable(shared, requestsPerMinute),
  );
  const [table] = tables;
  if (table === undefined) throw new Error("at least one instance");
  return { table, tables, state, client, calls };
}

/** So many messages of one brand ask, and these are the turns that they get, in ms. */
async function lease(
  table: BudgetTable | undefined,
  client: string,
  count: number,
  kind: Ask["kind"] = "returning",
): Promise<number[]> {
  const asks = Array.from({ length: count }, () => ({ brand: "a", kind, places: 1 }));
  const leased = await table?.lease(client, asks);
  return (leased?.turns ?? []).flatMap((turn) => ("startsAt" in turn ? turn.startsAt : []));
}

/** When one who asks now is to ask again, in ms. */
async function nextOf(table: BudgetTable, client: string): Promise<number | undefined> {
  const { turns } = await table.lease(client, [{ brand: "a", kind: "new", places: 1 }]);
  return turns.flatMap((turn) => ("asksAgainAt" in turn ? (turn.asksAgainAt ?? []) : []))[0];
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
    const startsAt = await lease(table, client, 60);
    expect(startsAt.filter((at) => at < START + 1)).toHaveLength(27);
    // So that the first minute holds no more than the others.
    expect((startsAt[30] ?? 0) - (startsAt[29] ?? 0)).toBeCloseTo(SLOW_MS, 1);
  });

  it("leases 98.5 % of the limit as long as all of it is asked for", async () => {
    const { table, client, state } = setUp(300);
    const starts: number[] = [];
    for (let second = 0; second < 600; second += 1) {
      state.now = START + second * 1_000;
      starts.push(...(await lease(table, client, 20)));
    }
    const tenMinutes = starts.filter((at) => at < START + 600_000).length;
    expect(tenMinutes).toBeGreaterThanOrEqual(0.985 * 3_000 - 4);
    expect(fullestMinute(starts.map((at) => Math.max(at, START)))).toBeLessThanOrEqual(297);
  });

  it("keeps one budget per client", async () => {
    const { table, client } = setUp(60);
    await lease(table, client, 100);
    expect(await lease(table, `${client}-other`, 1, "new")).toHaveLength(1);
  });

  it("gives instances that lease at the same time different turns", async () => {
    const { tables, client } = setUp(300, 6);
    const leases = await Promise.all(tables.map((table) => lease(table, client, 10)));
    const starts = leases.flat();
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts.filter((at) => at < START + 1)).toHaveLength(27);
  });

  it("is one write for an instance alone, and a read before it while others lease", async () => {
    const { tables, client, calls, state } = setUp(300, 2);
    const [one, other] = tables;
    const callsOf = async (table: BudgetTable | undefined) => {
      calls.length = 0;
      await lease(table, client, 1);
      return [...calls];
    };
    expect(await callsOf(one)).toEqual(["PutCommand"]);
    expect(await callsOf(one)).toEqual(["PutCommand"]);
    // It begins with nothing, which says nothing of others.
    expect(await callsOf(other)).toEqual(["PutCommand", "GetCommand", "PutCommand"]);
    expect(await callsOf(other)).toEqual(["PutCommand"]);
    // The other instance is faster once; from then on each reads first while both lease.
    expect(await callsOf(one)).toEqual(["PutCommand", "GetCommand", "PutCommand"]);
    expect(await callsOf(one)).toEqual(["GetCommand", "PutCommand"]);
    expect(await callsOf(other)).toEqual(["PutCommand", "GetCommand", "PutCommand"]);
    for (const table of [one, other, one]) {
      state.now += 4_000;
      expect(await callsOf(table)).toEqual(["GetCommand", "PutCommand"]);
    }
    state.now += 10_000;
    expect(await callsOf(one)).toEqual(["PutCommand"]);
  });

  it("is no write where nobody gets a turn or a place, as long as the table says that the brand asks", async () => {
    const { table, client, calls, state } = setUp(300);
    // All turns of the next second and a half.
    await lease(table, client, 60);
    const callsOf = async (kind: Ask["kind"]) => {
      calls.length = 0;
      expect(await lease(table, client, 1, kind)).toEqual([]);
      return [...calls];
    };
    expect(await callsOf("returning")).toEqual([]);
    expect(await callsOf("receipt")).toEqual([]);
    expect(await callsOf("new")).toEqual(["PutCommand"]);
    // When it has not asked for a while another brand takes all turns, until the table says that it asks.
    state.now += 10_000;
    const others = Array.from({ length: 60 }, () => ({
      brand: "b",
      kind: "returning" as const,
      places: 1,
    }));
    await table.lease(client, others);
    expect(await callsOf("returning")).toEqual(["PutCommand"]);
    expect(await callsOf("returning")).toEqual([]);
  });

  it("gives one line of places to all instances", async () => {
    const { tables, client } = setUp(300, 2);
    const [one, other] = tables;
    if (one === undefined || other === undefined) throw new Error("two instances");
    await lease(one, client, 60, "new");
    const [first, second] = [await nextOf(one, client), await nextOf(other, client)];
    expect((second ?? 0) - (first ?? 0)).toBeCloseTo(SLOW_MS, 0);
  });

  it("gives nobody a turn during a pause, whoever asked for it", async () => {
    const { tables, client, state } = setUp(300, 2);
    const [one, other] = tables;
    await lease(other, client, 1);
    await one?.pause(client, START + 20_000);
    state.now = START + 19_999;
    expect(await lease(other, client, 1)).toEqual([]);
    // A shorter pause does not end a longer one.
    state.now = START + 15_000;
    await one?.pause(client, START + 16_000);
    state.now = START + 17_000;
    expect(await lease(one, client, 1)).toEqual([]);
  });

  describe("after a pause", () => {
    /** One of two instances has the single turn, which begins now. */
    async function trying() {
      const { tables, client, state } = setUp(300, 2);
      const [one, other] = tables;
      if (one === undefined || other === undefined) throw new Error("two instances");
      await lease(other, client, 1);
      await one.pause(client, START + 20_000);
      state.now = START + 20_000;
      const asks = Array.from({ length: 3 }, () => ({
        brand: "a",
        kind: "new" as const,
        places: 1,
      }));
      const leased = await other.lease(client, asks);
      expect(leased).toEqual({
        turns: [
          { startsAt: state.now },
          { asksAgainAt: state.now + 2_000 },
          { asksAgainAt: expect.closeTo(state.now + 2_000 + SLOW_MS) },
        ],
        isTrial: true,
      });
      return { one, other, client, state };
    }

    it("is one turn alone, while others look again soon, until somebody says that it was admitted", async () => {
      const { one, other, client, state } = await trying();
      state.now += 1_000;
      expect(await lease(one, client, 5)).toEqual([]);
      await other.resume(client);
      expect((await lease(one, client, 5)).length).toBeGreaterThanOrEqual(5);
    });

    it("is another pause where the one request is refused, however short", async () => {
      const { one, other, client, state } = await trying();
      await other.pause(client, state.now + 5_000);
      state.now += 4_999;
      expect(await lease(one, client, 5)).toEqual([]);
      state.now += 1;
      expect(await lease(one, client, 5)).toEqual([state.now]);
    });

    it("is somebody else's turn where the one request is never answered", async () => {
      const { one, client, state } = await trying();
      state.now += 11_999;
      expect(await lease(one, client, 5)).toEqual([]);
      state.now += 1;
      expect(await lease(one, client, 5)).toEqual([state.now]);
    });

    it("begins no burst when turns are resumed, and nothing ends that is not paused", async () => {
      const { one, other, client, state } = await trying();
      state.now += 100;
      await other.resume(client);
      const startsAt = await lease(one, client, 10);
      expect(startsAt.filter((at) => at <= state.now)).toHaveLength(1);
      await one.resume(client);
      expect(await lease(one, client, 1)).toEqual([]);
    });
  });

  it("puts off, and fails nobody, where others are always faster", async () => {
    const { table, client } = setUp(300);
    await server.documents.send(
      new PutCommand({ TableName: TABLE, Item: { pk: `budget#${client}`, version: "none" } }),
    );
    await expect(lease(table, client, 1)).rejects.toMatchObject({
      constructor: Postponed,
      seconds: 2,
    });
  });

  it("admits no more than the limit in any minute, however it is asked", async () => {
    const asked = fc.array(
      fc.record({
        instance: fc.nat(2),
        brands: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 12 }),
        kind: fc.constantFrom<Ask["kind"]>("returning", "new", "receipt"),
        pause: fc.nat(9_000),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_000 }), asked, async (limit, asks) => {
        const { tables, client, state } = setUp(limit, 3);
        const starts: number[] = [];
        for (const { instance, brands, kind, pause } of asks) {
          state.now += pause;
          const leased = await tables[instance]?.lease(
            client,
            brands.map((brand) => ({ brand, kind, places: 1 })),
          );
          for (const turn of leased?.turns ?? []) {
            if (!("startsAt" in turn)) continue;
            expect(turn.startsAt).toBeLessThanOrEqual(state.now + 1_500);
            starts.push(Math.max(turn.startsAt, state.now));
          }
        }
        expect(fullestMinute(starts)).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 40 },
    );
  });
});
