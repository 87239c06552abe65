import {
  ConfigurationFailure,
  CountedOutage,
  HeldBack,
  LimitReached,
  MediaPending,
  OutageFailure,
  PermanentFailure,
  Postponed,
  RefusedForNow,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { SecretFault } from "../../../../lambdas/shared/secrets/secret-fault.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { batch, FIRST_RECEIVED, HOUR, setUpConsume } from "./set-up-consume.ts";

describe("what becomes of a record that was not delivered", () => {
  it("is logged with its brand, and a receipt under the id of its message, as everything else about that", async () => {
    const { run, logged } = setUpConsume({ "Failed#g1": new RetryableFailure("no") });
    await run([sqsRecord("Failed#g1", "retail-thai#receipt#g1")]);
    expect(logged).toEqual([
      [
        "Will try a message again",
        {
          brand: "retail-thai",
          correlationId: "g1",
          queueMessageId: "Failed#g1",
          receives: 1,
          seconds: 1,
          errorName: "RetryableFailure",
          errorMessage: "no",
        },
      ],
    ]);
  });

  it("is parked when it can never succeed", async () => {
    const { run, parked, told, counts, logged } = setUpConsume({
      a1: new PermanentFailure("GenesysRefused", "Genesys refused with 400."),
      b1: new RetryableFailure("Genesys answered 503."),
    });
    expect(await run(batch())).toEqual(["b1", "b2"]);
    expect(parked).toEqual(["a1 GenesysRefused"]);
    expect(told).toEqual(parked);
    expect(counts.toSorted()).toEqual(["Failed retail-thai", "Retried retail-thai"]);
    expect(logged).toContainEqual([
      "Parked a message",
      expect.objectContaining({ brand: "retail-thai", reason: "GenesysRefused" }),
    ]);
  });

  it("is tried again when parking fails, so that nothing is lost", async () => {
    const { run, told, counts } = setUpConsume(
      { a1: new PermanentFailure("GenesysRefused", "no") },
      { park: () => Promise.reject(new Error("SQS is down")) },
    );
    expect(await run(batch())).toEqual(["a1", "a2", "a3"]);
    expect(counts).toEqual(["Retried retail-thai"]);
    expect(told).toEqual([]);
  });

  it("is parked only after what the function does before that, and stays in its queue when that fails", async () => {
    const failed = { a1: new PermanentFailure("LineRefused", "no") };
    const before: string[] = [];
    const { run, parked } = setUpConsume(failed, {
      beforeParking: async ({ messageId }) => {
        before.push(`${messageId} before ${parked.length} parked`);
      },
    });
    expect(await run(batch())).toEqual([]);
    expect(before).toEqual(["a1 before 0 parked"]);
    expect(parked).toEqual(["a1 LineRefused"]);
    const untold = setUpConsume(failed, {
      beforeParking: () => Promise.reject(new Error("SQS is down")),
    });
    expect(await untold.run(batch())).toEqual(["a1", "a2", "a3"]);
    expect(untold.parked).toEqual([]);
  });

  it("is parked with what was sent of it, and stays in its queue when nobody can tell", async () => {
    const failed = { a1: new PermanentFailure("LineRefused", "no") };
    const sent = { parts: 2, sent: ["1"] };
    const { run, parkedWith } = setUpConsume(failed, {
      sentParts: async ({ messageId }) => (messageId === "a1" ? sent : undefined),
    });
    await run(batch());
    expect(parkedWith).toEqual([["a1", sent]]);
    const told: string[] = [];
    const unknown = setUpConsume(failed, {
      sentParts: () => Promise.reject(new Error("DynamoDB is down")),
      beforeParking: async ({ messageId }) => void told.push(messageId),
    });
    expect(await unknown.run(batch())).toEqual(["a1", "a2", "a3"]);
    expect([unknown.parked, told]).toEqual([[], []]);
  });

  it("is parked after the patience, counted from the first receive, and only after an attempt", async () => {
    const { run, attempted, parked } = setUpConsume(
      { a1: new RetryableFailure("Genesys answered 503.") },
      { startsAt: FIRST_RECEIVED + 12 * HOUR },
    );
    expect(await run(batch())).toEqual([]);
    expect(attempted).toEqual(expect.arrayContaining(["a1", "a2", "a3", "b1", "b2"]));
    expect(parked).toEqual(["a1 PatienceExceeded"]);
  });

  it.each([
    [1, [], ["a1 900", "a2 900", "a3 900", "b1 900", "b2 900"]],
    [0, ["a1 PatienceExceeded", "b1 PatienceExceeded"], []],
  ])(
    "is not parked for a pause that has not passed: %i ms before its patience ends",
    async (left, letters, hidden) => {
      const asked = new RetryableFailure("Genesys answered 503.", 900);
      const { run, parked, visibility } = setUpConsume(
        { a1: asked, b1: asked },
        { startsAt: FIRST_RECEIVED + 12 * HOUR - left },
      );
      await run(batch());
      expect(parked).toEqual(letters);
      expect(visibility).toEqual(hidden);
    },
  );

  const locked = new PermanentFailure("GenesysRefused", "Genesys refused with 423.");
  const MINUTE = 60_000;

  it.each<[string, number | undefined, string[]]>([
    ["at once", 0, []],
    ["for less than ten minutes", 10 * MINUTE - 1, []],
    ["for ten minutes", 10 * MINUTE, ["a1 GenesysRefused"]],
    ["for nobody knows how long", undefined, []],
  ])(
    "is parked with the platform's reason where it is refused for now %s",
    async (_, ms, letters) => {
      const startsAt = FIRST_RECEIVED + HOUR;
      const refusals: unknown[] = [];
      const { run, parked } = setUpConsume(
        { a1: new RefusedForNow(locked), b1: new RetryableFailure("Genesys answered 503.") },
        {
          startsAt,
          async add(id, kind) {
            refusals.push([id, kind]);
            return { failures: 5, refusedSince: ms === undefined ? ms : startsAt - ms };
          },
        },
      );
      await run(batch());
      expect(parked).toEqual(letters);
      expect(refusals).toEqual([
        ["a1", "refused"],
        ["b1", undefined],
      ]);
    },
  );

  const limit = new PermanentFailure("QuotaExceeded", "LINE's monthly message limit is reached.");

  it.each<[number | undefined, string[], number]>([
    // Half of what the failures allow, which is a minute.
    [0, [], 30],
    [15 * MINUTE - 60_001, [], 30],
    [15 * MINUTE - 20_000, [], 20],
    [15 * MINUTE - 1, [], 1],
    [15 * MINUTE, ["a1 QuotaExceeded"], 0],
    [undefined, [], 30],
  ])(
    "is tried for 15 minutes where a limit of messages is reached, each minute at least: %p ms of them",
    async (ms, letters, seconds) => {
      const startsAt = FIRST_RECEIVED + HOUR;
      const kinds: unknown[] = [];
      const { run, parked, visibility } = setUpConsume(
        { a1: new LimitReached(limit) },
        {
          startsAt,
          async add(_, kind) {
            kinds.push(kind);
            return { failures: 9, limitedSince: ms === undefined ? ms : startsAt - ms };
          },
        },
      );
      await run(batch().filter(({ messageId }) => /^a[12]$/.test(messageId)));
      expect([kinds, parked]).toEqual([["limited"], letters]);
      expect(visibility).toEqual(seconds === 0 ? [] : [`a1 ${seconds}`, `a2 ${seconds}`]);
    },
  );

  it("keeps the pause that the other side asks for where a limit is reached", async () => {
    const startsAt = FIRST_RECEIVED + HOUR;
    const { run, visibility } = setUpConsume(
      { a1: new LimitReached(limit, 300) },
      { startsAt, add: async () => ({ failures: 1, limitedSince: startsAt }) },
    );
    await run(batch().slice(0, 1));
    expect(visibility).toEqual(["a1 300"]);
  });

  it("is given back when it is postponed, which is no failure and ends nobody's patience", async () => {
    const { run, visibility, counts, parked } = setUpConsume(
      {
        a1: new Postponed("The requests of this minute are used.", 12),
        b1: new Postponed("The requests of this minute are used."),
      },
      { startsAt: FIRST_RECEIVED + 13 * HOUR },
    );
    expect(await run(batch())).toHaveLength(5);
    expect(visibility).toEqual(expect.arrayContaining(["a1 12", "a2 12", "b1 48", "b2 48"]));
    expect(counts).toEqual(["PutOff retail-thai", "PutOff retail-thai"]);
    expect(parked).toEqual([]);
  });

  it("is given back while its media is prepared, and counts as nothing: that is its ordinary way", async () => {
    const { run, visibility, counts, parked } = setUpConsume(
      { a1: new MediaPending("An image of the message is being prepared.", 2) },
      { startsAt: FIRST_RECEIVED + 13 * HOUR },
    );
    await run(batch());
    expect(visibility).toEqual(expect.arrayContaining(["a1 2", "a2 2"]));
    expect([counts, parked]).toEqual([[], []]);
  });

  describe("behind an open breaker", () => {
    const outage =
      "Held back, because LINE's API does not work. Its last failure: LINE answered 503.";
    const untried = new HeldBack(outage, { isAccessRefused: false });
    const refused = new ConfigurationFailure("line", "LINE refused with 403");
    const tried = new HeldBack(outage, { tried: refused, isAccessRefused: true });
    const add = () => Promise.reject(new Error("its backoff would grow"));

    it("waits for a time that grows with what it has waited, and fails in nobody's eyes", async () => {
      const startsAt = FIRST_RECEIVED + 100_000;
      const { run, visibility, counts, logged, parked } = setUpConsume(
        { a1: untried, b1: tried },
        { startsAt, add },
      );
      await run(batch());
      expect(visibility.toSorted()).toEqual(["a1 10", "a2 10", "a3 10", "b1 10", "b2 10"]);
      expect(counts.toSorted()).toEqual([
        "HeldBack retail-thai",
        "HeldBack retail-thai",
        "LineAccessRefused retail-thai",
        "PutOff retail-thai",
        "Retried retail-thai",
      ]);
      expect(parked).toEqual([]);
      expect(logged).toContainEqual([
        "Put a message off, untried",
        expect.objectContaining({ errorName: "HeldBack", errorMessage: outage, seconds: 10 }),
      ]);
      expect(JSON.stringify(logged)).not.toContain("Could not count");
    });

    it.each([
      [1, []],
      [0, ["a1 PatienceExceeded", "b1 PatienceExceeded"]],
    ])("is parked when its patience ends: %i ms before that", async (left, letters) => {
      const details: string[] = [];
      const { run, parked } = setUpConsume(
        { a1: untried, b1: tried },
        {
          startsAt: FIRST_RECEIVED + 12 * HOUR - left,
          beforeParking: async (_, { message }) => void details.push(message),
        },
      );
      await run(batch());
      expect(parked).toEqual(letters);
      expect(details).toEqual(letters.map(() => `It waited for as long as configured. ${outage}`));
    });
  });

  describe("with an outage that others do not see", () => {
    const startsAt = FIRST_RECEIVED + HOUR;
    const outage = new OutageFailure("Genesys answered 500.");
    const alone = new CountedOutage(outage, true);

    function setUpAlone(ms: number, tries: number, error: Error = alone) {
      return setUpConsume(
        { a1: error },
        {
          startsAt,
          add: async (_, kind) =>
            kind === "alone"
              ? { failures: 12, alone: tries, aloneSince: startsAt - ms }
              : { failures: 12 },
        },
      );
    }

    it.each([
      ["for ten minutes and five tries", 10 * MINUTE, 5, ["a1 KeepsFailing"]],
      ["for less than ten minutes", 10 * MINUTE - 1, 9, []],
      ["at less than five tries", HOUR, 4, []],
    ])("is parked with a reason of its own after that %s", async (_, ms, tries, letters) => {
      const { run, parked, counts } = setUpAlone(ms, tries);
      await run(batch());
      expect(parked).toEqual(letters);
      expect(counts).toEqual([letters.length > 0 ? "Failed retail-thai" : "Retried retail-thai"]);
    });

    it("waits on where the outage may be everybody's", async () => {
      const { run, parked } = setUpAlone(HOUR, 9, new CountedOutage(outage, false));
      await run(batch());
      expect(parked).toEqual([]);
    });

    it("comes back when the ten minutes end, unless it was asked to come later", async () => {
      const { run, visibility } = setUpAlone(10 * MINUTE - 15_000, 8);
      await run([sqsRecord("a1", "retail-thai#A")]);
      expect(visibility).toEqual(["a1 15"]);
      const asked = new CountedOutage(new OutageFailure("Genesys answered 503.", 300), true);
      const later = setUpAlone(9 * MINUTE, 8, asked);
      await later.run([sqsRecord("a1", "retail-thai#A")]);
      expect(later.visibility).toEqual(["a1 300"]);
    });
  });

  it("backs off by the failures, not by the receives, which are at hand when the table is not", async () => {
    const failed = { a1: new RetryableFailure("Genesys answered 503.") };
    const often = [sqsRecord("a1", "retail-thai#A", {}, { ApproximateReceiveCount: "8" })];
    const { run, visibility } = setUpConsume(failed, { add: async () => ({ failures: 3 }) });
    await run(often);
    expect(visibility).toEqual(["a1 4"]);
    const without = setUpConsume(failed, { add: () => Promise.reject(new Error("down")) });
    await without.run(often);
    expect(without.visibility).toEqual(["a1 30"]);
  });

  it.each([
    [new ConfigurationFailure("genesys", "Genesys refused with 403"), "GenesysAccessRefused"],
    [new ConfigurationFailure("line", "LINE refused with 403"), "LineAccessRefused"],
    [new SecretFault("The secret is a placeholder."), "SecretFault"],
  ])(
    "is counted apart for %p, by its side, and retried like an outage",
    async (failure, metric) => {
      const { run, counts } = setUpConsume({ b1: failure });
      expect(await run(batch())).toEqual(["b1", "b2"]);
      expect(counts).toEqual(["Retried retail-thai", `${metric} retail-thai`]);
    },
  );

  it("is retried after what is unexpected, without quoting it", async () => {
    const { run, logged } = setUpConsume({ a1: new SyntaxError('Unexpected token "geheim"') });
    expect(await run(batch())).toContain("a1");
    expect(JSON.stringify(logged)).toContain("SyntaxError");
    expect(JSON.stringify(logged)).not.toContain("geheim");
  });
});
