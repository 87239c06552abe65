import type { SQSRecord } from "aws-lambda";
import { brandOfGroup } from "../contract/group-ids.ts";
import { METRICS } from "../contract/metric-names.ts";
import { errorFields } from "../failures/bridge-error.ts";
import { HeldBack, MediaPending, type PermanentFailure, Postponed } from "../failures/failures.ts";
import { countFault } from "../function/count-fault.ts";
import type { Count, Counter } from "../function/counter.ts";
import { brandLog, type Log } from "../function/log.ts";
import type { Work } from "./attempt.ts";
import { putOffSeconds, receivesOf, waitedMs } from "./backoff.ts";
import type { Failures, FailureTable } from "./failure-table.ts";
import { expired, failureKind, permanentFailure, retrySeconds } from "./patience.ts";
import type { SentParts } from "./sent-parts.ts";

export interface SettleDependencies {
  queue: {
    /**
     * Sends a copy of the record to the dead-letter queue, with what has been sent of it. Throws when SQS cannot be
     * reached.
     */
    park(record: SQSRecord, failure: PermanentFailure, sent?: SentParts): Promise<void>;
  };
  failures: Pick<FailureTable, "add">;
  /** For how long a message is tried, from its first receive. */
  patienceMs: number;
  counter: Pick<Counter, "forBrand">;
  log: Log;
  /** `now` in ms; `random` in [0, 1) spreads retries. */
  chance: { now(): number; random(): number };
}

/** A record that was not delivered, with the counts and the log of its brand. */
interface Undelivered {
  record: SQSRecord;
  count: Count;
  log: Log;
}

/**
 * Decides what becomes of a record that was not delivered, by the error of its attempt: parked (resolves
 * to undefined), or back to its queue for as many seconds as it resolves to.
 */
export async function settle(
  record: SQSRecord,
  error: unknown,
  work: Work,
  deps: SettleDependencies,
): Promise<number | undefined> {
  // The group names the brand even where the body cannot be read.
  const brand = brandOfGroup(record.attributes.MessageGroupId);
  const undelivered: Undelivered = {
    record,
    count: deps.counter.forBrand(brand).count,
    log: brandLog(deps.log, brand),
  };
  if (error instanceof HeldBack) return holdBack(undelivered, error, work, deps);
  return error instanceof Postponed
    ? putOff(undelivered, error, deps)
    : parkOrRetry(undelivered, error, work, deps);
}

/** The seconds until a record's turn. */
function putOff(
  { record, count, log }: Undelivered,
  error: Postponed,
  { chance, patienceMs }: SettleDependencies,
): number {
  const waited = waitedMs(record, chance.now());
  const seconds = error.seconds ?? putOffSeconds(waited, patienceMs, chance.random());
  if (!(error instanceof MediaPending)) count(METRICS.putOff);
  const { correlationId, receives } = recordFields(record);
  log.info("Put a message off, untried", {
    correlationId,
    receives,
    seconds,
    ...errorFields(error),
  });
  return seconds;
}

/**
 * Waits for a host. A try that failed with the host is not counted for the record, whose backoff would grow
 * with the outage. Where its patience has ended nobody tries it once more: it would need the host.
 */
async function holdBack(
  undelivered: Undelivered,
  error: HeldBack,
  work: Work,
  deps: SettleDependencies,
): Promise<number | undefined> {
  const { record, count, log } = undelivered;
  count(METRICS.heldBack);
  const isOver = waitedMs(record, deps.chance.now()) >= deps.patienceMs;
  const failure = expired(`It waited for as long as configured. ${error.message}`);
  if (isOver && (await park(undelivered, failure, error, work, deps))) return undefined;
  if (error.tried === undefined) return putOff(undelivered, error, deps);
  count(METRICS.retried);
  countFault(error.tried, count);
  const waited = waitedMs(record, deps.chance.now());
  const seconds = putOffSeconds(waited, deps.patienceMs, deps.chance.random());
  log.warn("Will try a message again", { ...recordFields(record), seconds, ...errorFields(error) });
  return seconds;
}

async function parkOrRetry(
  undelivered: Undelivered,
  error: unknown,
  work: Work,
  deps: SettleDependencies,
): Promise<number | undefined> {
  const { record, count, log } = undelivered;
  const counted = await countFailure(undelivered, error, deps);
  const now = deps.chance.now();
  const { patienceMs } = deps;
  const failure = permanentFailure(record, error, counted, { now, patienceMs });
  if (failure !== undefined && (await park(undelivered, failure, error, work, deps))) {
    return undefined;
  }
  const random = deps.chance.random();
  const seconds = retrySeconds(error, counted, { now, random, patienceMs });
  count(METRICS.retried);
  countFault(error, count);
  log.warn("Will try a message again", { ...recordFields(record), seconds, ...errorFields(error) });
  return seconds;
}

/** How often the record has failed. Receives are more than that, but at hand when the table is not. */
async function countFailure(
  { record, log }: Undelivered,
  cause: unknown,
  { failures }: SettleDependencies,
): Promise<Failures> {
  try {
    return await failures.add(record.messageId, failureKind(cause));
  } catch (error) {
    log.warn("Could not count a failure", { ...recordFields(record), ...errorFields(error) });
    return { failures: receivesOf(record) };
  }
}

/** Parks the record; false if it stays in its queue, so that nothing is lost. */
async function park(
  { record, count, log }: Undelivered,
  failure: PermanentFailure,
  cause: unknown,
  work: Work,
  { queue }: SettleDependencies,
): Promise<boolean> {
  try {
    const sent = await work.sentParts?.(record);
    await work.beforeParking?.(record, failure);
    await queue.park(record, failure, sent);
  } catch (error) {
    log.error("Could not park a message", { ...recordFields(record), ...errorFields(error) });
    return false;
  }
  work.parked?.(record, failure);
  count(METRICS.failed);
  log.error("Parked a message", {
    ...recordFields(record),
    reason: failure.reason,
    ...errorFields(cause),
  });
  return true;
}

function recordFields(record: SQSRecord) {
  return {
    // The business key, of a receipt behind its status; of a message that an operator has put into the
    // queue, whatever they chose.
    correlationId: record.attributes.MessageDeduplicationId?.split("#").at(-1),
    queueMessageId: record.messageId,
    receives: receivesOf(record),
  };
}
