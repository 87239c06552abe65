import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { METRICS } from "../contract/metric-names.ts";
import { errorFields } from "../failures/bridge-error.ts";
import { PermanentFailure, Postponed } from "../failures/failures.ts";
import { type Count, countFault, type NoteWait } from "../function/counter.ts";
import type { Log } from "../function/log.ts";
import { backoffSeconds, receivesOf, visibilitySeconds } from "./backoff.ts";

/** For records that another invocation may begin at once; not 0, which could turn into a hot loop. */
const HAND_BACK_SECONDS = 1;

export interface ConsumeDependencies {
  /**
   * Delivers one record. What it throws decides: PermanentFailure parks, Postponed gives it back,
   * anything else is a failed try that is made again. Before each further request it calls `ensureTime`, which throws when too little is left.
   */
  attempt(record: SQSRecord, ensureTime: () => void): Promise<void>;
  /** Sends a copy of the record to the dead-letter queue. */
  park(record: SQSRecord, failure: PermanentFailure): Promise<void>;
  /** Counts a failed try of the record; resolves to how many there were. */
  countFailure(record: SQSRecord): Promise<number>;
  /** Makes records visible again after some seconds. */
  setVisibility(records: readonly SQSRecord[], seconds: number): Promise<void>;
  patienceMs: number;
  /** Time that one request can take; with less than that left none is begun. */
  attemptMs: number;
  count: Count;
  noteWait: NoteWait;
  log: Log;
  now(): number;
  /** In [0, 1); spreads retries. */
  random(): number;
}

/**
 * Consumes a batch of a FIFO queue: customers in parallel, each customer strictly in order. When a
 * record fails, the later records of its customer go back unattempted with the same visibility.
 */
export async function consumeFifo(
  records: readonly SQSRecord[],
  remainingMs: () => number,
  deps: ConsumeDependencies,
): Promise<SQSBatchResponse> {
  const returned = await Promise.all(
    [...byCustomer(records).values()].map((group) => consumeCustomer(group, remainingMs, deps)),
  );
  return {
    batchItemFailures: returned.flat().map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
}

function byCustomer(records: readonly SQSRecord[]): Map<string, SQSRecord[]> {
  return Map.groupBy(records, (record) => record.attributes.MessageGroupId ?? "");
}

/** The records that go back to the queue. */
async function consumeCustomer(
  records: readonly SQSRecord[],
  remainingMs: () => number,
  deps: ConsumeDependencies,
): Promise<readonly SQSRecord[]> {
  for (const [index, record] of records.entries()) {
    const rest = records.slice(index);
    const retryAfter = await attempt(record, remainingMs, deps);
    if (retryAfter === undefined) continue;
    deps.noteWait((deps.now() - Number(record.attributes.SentTimestamp)) / 1_000);
    return giveBack(rest, retryAfter, deps);
  }
  return [];
}

/** Undefined when the record is done with, else the seconds after which to try again. */
async function attempt(
  record: SQSRecord,
  remainingMs: () => number,
  deps: ConsumeDependencies,
): Promise<number | undefined> {
  const ensureTime = () => {
    if (remainingMs() < deps.attemptMs) {
      throw new Postponed("Too little time is left.", HAND_BACK_SECONDS);
    }
  };
  try {
    ensureTime();
    await deps.attempt(record, ensureTime);
    return undefined;
  } catch (error) {
    return error instanceof Postponed
      ? putOff(record, error, deps)
      : parkOrRetry(record, error, deps);
  }
}

async function parkOrRetry(
  record: SQSRecord,
  error: unknown,
  deps: ConsumeDependencies,
): Promise<number | undefined> {
  const brand = brandOf(record);
  const seconds = backoffSeconds(await failuresOf(record, deps), error, deps.random());
  const failure = permanent(record, error, seconds, deps);
  if (failure !== undefined && (await canPark(record, failure, error, deps))) return undefined;
  deps.count(METRICS.retried, brand);
  countFault(error, brand, deps.count);
  deps.log.warn("Will try a message again", {
    ...recordFields(record, brand),
    seconds,
    ...errorFields(error),
  });
  return seconds;
}

/** Parks the record; false if it stays in its queue, so that nothing is lost. */
async function canPark(
  record: SQSRecord,
  failure: PermanentFailure,
  cause: unknown,
  deps: ConsumeDependencies,
): Promise<boolean> {
  const brand = brandOf(record);
  try {
    await deps.park(record, failure);
  } catch (error) {
    deps.log.error("Could not park a message", {
      ...recordFields(record, brand),
      ...errorFields(error),
    });
    return false;
  }
  deps.count(METRICS.failed, brand);
  deps.log.error("Parked a message", {
    ...recordFields(record, brand),
    reason: failure.reason,
    ...errorFields(cause),
  });
  return true;
}

/** The seconds until a record's turn. */
function putOff(record: SQSRecord, error: Postponed, deps: ConsumeDependencies): number {
  const brand = brandOf(record);
  const seconds = error.seconds ?? backoffSeconds(receivesOf(record), error, deps.random());
  deps.count(METRICS.putOff, brand);
  deps.log.info("Put a message off, untried", {
    ...recordFields(record, brand),
    seconds,
    ...errorFields(error),
  });
  return seconds;
}

/** Receives are more than that, but at hand when the table is not. */
async function failuresOf(record: SQSRecord, deps: ConsumeDependencies): Promise<number> {
  try {
    return await deps.countFailure(record);
  } catch (error) {
    deps.log.warn("Could not count a failure", {
      ...recordFields(record, brandOf(record)),
      ...errorFields(error),
    });
    return receivesOf(record);
  }
}

/** Patience counts from the first receive, and only a failed attempt ends it. */
function permanent(
  record: SQSRecord,
  error: unknown,
  seconds: number,
  deps: ConsumeDependencies,
): PermanentFailure | undefined {
  if (error instanceof PermanentFailure) return error;
  const firstReceived = Number(record.attributes.ApproximateFirstReceiveTimestamp);
  const nextAttempt = deps.now() + seconds * 1_000;
  if (nextAttempt < firstReceived + deps.patienceMs) return undefined;
  const { errorName, errorMessage = errorName } = errorFields(error);
  return new PermanentFailure(
    "PatienceExceeded",
    `Every try failed for as long as configured, the last one so: ${errorMessage}`,
    "MessageExpired",
  );
}

async function giveBack(
  records: readonly SQSRecord[],
  seconds: number,
  deps: ConsumeDependencies,
): Promise<readonly SQSRecord[]> {
  try {
    await deps.setVisibility(records, visibilitySeconds(records, seconds));
  } catch (error) {
    // They return all the same, after the queue's own visibility timeout.
    deps.log.warn("Could not set the visibility of messages", errorFields(error));
  }
  return records;
}

function recordFields(record: SQSRecord, brand: string) {
  return {
    brand,
    // The business key, of a receipt behind its status; of a message that an operator has put into the
    // queue, whatever they chose.
    correlationId: record.attributes.MessageDeduplicationId?.split("#").at(-1),
    queueMessageId: record.messageId,
    receives: receivesOf(record),
  };
}

/** The brand in a record's MessageGroupId (`<brand>#…`); readable even when the body is not. */
function brandOf(record: SQSRecord): string {
  return record.attributes.MessageGroupId?.split("#", 1)[0] ?? "unknown";
}
