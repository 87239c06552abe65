import { newsIn, writeOf } from "../../../../lambdas/shared/tables/heard.ts";

const heard = (at: number, token: string) => ({ at, replyToken: { token, receivedAt: at } });

describe("what is news of a customer", () => {
  const events = [heard(3, "t3"), { at: 2 }, heard(1, "t1")];

  it("is all where nothing is stored, the oldest first", () => {
    for (const stored of [undefined, {}, { heardAt: "x" }]) {
      const { heard: news, replies } = newsIn(events, stored, false);
      expect(news.map(({ at }) => at)).toEqual([1, 2, 3]);
      expect(replies.map(({ replyToken }) => replyToken.token)).toEqual(["t1", "t3"]);
    }
  });

  it.each([
    [{ heardAt: 2, tokenAt: 1 }, false, [2, 3], ["t3"]],
    // An event that is taken up again is the one that is stored.
    [{ heardAt: 2, tokenAt: 1 }, true, [3], ["t3"]],
    [{ heardAt: 3, tokenAt: 3 }, false, [3], []],
    [{ heardAt: 3, tokenAt: 3 }, true, [], []],
    [{ heardAt: 4 }, false, [], []],
  ])("is what is newer than %j; again: %s", (stored, isAgain, times, tokens) => {
    const { heard: news, replies } = newsIn(events, stored, isAgain);
    expect(news.map(({ at }) => at)).toEqual(times);
    expect(replies.map(({ replyToken }) => replyToken.token)).toEqual(tokens);
  });

  it("is written on the condition that it still is news", () => {
    const { condition, values } = writeOf(newsIn(events, undefined, false)) ?? {};
    expect(condition).toContain("heardAt <= :oldest");
    expect(condition).toContain("tokenAt < :firstReply");
    expect(values).toEqual({ oldest: 1, firstReply: 1, none: null });
  });

  it("is nothing to write where there is none", () => {
    expect(writeOf(newsIn([], undefined, false))).toBeUndefined();
  });
});
