import { setTimeout as delay } from "node:timers/promises";
import type { QueueOperator } from "./queue-operator.ts";

/** How long nothing may move before the run is given up: well above the queues' visibility timeout. */
const STANDSTILL_MS = 150_000;
/** How long all of it may take, and longer for each message: a breaker that never closes lets one through every 10 s. */
const LONGEST_MS = 180_000;
const LONGEST_PER_MESSAGE_MS = 20;

/** Until when a run of so many messages, of which all are said, waits for its queues. */
export function waitsUntil(messages: number): number {
  return Date.now() + LONGEST_MS + LONGEST_PER_MESSAGE_MS * messages;
}

/**
 * Resolves when the queues are empty, when nothing has moved for too long, or at `until` (ms), to what is
 * left: the number of messages by queue URL.
 */
export async function runEmpty(
  operator: Pick<QueueOperator, "left">,
  queueUrls: readonly string[],
  until: number,
): Promise<Map<string, number>> {
  let left = new Map<string, number>();
  let sum = Number.POSITIVE_INFINITY;
  let movedAt = Date.now();
  while (sum > 0 && Date.now() < Math.min(until, movedAt + STANDSTILL_MS)) {
    await delay(1_000);
    left = await operator.left(queueUrls);
    const now = [...left.values()].reduce((total, count) => total + count, 0);
    if (now !== sum) movedAt = Date.now();
    sum = now;
  }
  return left;
}
