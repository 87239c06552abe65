import {
  afterClaim,
  afterFailure,
  afterNoProbe,
  afterSuccess,
  type BreakerState,
  CLOSED,
  type FailedCall,
  openAt,
  othersSucceed,
} from "../../../../lambdas/shared/breaker/breaker-state.ts";

const failure = (customer: string, at: number, more: Partial<FailedCall> = {}): FailedCall => ({
  customer,
  at,
  error: "LINE answered 503.",
  isAccessRefused: false,
  isProbe: false,
  ...more,
});

/** Customers whose calls fail at these times, in seconds, without delay. */
function failures(...calls: [customer: string, second: number][]): BreakerState {
  return calls.reduce(
    (state, [customer, second]) =>
      afterFailure(state, failure(customer, second * 1_000), second * 1_000),
    CLOSED,
  );
}

const isOpen = (state: BreakerState, second: number) => openAt(state, second * 1_000) !== undefined;
const OPEN = failures(["a", 0], ["b", 0], ["c", 0]);

/** Who may probe at these times, one after the other; each probe fails at once. */
function probes(...tries: [customer: string, second: number][]): boolean[] {
  let state = OPEN;
  return tries.map(([customer, second]) => {
    const at = second * 1_000;
    const claimed = afterClaim(state, customer, at);
    if (claimed !== undefined) {
      state = afterFailure(claimed, failure(customer, at, { isProbe: true }), at);
    }
    return claimed !== undefined;
  });
}

describe("a breaker", () => {
  it.each<[string, Parameters<typeof failures>, boolean]>([
    [
      "three customers fail within a minute",
      [
        ["a", 0],
        ["b", 30],
        ["c", 59],
      ],
      true,
    ],
    [
      "three customers fail in more than a minute",
      [
        ["a", 0],
        ["b", 30],
        ["c", 60],
      ],
      false,
    ],
    [
      "two customers fail, however often",
      [
        ["a", 0],
        ["b", 1],
        ["a", 2],
        ["b", 3],
        ["a", 4],
      ],
      false,
    ],
    [
      "one of three fails again in time",
      [
        ["a", 0],
        ["b", 50],
        ["a", 60],
        ["c", 61],
      ],
      true,
    ],
  ])("opens or not: %s", (_, calls, expected) => {
    expect(isOpen(failures(...calls), calls.at(-1)?.[1] ?? 0)).toBe(expected);
  });

  it("counts only failures since a call has succeeded", () => {
    const two = failures(["a", 0], ["b", 1]);
    const success = afterSuccess(two, { customer: "d", at: 2_000 }, 1_500);
    const third = afterFailure(success, failure("c", 3_000), 3_000);
    expect(isOpen(third, 3)).toBe(false);
    expect(third.failed).toEqual([{ customer: "c", at: 3_000 }]);
  });

  it("does not count what began before another call succeeded: that host works", () => {
    const success = afterSuccess(CLOSED, { customer: "d", at: 2_000 }, 1_500);
    const slow = ["a", "b", "c"].reduce(
      (state, customer) => afterFailure(state, failure(customer, 1_000), 11_000),
      success,
    );
    expect(isOpen(slow, 11)).toBe(false);
  });

  it("says when it opened and why", () => {
    const refused = { error: "Genesys refused with 403.", isAccessRefused: true };
    const state = afterFailure(failures(["a", 0], ["b", 1]), failure("c", 2_000, refused), 2_500);
    expect(openAt(state, 2_500)).toEqual({
      since: 2_500,
      failedAt: 2_000,
      probeAt: 12_500,
      probed: [],
      lastError: "Genesys refused with 403.",
      isAccessRefused: true,
    });
  });

  it("closes when a call succeeds that began after the last failure, and not before", () => {
    const before = afterSuccess(OPEN, { customer: "d", at: 5_000 }, -1);
    expect(isOpen(before, 5)).toBe(true);
    const after = afterSuccess(OPEN, { customer: "d", at: 5_000 }, 1);
    expect(isOpen(after, 5)).toBe(false);
    expect(after.failed).toEqual([]);
  });

  it("is nobody's when its probe has been due for five minutes", () => {
    expect(isOpen(OPEN, 309)).toBe(true);
    expect(isOpen(OPEN, 310)).toBe(false);
    expect(isOpen(afterFailure(OPEN, failure("a", 310_000), 310_000), 310)).toBe(false);
  });

  describe("its probes", () => {
    it("are ten seconds apart", () => {
      expect(probes(["d", 9], ["d", 10], ["e", 19], ["e", 20])).toEqual([false, true, false, true]);
    });

    it("are another customer's each time while others wait", () => {
      expect(probes(["d", 10], ["d", 20], ["e", 20], ["d", 30], ["f", 30])).toEqual([
        true,
        false,
        true,
        false,
        true,
      ]);
    });

    it("are the same customer's after half a minute where nobody else waits", () => {
      expect(probes(["d", 10], ["d", 39], ["d", 40], ["d", 69], ["d", 70])).toEqual([
        true,
        false,
        true,
        false,
        true,
      ]);
    });

    it("wait for as long as the host asks", () => {
      const claimed = afterClaim(OPEN, "d", 10_000) ?? CLOSED;
      const probe = failure("d", 10_000, { isProbe: true, retryAfterSeconds: 60 });
      const asked = afterFailure(claimed, probe, 11_000);
      expect(afterClaim(asked, "e", 70_999)).toBeUndefined();
      expect(afterClaim(asked, "e", 71_000)).toBeDefined();
    });

    it("say what the host failed with last; calls that were under way say nothing", () => {
      const other = { error: "LINE answered 500." };
      expect(afterFailure(OPEN, failure("d", 1, other), 2)).toBe(OPEN);
      const probed = afterFailure(OPEN, failure("d", 10_000, { ...other, isProbe: true }), 10_000);
      expect(openAt(probed, 10_000)?.lastError).toBe("LINE answered 500.");
    });

    it("are due at once where one was not made, unless the next has begun", () => {
      const first = afterClaim(OPEN, "d", 10_000) ?? CLOSED;
      const notMade = afterNoProbe(first, "d", 11_000);
      expect(afterClaim(notMade, "d", 11_000)).toBeDefined();
      const second = afterClaim(first, "e", 20_000) ?? CLOSED;
      expect(afterNoProbe(second, "d", 21_000)).toBe(second);
      expect(afterNoProbe(CLOSED, "d", 11_000)).toBe(CLOSED);
    });

    it("are none while it is closed", () => {
      expect(afterClaim(CLOSED, "a", 0)).toBeUndefined();
    });
  });

  it("knows for five minutes whether others succeed, whoever succeeded last", () => {
    const one = afterSuccess(CLOSED, { customer: "b", at: 0 }, 0);
    const both = afterSuccess(one, { customer: "a", at: 1_000 }, 1_000);
    expect(othersSucceed(both, "a", 299_999)).toBe(true);
    expect(othersSucceed(both, "a", 300_000)).toBe(false);
    const only = afterSuccess(CLOSED, { customer: "a", at: 0 }, 0);
    expect(othersSucceed(only, "a", 0)).toBe(false);
  });
});
