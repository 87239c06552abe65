import type { SQSRecord } from "aws-lambda";
import { RetryableFailure } from "../failures/failures.ts";

/** What a platform asks for is obeyed for so long, and what only waits for SQS to give it up comes back so rarely. */
const LONGEST_SECONDS = 900;
/** Where fewer than three customers write, no breaker opens: what has waited must still flow within a minute. */
const LONGEST_BACKOFF_SECONDS = 60;
/** SQS keeps a message invisible for 12 h after its receipt at most. */
const MAX_VISIBILITY_SECONDS = 11 * 3_600;
/**
 * SQS parks what it has given out 1,000 times, tried or not. So many receives are anybody's at once, and
 * `PACED_RECEIVES` are spread over the patience; the rest is for what a crash costs.
 */
const FREE_RECEIVES = 80;
const PACED_RECEIVES = 900;

/**
 * What the other side asked for (900 s at most) and a tenth at random, else a pause that doubles with each
 * failure, half of it at random; from 2 s to a minute, or to a 900th of the patience where that is more.
 */
export function backoffSeconds(
  failures: number,
  error: unknown,
  { patienceMs, random }: { patienceMs: number; random: number },
): number {
  const asked = error instanceof RetryableFailure ? error.retryAfterSeconds : undefined;
  // 0 asks for nothing: trying at once, again and again, would help nobody.
  if (asked) return Math.min(LONGEST_SECONDS, asked + Math.ceil(asked * 0.1 * random));
  const longest = Math.max(LONGEST_BACKOFF_SECONDS, pacedSeconds(patienceMs));
  const ceiling = Math.min(longest, 2 ** Math.min(Math.max(1, failures), 10));
  return Math.ceil(ceiling / 2 + (ceiling / 2) * random);
}

/**
 * For how many seconds to put a message off that nobody knows the time of: a tenth of what it has waited, from
 * 3 s to a 900th of the patience (15 s where that is less), and up to 8 % at random. So what has waited comes
 * back within two minutes, and receives do not run out.
 */
export function putOffSeconds(waitedMs: number, patienceMs: number, random: number): number {
  const longest = Math.max(15, pacedSeconds(patienceMs));
  const seconds = Math.min(longest, Math.max(3, waitedMs / 10_000));
  return Math.round(seconds * (1 + 0.08 * random));
}

/**
 * For how many seconds to hide records that are to come back after `seconds`: longer for one that has had more
 * receives than its age `now` (ms) gives it.
 */
export function visibilitySeconds(
  records: readonly SQSRecord[],
  seconds: number,
  { now, patienceMs }: { now: number; patienceMs: number },
): number {
  const least = Math.max(...records.map((record) => paceSeconds(record, now, patienceMs)));
  return Math.min(MAX_VISIBILITY_SECONDS, Math.max(least, seconds));
}

function paceSeconds(record: SQSRecord, now: number, patienceMs: number): number {
  const receives = receivesOf(record);
  const spent = waitedMs(record, now) / patienceMs;
  if (receives <= FREE_RECEIVES + PACED_RECEIVES * spent) return 1;
  // Beyond its patience it only waits for a turn, and SQS would park it soon.
  if (receives > FREE_RECEIVES + PACED_RECEIVES) return LONGEST_SECONDS;
  return Math.ceil(pacedSeconds(patienceMs));
}

/** The pause at which the paced receives last for the whole patience. */
function pacedSeconds(patienceMs: number): number {
  return patienceMs / 1_000 / PACED_RECEIVES;
}

/** How long ago SQS gave the record out for the first time, in ms. */
export function waitedMs({ attributes }: SQSRecord, now: number): number {
  return Math.max(0, now - Number(attributes.ApproximateFirstReceiveTimestamp));
}

/** How often SQS has given the record out, this time included. */
export function receivesOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}
