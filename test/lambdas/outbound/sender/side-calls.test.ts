import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { NOW, nobody, startSender } from "./sender.ts";

describe("calls beside the messages", () => {
  it.each([
    ["an agent's answer", true, "Human", true],
    ["an answer of nobody known", true, undefined, true],
    ["a bot's answer", true, "Bot", false],
    ["an answer for a brand that does not ask for it", false, "Human", false],
  ])("marks messages as read after %s: %s", async (_, markAsRead, originatingEntity, isMarked) => {
    const { run, sideCalls } = startSender({
      settings: { markAsRead },
      customer: { ...nobody, markAsReadToken: "token" },
    });
    await run({ text: "x", originatingEntity });
    expect(sideCalls).toEqual(
      isMarked
        ? [
            ["markAsRead", "retail-thai", "token"],
            ["markedAsRead", "retail-thai", "U1", "token"],
          ]
        : [],
    );
  });

  it("has delivered a message even if marking as read fails", async () => {
    const { run, pushes, sideCalls } = startSender({
      settings: { markAsRead: true },
      customer: { ...nobody, markAsReadToken: "token" },
      failure: (part) => (part === 0 ? new RetryableFailure("LINE answered 500.") : undefined),
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes).toHaveLength(1);
    expect(sideCalls).toEqual([["markAsRead", "retail-thai", "token"]]);
  });

  const typing = { kind: "typing", brand: "retail-thai", to: "U1", seconds: 5 };

  it.each([
    [5, 5],
    [0.2, 5],
    [5.1, 10],
    [600, 60],
  ])("shows %s s of typing as a loading animation of %s s", async (seconds, shown) => {
    const { take, sideCalls } = startSender();
    await take({ ...typing, seconds });
    expect(sideCalls).toEqual([["showLoading", "retail-thai", "U1", shown]]);
  });

  it("drops typing that is stale, is meant for a group, or fails", async () => {
    const { take, sideCalls } = startSender({ failure: () => new RetryableFailure("no") });
    await take(typing, { SentTimestamp: String(NOW - 10_001) });
    await take({ ...typing, to: "C1" });
    expect(sideCalls).toEqual([]);
    expect(await take(typing)).toEqual({ batchItemFailures: [] });
    expect(sideCalls).toHaveLength(1);
  });
});
