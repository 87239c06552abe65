import { sqsRecord } from "../../lambdas/sqs-record.ts";
import { comparedInTurns, type Figure, measured } from "../figures/figure.ts";
import { openStartRoom } from "../start/start-room.ts";
import { keepWarm } from "../warm/keep-warm.ts";
import { lineEvent } from "../warm/line-webhooks.ts";
import { makeWarm } from "../warm/make-warm.ts";

const BRAND = "retail-thai";
/** What AWS and Genesys Cloud take for each answer, in ms: assumed. */
const ANSWER_MS = 50;
const WARM_UP = 15;
const ROUNDS = 15;
const REACH = 1.5;

/**
 * The warm worker with a batch of 10 customers against a batch of 1, by the clock: customers are served side by side,
 * so what others take for their answers should be waited for once.
 */
export async function batch(): Promise<Figure[]> {
  const room = await openStartRoom({ delay: () => ANSWER_MS });
  try {
    const { program } = makeWarm(room.directory);
    const { bundle = "", environment = {} } = room.startsOf().get("worker") ?? {};
    // No message waits for its turn.
    const unlimited = { ...environment, REQUESTS_PER_MINUTE: "100000" };
    const worker = await keepWarm({ program, bundle, environment: unlimited });
    try {
      let next = 0;
      const one = { wall: [] as number[], cpu: [] as number[] };
      const ten = { wall: [] as number[], cpu: [] as number[] };
      for (let round = -WARM_UP; round < ROUNDS; round += 1) {
        for (const [customers, times] of [[1, one] as const, [10, ten] as const]) {
          const event = JSON.stringify(eventOf(customers, next));
          next += customers;
          const { wall, cpu } = await worker.invoke([event], '"batchItemFailures":[]');
          if (round < 0) continue;
          times.wall.push(...wall);
          times.cpu.push(cpu / customers);
        }
      }
      const wallOfOne = measured("batch", nameOf(1), "ms", one.wall);
      const wallOfTen = measured("batch", nameOf(10), "ms", ten.wall);
      const cpuOfOne = measured(
        "batch",
        "worker, CPU for a message in a batch of 1",
        "ms",
        one.cpu,
      );
      const cpuOfTen = measured(
        "batch",
        "worker, CPU for a message in a batch of 10",
        "ms",
        ten.cpu,
      );
      return [
        wallOfOne,
        comparedInTurns([wallOfTen, ten.wall], [wallOfOne, one.wall], REACH),
        cpuOfOne,
        comparedInTurns([cpuOfTen, ten.cpu], [cpuOfOne, one.cpu]),
      ];
    } finally {
      await worker.close();
    }
  } finally {
    await room.close();
  }
}

function nameOf(customers: number): string {
  return `worker, a batch of ${customers}, each answer after ${ANSWER_MS} ms`;
}

/** A batch of a message of each of so many customers, who have not written before. */
function eventOf(customers: number, next: number): object {
  const now = String(Date.now());
  const attributes = { SentTimestamp: now, ApproximateFirstReceiveTimestamp: now };
  const records = Array.from({ length: customers }, (_, index) => {
    const event = lineEvent(next + index);
    const body = { kind: "line-event", brand: BRAND, event };
    return sqsRecord(event.webhookEventId, `${BRAND}#${event.source.userId}`, body, attributes);
  });
  return { Records: records };
}
