import type { StoredName } from "../../../lambdas/shared/aws/customer-table.ts";
import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/errors.ts";
import { createNickname } from "../../../lambdas/worker/nickname.ts";

function setUp(stored: StoredName | undefined, displayName: () => Promise<string>) {
  const state = { now: 0, asked: 0, put: [] as string[] };
  const log = () => undefined;
  const nickname = createNickname({
    customers: {
      getDisplayName: async () => stored,
      putDisplayName: async (_brand, _customer, name) => {
        state.put.push(name);
      },
    },
    line: {
      displayName: () => {
        state.asked++;
        return displayName();
      },
    },
    log: { info: log, warn: log, error: log },
    now: () => state.now,
  });
  return { state, nickname: () => nickname("retail-thai", "U1") };
}

describe("a customer's nickname", () => {
  it("is the LINE profile's name, which is stored", async () => {
    const { state, nickname } = setUp(undefined, async () => "สมชาย");
    expect(await nickname()).toBe("สมชาย");
    expect(state.put).toEqual(["สมชาย"]);
  });

  it("is the stored name while that is fresh", async () => {
    const { state, nickname } = setUp(
      { displayName: "สมชาย", isStale: false },
      async () => "新しい",
    );
    expect(await nickname()).toBe("สมชาย");
    expect(state.asked).toBe(0);
  });

  it("is refreshed when it is stale, and kept when that fails", async () => {
    const stale = { displayName: "สมชาย", isStale: true };
    expect(await setUp(stale, async () => "新しい").nickname()).toBe("新しい");
    expect(await setUp(stale, () => Promise.reject(new RetryableFailure("no"))).nickname()).toBe(
      "สมชาย",
    );
  });

  it("is not waited for longer than 1.5 s", async () => {
    const { nickname } = setUp(undefined, () => new Promise(() => undefined));
    const started = performance.now();
    expect(await nickname()).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1_900);
  });

  it("is not asked for again for 30 s after LINE failed slowly, but at once after a quick failure", async () => {
    const outage = setUp(undefined, async () => {
      outage.state.now += 1_000;
      throw new RetryableFailure("no");
    });
    await outage.nickname();
    await outage.nickname();
    expect(outage.state.asked).toBe(1);
    outage.state.now += 30_000;
    await outage.nickname();
    expect(outage.state.asked).toBe(2);
    for (const failure of [
      new RetryableFailure("LINE answered 500."),
      new PermanentFailure("LineRefused", "LINE refused with 404."),
    ]) {
      const quick = setUp(undefined, () => Promise.reject(failure));
      await quick.nickname();
      await quick.nickname();
      expect(quick.state.asked).toBe(2);
    }
  });

  it("is none when the profile's name is empty", async () => {
    const { state, nickname } = setUp(undefined, async () => "");
    expect(await nickname()).toBeUndefined();
    expect(state.put).toEqual([]);
  });
});
