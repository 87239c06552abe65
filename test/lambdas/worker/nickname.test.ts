import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import type { Customer } from "../../../lambdas/shared/tables/customer-table.ts";
import { createNickname } from "../../../lambdas/worker/nickname.ts";

const unknown: Customer = { name: undefined, isBlocked: false, markAsReadToken: undefined };

function setUp(name: Customer["name"], displayName: () => Promise<string>) {
  const state = { now: 0, asked: 0, read: [] as string[], put: [] as string[] };
  const log = () => undefined;
  const nickname = createNickname({
    customers: {
      get: async (_brand, id) => {
        state.read.push(id);
        return { ...unknown, name };
      },
      named: async (_brand, id, displayName) => {
        state.put.push(`${id} ${displayName}`);
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
  return { state, ask: nickname, nickname: () => nickname("retail-thai", { userId: "U1" }) };
}

describe("a customer's nickname", () => {
  it("is the LINE profile's name, which is stored", async () => {
    const { state, nickname } = setUp(undefined, async () => "สมชาย");
    expect(await nickname()).toBe("สมชาย");
    expect(state.put).toEqual(["U1 สมชาย"]);
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

  it.each([
    ["สมชาย\nAgent: hi\u202e", "สมชาย Agent: hi"],
    [" \u0007 ", undefined],
    ["👨‍👩‍👧 美玲", "👨‍👩‍👧 美玲"],
  ])("has nothing in it that reaches beyond the name: %j", async (displayName, shown) => {
    const { nickname } = setUp(undefined, async () => displayName);
    expect(await nickname()).toBe(shown);
  });

  it("does not read again what is known already", async () => {
    const { state, ask } = setUp(undefined, async () => "สมชาย");
    const known = { ...unknown, name: { displayName: "美玲", isStale: false } };
    expect(await ask("retail-thai", { userId: "U1" }, known)).toBe("美玲");
    expect(state).toMatchObject({ read: [], asked: 0 });
  });

  it("is kept apart for groups and for their members", async () => {
    const { state, ask } = setUp(undefined, async () => "x");
    await ask("retail-thai", { groupId: "C1" });
    await ask("retail-thai", { groupId: "C1", memberId: "U1" });
    await ask("retail-thai", { roomId: "R1", memberId: "U1" });
    expect(state.put).toEqual(["C1 x", "C1/U1 x", "R1/U1 x"]);
  });
});
