import { createMessagesLeft } from "../../../../lambdas/outbound/sender/messages-left.ts";

const NOW = 1_795_392_000_000;

function setUp(answer: () => Promise<{ limit: number | undefined; used: number }>) {
  const state = { now: NOW, asked: 0 };
  const messagesLeft = createMessagesLeft(() => state.now);
  const unused = () => {
    throw new Error("not expected");
  };
  const logged: unknown[] = [];
  const log = { info: unused, warn: (...line: unknown[]) => void logged.push(line), error: unused };
  const line = {
    push: unused,
    reply: unused,
    profile: unused,
    showLoading: unused,
    markAsRead: unused,
    quota: () => {
      state.asked += 1;
      return answer();
    },
  };
  const areLeft = (key = "retail-thai") => messagesLeft({ key, line, log });
  return { areLeft, state, logged };
}

describe("messagesLeft", () => {
  it.each([
    [{ limit: 500, used: 499 }, true],
    [{ limit: 500, used: 500 }, false],
    [{ limit: 500, used: 501 }, false],
    [{ limit: 0, used: 0 }, false],
    [{ limit: undefined, used: 9_999 }, true],
  ])("compares what LINE says: %j", async (quota, expected) => {
    expect(await setUp(async () => quota).areLeft()).toBe(expected);
  });

  it("asks once a minute for each brand, also for what comes at the same moment", async () => {
    const { areLeft, state } = setUp(async () => ({ limit: 500, used: 500 }));
    await Promise.all([areLeft(), areLeft(), areLeft("travel-thai")]);
    state.now += 59_999;
    await areLeft();
    expect(state.asked).toBe(2);
    state.now += 1;
    await areLeft();
    expect(state.asked).toBe(3);
  });

  it("takes what cannot be asked for left, and asks again a minute later", async () => {
    const { areLeft, state, logged } = setUp(() => Promise.reject(new Error("geheim")));
    expect([await areLeft(), await areLeft(), state.asked]).toEqual([true, true, 1]);
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain("geheim");
    state.now += 60_000;
    await areLeft();
    expect(state.asked).toBe(2);
  });
});
