import { createBreaker } from "../../../../lambdas/shared/breaker/breaker.ts";
import { memoryTable } from "./memory-table.ts";

const HOST = "line-api";
const MINUTE = 60_000;

function setUp() {
  const clock = { now: 1_000_000 };
  const memory = memoryTable();
  const logged: unknown[][] = [];
  const log = (...entry: unknown[]) => void logged.push(entry);
  /** One more instance of the function. */
  const instance = () => {
    const breaker = createBreaker({
      host: HOST,
      table: memory.table,
      log: { info: log, warn: log, error: log },
      now: () => clock.now,
    });
    return {
      ...breaker,
      fails: (customer: string, isProbe = false) =>
        breaker.failed({
          customer,
          at: clock.now,
          error: "LINE answered 503.",
          isAccessRefused: false,
          isProbe,
        }),
      succeeds: (customer: string, isProbe = false) =>
        breaker.succeeded({ customer, beganAt: clock.now, isProbe }),
    };
  };
  return { ...memory, clock, logged, instance };
}

describe("the breaker of a host", () => {
  it("asks the table nothing while its instance sees no failure", async () => {
    const { instance, calls, clock } = setUp();
    const one = instance();
    for (let i = 0; i < 100; i += 1) {
      expect(await one.open()).toBeUndefined();
      await one.succeeds(`customer ${i}`);
      clock.now += MINUTE;
    }
    expect(calls).toEqual({ reads: 0, writes: 0 });
  });

  it("opens by what several instances see, and those who fail learn of it", async () => {
    const { instance, stateOf } = setUp();
    const [one, other] = [instance(), instance()];
    await one.fails("a");
    await other.fails("b");
    expect(stateOf(HOST).open).toBeUndefined();
    expect((await one.fails("c")).open).toBeDefined();
    expect(await one.open()).toBeDefined();
    expect(await other.open()).toBeUndefined();
    expect((await other.fails("d")).open).toBeDefined();
    expect(await other.open()).toBeDefined();
  });

  it("reads and writes little where many fail at once", async () => {
    const { instance, calls } = setUp();
    const one = instance();
    await Promise.all(Array.from({ length: 40 }, (_, i) => one.fails(`customer ${i}`)));
    expect(calls).toEqual({ reads: 1, writes: 3 });
  });

  it("is read once a second while it is known as open, whoever asks", async () => {
    const { instance, calls, clock } = setUp();
    const one = instance();
    for (const customer of ["a", "b", "c"]) await one.fails(customer);
    const before = calls.reads;
    clock.now += 1_000;
    await Promise.all(Array.from({ length: 40 }, () => one.open()));
    expect(calls.reads).toBe(before + 1);
    clock.now += 999;
    await one.open();
    expect(calls.reads).toBe(before + 1);
  });

  it("gives a probe to one of all who want it at the same time", async () => {
    const { instance, clock } = setUp();
    const [one, other] = [instance(), instance()];
    for (const customer of ["a", "b", "c"]) await one.fails(customer);
    await other.fails("d");
    clock.now += 10_000;
    const claims = await Promise.all([
      one.claim("e"),
      one.claim("f"),
      other.claim("g"),
      other.claim("h"),
    ]);
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it("closes by a probe, for other instances within a second", async () => {
    const { instance, clock, logged } = setUp();
    const [one, other] = [instance(), instance()];
    for (const customer of ["a", "b", "c"]) await one.fails(customer);
    await other.fails("d");
    clock.now += 10_000;
    expect(await one.claim("e")).toBe(true);
    await one.succeeds("e", true);
    expect(await one.open()).toBeUndefined();
    clock.now += 1_000;
    expect(await other.open()).toBeUndefined();
    expect(logged).toEqual([
      [
        "A host fails: messages that need it are held back",
        { host: HOST, errorMessage: "LINE answered 503." },
      ],
      ["A host works again: messages go on", { host: HOST, seconds: 10 }],
    ]);
  });

  it("tells of successes once a minute, by an instance that has seen a failure within 15 minutes", async () => {
    const { instance, calls, clock, stateOf } = setUp();
    const one = instance();
    await one.fails("a");
    expect(calls.writes).toBe(1);
    clock.now += 1;
    await one.succeeds("b");
    expect(calls.writes).toBe(2);
    expect(stateOf(HOST)).toMatchObject({ failed: [], succeeded: [{ customer: "b" }] });
    clock.now += MINUTE - 1;
    await one.succeeds("c");
    expect(calls.writes).toBe(2);
    clock.now += 1;
    await one.succeeds("d");
    expect(calls.writes).toBe(3);
    clock.now += 15 * MINUTE;
    await one.succeeds("e");
    expect(calls.writes).toBe(3);
  });

  it("counts with a failure what it has heard of successes, without having told of them", async () => {
    const { instance, clock, stateOf } = setUp();
    const [one, other] = [instance(), instance()];
    await other.fails("a");
    await other.fails("b");
    clock.now += 1;
    await one.succeeds("d");
    const state = await one.fails("c");
    expect(state.open).toBeUndefined();
    expect(stateOf(HOST).succeeded).toMatchObject([{ customer: "d" }]);
  });

  it("reads again where somebody else was faster", async () => {
    const { instance, faults, stateOf } = setUp();
    const [one, other] = [instance(), instance()];
    faults.beforeWrite = () => other.fails("b");
    await one.fails("a");
    expect(stateOf(HOST).failed.map(({ customer }) => customer)).toEqual(["a", "b"]);
  });

  it("holds nobody back when the table cannot be reached, and says so", async () => {
    const { instance, faults, clock, logged } = setUp();
    const one = instance();
    for (const customer of ["a", "b", "c"]) await one.fails(customer);
    clock.now += 1_000;
    faults.error = new Error("geheim");
    expect(await one.open()).toBeUndefined();
    await expect(one.fails("d")).resolves.toMatchObject({ failed: [] });
    expect(JSON.stringify(logged)).toContain("Could not use the breaker of a host");
    expect(JSON.stringify(logged)).not.toContain("geheim");
    delete faults.error;
    expect((await one.fails("e")).open).toBeDefined();
  });
});
