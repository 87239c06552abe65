import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { brandOfGroup } from "../contract/group-ids.ts";
import { errorFields } from "../failures/bridge-error.ts";
import type { Counter } from "../function/counter.ts";
import { type Attempt, ensureTime, type Work } from "./attempt.ts";
import { receivesOf, visibilitySeconds } from "./backoff.ts";
import type { FailureTable } from "./failure-table.ts";
import { orderByTime } from "./order-by-time.ts";
import { type SettleDependencies, settle } from "./settle.ts";

export interface ConsumeDependencies extends SettleDependencies {
  queue: SettleDependencies["queue"] & {
    /** Makes records visible again after some seconds. Throws when SQS cannot be reached. */
    setVisibility(records: readonly SQSRecord[], seconds: number): Promise<void>;
  };
  failures: FailureTable;
  counter: Pick<Counter, "forBrand" | "noteWait">;
}

/** Consumes a batch within the invocation's remaining ms. */
export type Consume = (
  records: readonly SQSRecord[],
  remainingMs: number,
  work: Work,
) => Promise<SQSBatchResponse>;

/**
 * Consumes batches of FIFO queues: customers in parallel, each customer strictly in order, which is the
 * order of time within a batch and the queue's order from batch to batch. When a record fails, the later
 * records of its customer go back unattempted with the same visibility.
 */
export function createConsume(deps: ConsumeDependencies): Consume {
  return async (records, remainingMs, work) => {
    const endsAt = deps.chance.now() + remainingMs;
    const customers = Map.groupBy(records, ({ attributes }) => attributes.MessageGroupId ?? "");
    const returned = await Promise.all(
      [...customers.values()].map((group) =>
        consumeCustomer(orderByTime(group, work.timeOf), endsAt, work, deps),
      ),
    );
    return {
      batchItemFailures: returned.flat().map(({ messageId }) => ({ itemIdentifier: messageId })),
    };
  };
}

/** Attempts the records one after the other. Resolves to those that go back to the queue. */
async function consumeCustomer(
  records: readonly SQSRecord[],
  endsAt: number,
  work: Work,
  deps: ConsumeDependencies,
): Promise<readonly SQSRecord[]> {
  for (const [index, record] of records.entries()) {
    const rest = records.slice(index);
    const retryAfter = await tryOnce(record, rest.length, endsAt, work, deps);
    if (retryAfter === undefined) continue;
    const brand = brandOfGroup(record.attributes.MessageGroupId);
    deps.counter.noteWait(brand, (deps.chance.now() - oldestSent(rest)) / 1_000);
    return giveBack(rest, retryAfter, deps);
  }
  return [];
}

/** When SQS stored the oldest of the records, in ms. */
function oldestSent(records: readonly SQSRecord[]): number {
  return Math.min(...records.map(({ attributes }) => Number(attributes.SentTimestamp)));
}

/** Undefined when the record is done with, else the seconds after which to try again. */
async function tryOnce(
  record: SQSRecord,
  inHand: number,
  endsAt: number,
  work: Work,
  deps: ConsumeDependencies,
): Promise<number | undefined> {
  const attempt: Attempt = {
    record,
    receives: receivesOf(record),
    inHand,
    endsAt,
    failures: () => deps.failures.of(record.messageId),
  };
  try {
    ensureTime(attempt, deps.chance.now());
    await work.attempt(attempt);
    return undefined;
  } catch (error) {
    return settle(record, error, work, deps);
  }
}

async function giveBack(
  records: readonly SQSRecord[],
  seconds: number,
  deps: ConsumeDependencies,
): Promise<readonly SQSRecord[]> {
  try {
    const pace = { now: deps.chance.now(), patienceMs: deps.patienceMs };
    await deps.queue.setVisibility(records, visibilitySeconds(records, seconds, pace));
  } catch (error) {
    // They return all the same, after the queue's own visibility timeout.
    deps.log.warn("Could not set the visibility of messages", errorFields(error));
  }
  return records;
}
