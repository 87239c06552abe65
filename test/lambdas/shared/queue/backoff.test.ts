import { Postponed, RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { backoffSeconds, visibilitySeconds } from "../../../../lambdas/shared/queue/backoff.ts";
import { sqsRecord } from "../../sqs-record.ts";

const received = (times: number) =>
  sqsRecord("a", "g", {}, { ApproximateReceiveCount: String(times) });

describe("backoffSeconds", () => {
  it.each([
    [1, 0, 1],
    [1, 0.999, 2],
    [5, 0, 16],
    [10, 0, 450],
    [200, 0.999, 900],
  ])("after %i failures with random %d waits %i s", (failures, random, seconds) => {
    expect(backoffSeconds(failures, new RetryableFailure("no"), random)).toBe(seconds);
  });

  it("adds a tenth at random to what the other side asked for, whatever the number of failures", () => {
    expect(backoffSeconds(12, new RetryableFailure("no", 60), 0.999)).toBe(66);
    expect(backoffSeconds(12, new RetryableFailure("no", 900), 0.999)).toBe(900);
    expect(backoffSeconds(5, new RetryableFailure("no", 0), 0)).toBe(16);
  });

  it("backs off from what is put off without a time, too", () => {
    expect(backoffSeconds(4, new Postponed("no turn"), 0)).toBe(8);
  });
});

describe("visibilitySeconds", () => {
  it("is at least a second, and no longer than SQS can keep a message invisible", () => {
    expect(visibilitySeconds([received(1)], 0)).toBe(1);
    expect(visibilitySeconds([received(1)], 77)).toBe(77);
    expect(visibilitySeconds([received(1)], 90_000)).toBe(39_600);
  });

  it("lets no message reach 1,000 receives before the longest patience, whatever the other side asks for", () => {
    let seconds = 0;
    for (let receives = 1; receives <= 1_000; receives += 1) {
      seconds += visibilitySeconds([received(1), received(receives)], 1);
    }
    expect(seconds).toBeGreaterThan(23 * 3_600);
  });
});
