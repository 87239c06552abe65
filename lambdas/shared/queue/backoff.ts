import type { SQSRecord } from "aws-lambda";
import { RetryableFailure } from "../failures/failures.ts";

const MAX_BACKOFF_SECONDS = 900;
/** SQS keeps a message invisible for 12 h after its receipt at most. */
const MAX_VISIBILITY_SECONDS = 11 * 3_600;
/**
 * SQS parks what it has given out 1,000 times, tried or not. After the first 50 times a message comes
 * back so rarely that the longest patience, 23 h, ends before that.
 */
const FREE_RECEIVES = 50;
const RARE_SECONDS = 90;

/**
 * What the other side asked for and a tenth at random, else a pause that doubles with each failure, half of
 * it at random; from 2 s to 15 min.
 */
export function backoffSeconds(failures: number, error: unknown, random: number): number {
  const asked = error instanceof RetryableFailure ? error.retryAfterSeconds : undefined;
  // 0 asks for nothing: trying at once, again and again, would help nobody.
  if (asked) return Math.min(MAX_BACKOFF_SECONDS, asked + Math.ceil(asked * 0.1 * random));
  const ceiling = Math.min(MAX_BACKOFF_SECONDS, 2 ** Math.min(Math.max(1, failures), 10));
  return Math.ceil(ceiling / 2 + (ceiling / 2) * random);
}

/** For how many seconds to hide records that are to come back after `seconds`. */
export function visibilitySeconds(records: readonly SQSRecord[], seconds: number): number {
  const least = Math.max(...records.map(receivesOf)) > FREE_RECEIVES ? RARE_SECONDS : 1;
  return Math.min(MAX_VISIBILITY_SECONDS, Math.max(least, seconds));
}

/** How often SQS has given the record out, this time included. */
export function receivesOf(record: SQSRecord): number {
  return Number(record.attributes.ApproximateReceiveCount);
}
