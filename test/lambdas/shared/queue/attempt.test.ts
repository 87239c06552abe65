import { ensureTime } from "../../../../lambdas/shared/queue/attempt.ts";

describe("ensureTime", () => {
  it("lets a request begin that has 45 s left, and puts off one that has less", () => {
    const attempt = { endsAt: 100_000 };
    expect(() => ensureTime(attempt, 55_000)).not.toThrow();
    expect(() => ensureTime(attempt, 55_001)).toThrow(
      expect.objectContaining({ name: "Postponed", seconds: 1 }),
    );
  });
});
