import {
  ConfigurationFailure,
  PermanentFailure,
  Postponed,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import {
  type ConsumeDependencies,
  consumeFifo,
} from "../../../../lambdas/shared/queue/consume-fifo.ts";
import { SecretFault } from "../../../../lambdas/shared/secrets/secret-fault.ts";
import { sqsRecord } from "../../sqs-record.ts";

const HOUR = 3_600_000;
const FIRST_RECEIVED = 1_000_000;

function setUp(failures: Record<string, Error>, overrides: Partial<ConsumeDependencies> = {}) {
  const attempted: string[] = [];
  const parked: string[] = [];
  const visibility: string[] = [];
  const counts: string[] = [];
  const waits: number[] = [];
  const logged: unknown[] = [];
  const log = (...entry: unknown[]) => logged.push(entry);
  const deps: ConsumeDependencies = {
    attempt: async ({ messageId }) => {
      attempted.push(messageId);
      await new Promise((resolve) => setImmediate(resolve));
      const failure = failures[messageId];
      if (failure !== undefined) throw failure;
    },
    park: async (record, failure) => {
      parked.push(`${record.messageId} ${failure.reason}`);
    },
    countFailure: async () => 1,
    setVisibility: async (records, seconds) => {
      visibility.push(...records.map(({ messageId }) => `${messageId} ${seconds}`));
    },
    patienceMs: 12 * HOUR,
    attemptMs: 10_000,
    noteWait: (seconds) => waits.push(seconds),
    count: (metric, brand) => counts.push(`${metric} ${brand}`),
    log: { info: log, warn: log, error: log },
    now: () => FIRST_RECEIVED + HOUR,
    random: () => 0,
    ...overrides,
  };
  const run = async (records: ReturnType<typeof sqsRecord>[], remainingMs = () => 45_000) => {
    const { batchItemFailures } = await consumeFifo(records, remainingMs, deps);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { run, attempted, parked, visibility, counts, waits, logged };
}

const batch = () => [
  sqsRecord("a1", "retail-thai#A"),
  sqsRecord("b1", "retail-thai#B"),
  sqsRecord("a2", "retail-thai#A"),
  sqsRecord("b2", "retail-thai#B"),
  sqsRecord("a3", "retail-thai#A"),
];

describe("consumeFifo", () => {
  it("attempts every record, each customer's in order", async () => {
    const { run, attempted } = setUp({});
    expect(await run(batch())).toEqual([]);
    expect(attempted.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
    expect(attempted.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2"]);
  });

  it("works on customers in parallel", async () => {
    const { run, attempted } = setUp({});
    await run(batch());
    expect(attempted.slice(0, 2)).toEqual(["a1", "b1"]);
  });

  it("notes how long the oldest message of each customer has waited that goes back", async () => {
    const failed = { a1: new RetryableFailure("no"), b1: new Postponed("not yet", 9) };
    const { run, waits } = setUp(failed);
    await run([
      sqsRecord("a1", "retail-thai#A", {}, { SentTimestamp: String(FIRST_RECEIVED) }),
      sqsRecord("a2", "retail-thai#A"),
      sqsRecord("b1", "retail-thai#B", {}, { SentTimestamp: String(FIRST_RECEIVED + HOUR / 2) }),
      sqsRecord("c1", "retail-thai#C"),
    ]);
    expect(waits.sort()).toEqual([1_800, 3_600]);
    const parked = setUp({ a1: new PermanentFailure("GenesysRefused", "no", "MessageExpired") });
    await parked.run(batch());
    expect(parked.waits).toEqual([]);
  });

  it("logs a receipt under the id of its message, as everything else about that", async () => {
    const { run, logged } = setUp({ "Failed#g1": new RetryableFailure("no") });
    await run([sqsRecord("Failed#g1", "retail-thai#receipt#g1")]);
    expect(logged).toMatchObject([["Will try a message again", { correlationId: "g1" }]]);
  });

  it("gives the later records of a failed customer back unattempted, with the same visibility", async () => {
    const { run, attempted, visibility, counts } = setUp({
      a2: new RetryableFailure("Genesys answered 503."),
    });
    expect(await run(batch())).toEqual(["a2", "a3"]);
    expect(attempted).not.toContain("a3");
    expect(attempted).toContain("b2");
    expect(visibility).toEqual(["a2 1", "a3 1"]);
    expect(counts).toEqual(["Retried retail-thai"]);
  });

  it("obeys Retry-After", async () => {
    const { run, visibility } = setUp({ b1: new RetryableFailure("Genesys answered 429.", 77) });
    await run(batch());
    expect(visibility).toEqual(["b1 77", "b2 77"]);
  });

  it("parks what can never succeed and goes on with the customer's next record", async () => {
    const { run, attempted, parked, counts } = setUp({
      a1: new PermanentFailure("GenesysRefused", "Genesys refused with 400."),
    });
    expect(await run(batch())).toEqual([]);
    expect(parked).toEqual(["a1 GenesysRefused"]);
    expect(attempted).toContain("a3");
    expect(counts).toEqual(["Failed retail-thai"]);
  });

  it("tries again when parking fails, so that nothing is lost", async () => {
    const { run } = setUp(
      { a1: new PermanentFailure("GenesysRefused", "no") },
      { park: () => Promise.reject(new Error("SQS is down")) },
    );
    expect(await run(batch())).toEqual(["a1", "a2", "a3"]);
  });

  it("parks after the patience, counted from the first receive, and only after an attempt", async () => {
    const late = { now: () => FIRST_RECEIVED + 12 * HOUR };
    const { run, attempted, parked } = setUp(
      { a1: new RetryableFailure("Genesys answered 503.") },
      late,
    );
    expect(await run(batch())).toEqual([]);
    expect(attempted).toEqual(expect.arrayContaining(["a1", "a2", "a3", "b1", "b2"]));
    expect(parked).toEqual(["a1 PatienceExceeded"]);
  });

  it("gives back what is postponed, which is no failure and ends nobody's patience", async () => {
    const { run, visibility, counts, parked } = setUp(
      {
        a1: new Postponed("The requests of this minute are used.", 12),
        b1: new Postponed("The requests of this minute are used."),
      },
      { now: () => FIRST_RECEIVED + 13 * HOUR },
    );
    expect(await run(batch())).toHaveLength(5);
    expect(visibility).toEqual(expect.arrayContaining(["a1 12", "a2 12", "b1 1", "b2 1"]));
    expect(counts).toEqual(["PutOff retail-thai", "PutOff retail-thai"]);
    expect(parked).toEqual([]);
  });

  it("backs off by the failures, not by the receives, which are at hand when the table is not", async () => {
    const failed = { a1: new RetryableFailure("Genesys answered 503.") };
    const often = [sqsRecord("a1", "retail-thai#A", {}, { ApproximateReceiveCount: "8" })];
    const { run, visibility } = setUp(failed, { countFailure: async () => 3 });
    await run(often);
    expect(visibility).toEqual(["a1 4"]);
    const without = setUp(failed, { countFailure: () => Promise.reject(new Error("down")) });
    await without.run(often);
    expect(without.visibility).toEqual(["a1 128"]);
  });

  it.each([
    [new ConfigurationFailure("genesys", "Genesys refused with 403"), "GenesysAccessRefused"],
    [new ConfigurationFailure("line", "LINE refused with 403"), "LineAccessRefused"],
    [new SecretFault("The secret is a placeholder."), "SecretFault"],
  ])("counts %p apart, by its side, and retries it like an outage", async (failure, metric) => {
    const { run, counts } = setUp({ b1: failure });
    expect(await run(batch())).toEqual(["b1", "b2"]);
    expect(counts).toEqual(["Retried retail-thai", `${metric} retail-thai`]);
  });

  it("retries what is unexpected, without quoting it", async () => {
    const { run, logged } = setUp({ a1: new SyntaxError('Unexpected token "geheim"') });
    expect(await run(batch())).toContain("a1");
    expect(JSON.stringify(logged)).toContain("SyntaxError");
    expect(JSON.stringify(logged)).not.toContain("geheim");
  });

  it("begins no attempt that the function's time could cut off", async () => {
    let remaining = 45_000;
    const { run, attempted, visibility } = setUp({}, { attemptMs: 20_000 });
    const failures = await run(
      [sqsRecord("a1", "x#A"), sqsRecord("a2", "x#A"), sqsRecord("a3", "x#A")],
      () => {
        remaining -= 15_000;
        return remaining;
      },
    );
    expect(attempted).toEqual(["a1"]);
    expect(failures).toEqual(["a2", "a3"]);
    expect(visibility).toEqual(["a2 1", "a3 1"]);
  });

  it("still reports the failures when their visibility cannot be set", async () => {
    const { run } = setUp(
      { a1: new RetryableFailure("no") },
      { setVisibility: () => Promise.reject(new Error()) },
    );
    expect(await run(batch())).toEqual(["a1", "a2", "a3"]);
  });
});
