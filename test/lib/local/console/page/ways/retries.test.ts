import type { MessageWay } from "../../../../../../lib/local/console/message-way.ts";
import { retriesOf, triesText } from "../../../../../../lib/local/console/page/ways/retries.ts";

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

describe("the tries of a message", () => {
  const step = (seconds: number, message: string) => ({
    at: seconds * 1_000,
    service: "worker",
    level: "INFO",
    message,
    fields: {},
  });
  const tried = [
    step(0, "Stored in the queue"),
    step(1, "Will try a message again"),
    step(20, "Will try a message again"),
    step(82, "Delivered to Genesys"),
    step(90, "Deleted from the queue"),
  ];

  it("are told when it has been delivered at last", () => {
    const delivered = way({ outcome: "delivered", steps: tried });
    expect(triesText(delivered)).toBe(" after 3 tries in 1 min 22 s");
    expect(triesText({ ...delivered, leftOut: 5 })).toBe(" after more than 3 tries in 1 min 22 s");
  });

  it("are not where the first one was enough, or it goes on", () => {
    const [stored, , , delivered] = tried;
    const steps = [stored, delivered].flatMap((one) => one ?? []);
    expect(triesText(way({ outcome: "delivered", steps }))).toBe("");
    expect(triesText(way({ steps: tried.slice(0, 2) }))).toBe("");
  });
});
