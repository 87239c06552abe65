import { createConsume } from "../../../../lambdas/shared/queue/consume-fifo.ts";

/** A consumer whose queue only notes what goes back to it, one entry per call, and how long its messages have waited. */
export function orderingConsumer(now = 2_000_000) {
  const givenBack: { ids: string[]; seconds: number }[] = [];
  const waits: number[] = [];
  const nothing = () => undefined;
  const consume = createConsume({
    queue: {
      park: async () => undefined,
      setVisibility: async (records, seconds) => {
        givenBack.push({ ids: records.map(({ messageId }) => messageId), seconds });
      },
    },
    failures: { of: async () => 0, add: async () => ({ failures: 1 }) },
    patienceMs: 12 * 3_600_000,
    counter: {
      forBrand: () => ({ count: nothing, measure: nothing }),
      noteWait: (_brand, seconds) => waits.push(seconds),
    },
    log: { info: nothing, warn: nothing, error: nothing },
    chance: { now: () => now, random: () => 0 },
  });
  return { consume, givenBack, waits };
}
