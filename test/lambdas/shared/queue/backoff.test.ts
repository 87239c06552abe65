import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import {
  backoffSeconds,
  putOffSeconds,
  visibilitySeconds,
} from "../../../../lambdas/shared/queue/backoff.ts";
import { sqsRecord } from "../../sqs-record.ts";

const HOUR = 3_600_000;
const received = (times: number) =>
  sqsRecord("a", "g", {}, { ApproximateReceiveCount: String(times) });

describe("backoffSeconds", () => {
  it.each([
    [1, 0, 12, 1],
    [1, 0.999, 12, 2],
    [5, 0, 12, 16],
    [6, 0, 12, 30],
    [200, 0.999, 12, 60],
    [200, 0.999, 23, 92],
  ])(
    "after %i failures with random %d and a patience of %i h waits %i s",
    (failures, random, hours, seconds) => {
      const error = new RetryableFailure("no");
      expect(backoffSeconds(failures, error, { patienceMs: hours * HOUR, random })).toBe(seconds);
    },
  );

  it("adds a tenth at random to what the other side asked for, whatever the number of failures", () => {
    const waits = (failures: number, asked: number, random: number) =>
      backoffSeconds(failures, new RetryableFailure("no", asked), {
        patienceMs: 12 * HOUR,
        random,
      });
    expect(waits(12, 60, 0.999)).toBe(66);
    expect(waits(12, 900, 0.999)).toBe(900);
    expect(waits(5, 0, 0)).toBe(16);
  });

  it.each([
    [1, 60],
    [12, 60],
    [23, 100],
  ])(
    "with a patience of %i h tries a message that fails alone at least every %i s, and stays below 1,000 receives",
    (hours, longest) => {
      const patienceMs = hours * HOUR;
      for (const random of [0, 0.5, 0.999]) {
        const pauses = pausesOf(patienceMs, (_, tries) =>
          backoffSeconds(tries, new RetryableFailure("no"), { patienceMs, random }),
        );
        expect(pauses.length).toBeLessThan(1_000);
        expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
      }
    },
  );
});

describe("putOffSeconds", () => {
  it.each([
    ["just now", 0, 12, 0, 3],
    ["half a minute ago", 30_000, 12, 0, 3],
    ["two minutes ago", 120_000, 12, 0, 12],
    ["two minutes ago, with jitter", 120_000, 12, 0.999, 13],
    ["an hour ago", HOUR, 12, 0, 48],
    ["an hour ago, with jitter", HOUR, 12, 0.999, 52],
    ["an hour ago, patience is short", HOUR, 1, 0, 15],
    ["a day ago", 23 * HOUR, 23, 0.999, 99],
  ])("puts off what came %s", (_, waited, hours, random, seconds) => {
    expect(putOffSeconds(waited, hours * HOUR, random)).toBe(seconds);
  });

  it.each([
    [1, 60],
    [6, 60],
    [12, 60],
    [23, 100],
  ])(
    "lets a message that is held back for the whole patience of %i h neither reach 1,000 receives nor wait longer than %i s at a time",
    (hours, longest) => {
      for (const random of [0, 0.5, 0.999]) {
        const pauses = pausesOf(hours * HOUR, (waited) =>
          putOffSeconds(waited, hours * HOUR, random),
        );
        expect(pauses.length).toBeLessThan(1_000);
        expect(Math.max(...pauses)).toBeLessThanOrEqual(longest);
      }
    },
  );
});

/** The pauses of a message until its patience has ended. */
function pausesOf(
  patienceMs: number,
  pauseAfter: (waitedMs: number, tries: number) => number,
): number[] {
  const pauses: number[] = [];
  for (let waited = 0; waited < patienceMs; ) {
    const received = sqsRecord("a", "g", {}, { ApproximateReceiveCount: `${pauses.length + 1}` });
    const pace = { now: 1_000_000 + waited, patienceMs };
    const pause = visibilitySeconds([received], pauseAfter(waited, pauses.length + 1), pace);
    pauses.push(pause);
    waited += pause * 1_000;
  }
  return pauses;
}

describe("visibilitySeconds", () => {
  const fresh = { now: 1_000_000, patienceMs: 12 * HOUR };

  it("is at least a second, and no longer than SQS can keep a message invisible", () => {
    expect(visibilitySeconds([received(1)], 0, fresh)).toBe(1);
    expect(visibilitySeconds([received(1)], 77, fresh)).toBe(77);
    expect(visibilitySeconds([received(1)], 90_000, fresh)).toBe(39_600);
  });

  it("leaves the pace of many receives alone where they are spread over time", () => {
    const late = { now: 1_000_000 + 6 * HOUR, patienceMs: 12 * HOUR };
    expect(visibilitySeconds([received(530)], 1, late)).toBe(1);
    expect(visibilitySeconds([received(531)], 1, late)).toBe(48);
  });

  it.each([1, 6, 12, 23])(
    "lets no message reach 1,000 receives within its patience of %i h, whatever the other side asks for",
    (hours) => {
      expect(pausesOf(hours * HOUR, () => 1).length).toBeLessThan(1_000);
    },
  );

  it("goes by whichever record of a group has had the most receives, because all of them come back together", () => {
    expect(visibilitySeconds([received(1), received(81)], 1, fresh)).toBe(48);
    expect(visibilitySeconds([received(1), received(981)], 1, fresh)).toBe(900);
  });
});
