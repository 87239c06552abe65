import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { sqsRecord } from "../sqs-record.ts";

interface Waiting {
  id: string;
  group: string;
  body: object;
  visibleAt: number;
  receives: number;
  firstReceivedAt: number;
}

const BATCH = 10;
/** Of the queue, for what was given back without a time of its own. */
const VISIBILITY_MS = 90_000;

/**
 * A FIFO queue on a clock that only this queue moves: it goes on to when the next message can be received.
 * Groups are served in no order, as SQS promises none; which one comes first, `random` says.
 */
export function simulatedQueue(options: {
  clock: { now: number };
  handle(event: SQSEvent): Promise<SQSBatchResponse>;
  random(): number;
}) {
  const { clock, handle, random } = options;
  let waiting: Waiting[] = [];

  function heads(): Waiting[] {
    return [...Map.groupBy(waiting, ({ group }) => group).values()].flatMap(([head]) => head ?? []);
  }

  /** Of each group only what stands before its first message that cannot be received yet. */
  function batch(): Waiting[] {
    const groups = heads()
      .filter(({ visibleAt }) => visibleAt <= clock.now)
      .map(({ group }) => ({ group, place: random() }))
      .toSorted((one, other) => one.place - other.place);
    return groups
      .flatMap(({ group }) => {
        const own = waiting.filter((message) => message.group === group);
        const hidden = own.findIndex(({ visibleAt }) => visibleAt > clock.now);
        return hidden < 0 ? own : own.slice(0, hidden);
      })
      .slice(0, BATCH);
  }

  function receive(message: Waiting) {
    message.receives += 1;
    message.firstReceivedAt ||= clock.now;
    message.visibleAt = clock.now + VISIBILITY_MS;
    return sqsRecord(message.id, message.group, message.body, {
      ApproximateReceiveCount: String(message.receives),
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      SentTimestamp: String(message.firstReceivedAt),
    });
  }

  return {
    send(id: string, group: string, body: object): void {
      waiting.push({
        id,
        group,
        body,
        visibleAt: clock.now,
        receives: 0,
        firstReceivedAt: 0,
      });
    },
    /** Hides a message for some more seconds. */
    hide(receiptHandle: string, seconds: number): void {
      const message = waiting.find(({ id }) => `handle ${id}` === receiptHandle);
      if (message !== undefined) message.visibleAt = clock.now + seconds * 1_000;
    },
    /** Hands out what can be received until then. */
    async runUntil(time: number): Promise<void> {
      for (;;) {
        const next = Math.min(...heads().map(({ visibleAt }) => visibleAt));
        if (next > time) break;
        clock.now = Math.max(clock.now, next);
        const received = batch();
        const { batchItemFailures } = await handle({ Records: received.map(receive) });
        const back = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
        waiting = waiting.filter((message) => !received.includes(message) || back.has(message.id));
      }
      clock.now = time;
    },
    now: () => clock.now,
    left: () => waiting.map(({ id }) => id),
    mostReceives: () => Math.max(0, ...waiting.map(({ receives }) => receives)),
  };
}
