import { TRIED_SINCE } from "../../../../lambdas/shared/contract/redriven.ts";
import { NOW, startSender } from "./sender.ts";

const HOUR = 3_600_000;

/** What becomes of an agent's message that the sender gets. */
async function outcomesOf({
  receives,
  firstReceived,
  triedSince,
}: {
  receives: number;
  /** Hours ago, as is `triedSince`. */
  firstReceived: number;
  triedSince?: number;
}) {
  const { take, pushes, parked } = startSender({ patienceMs: 12 * HOUR });
  const message = { id: "g1", type: "Text", text: "hello", channel: { to: { id: "U1" } } };
  await take(
    { kind: "message", brand: "retail-thai", message },
    {
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(NOW - firstReceived * HOUR),
    },
    triedSince === undefined
      ? {}
      : { [TRIED_SINCE]: { stringValue: String(NOW - triedSince * HOUR), dataType: "Number" } },
  );
  return [...pushes.map(() => "pushed"), ...parked];
}

/** LINE knows a retry key for 24 hours. */
test.each([
  ["a first try", { receives: 1, firstReceived: 0 }, "pushed"],
  ["a first try that SQS dates back", { receives: 1, firstReceived: 30 }, "pushed"],
  ["a further try after 22 hours", { receives: 9, firstReceived: 22 }, "pushed"],
  ["a further try after 24 hours", { receives: 9, firstReceived: 24 }, "OutcomeUnknown"],
  [
    "what was put back, tried 22 hours ago",
    { receives: 1, firstReceived: 0, triedSince: 22 },
    "pushed",
  ],
  [
    "what was put back, tried 24 hours ago",
    { receives: 1, firstReceived: 0, triedSince: 24 },
    "OutcomeUnknown",
  ],
  [
    "what was put back and waits for long",
    { receives: 9, firstReceived: 2, triedSince: 23.5 },
    "OutcomeUnknown",
  ],
])("%s: %j is %s", async (_, tries, outcome) => {
  expect(await outcomesOf(tries)).toEqual([outcome]);
});
