import type { MessageWay } from "../../../../../../lib/local/console/message-way.ts";
import { retriesOf } from "../../../../../../lib/local/console/page/ways/retries.ts";

const way = (more: Partial<MessageWay>): MessageWay => ({
  brand: "retail",
  correlationId: "1",
  from: "LINE",
  outcome: "trying again",
  steps: [],
  leftOut: 0,
  ...more,
});

it("counts what is tried again and what waits, and says when the first of it is tried", () => {
  const ways = [
    way({ nextTryAt: 30 }),
    way({ outcome: "waiting", nextTryAt: 20 }),
    way({ outcome: "delivered", nextTryAt: 1 }),
    way({ from: "Genesys", nextTryAt: 5 }),
    way({ brand: "travel", nextTryAt: 5 }),
  ];
  expect(retriesOf(ways, "retail", "LINE")).toEqual({ count: 2, nextTryAt: 20 });
  expect(retriesOf(ways, "travel", "Genesys")).toEqual({ count: 0, nextTryAt: undefined });
});
