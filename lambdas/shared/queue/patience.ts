import type { SQSRecord } from "aws-lambda";
import { errorFields } from "../failures/bridge-error.ts";
import {
  CountedOutage,
  LimitReached,
  PermanentFailure,
  RefusedForNow,
  RetryableFailure,
} from "../failures/failures.ts";
import type { Attempt } from "./attempt.ts";
import { backoffSeconds, waitedMs } from "./backoff.ts";
import type { FailureKind, Failures } from "./failure-table.ts";

/** What stays longer than this, while it passes for others, is about the message. */
export const OWN_PATIENCE_MS = 10 * 60_000;
/** LINE reserves messages while it delivers a broadcast; nobody says for how long. */
const LIMIT_PATIENCE_MS = 15 * 60_000;
/** An outage ends for one message before it ends for another: so many tries show that it is the message. */
const TRIES_ALONE = 5;

/** What is counted of a failure apart from that it was one. */
export function failureKind(error: unknown): FailureKind | undefined {
  if (error instanceof LimitReached) return "limited";
  if (error instanceof RefusedForNow) return "refused";
  return isAlone(error) ? "alone" : undefined;
}

/**
 * Why a record that has failed `counted` times is parked; undefined where it is tried again. Patience counts
 * from the first receive and has ended where a try fails after it: a pause that is yet to pass parks nothing.
 * What concerns this message alone has a patience of its own, ten minutes from the first such failure; a limit
 * of messages has 15.
 */
export function permanentFailure(
  record: SQSRecord,
  error: unknown,
  { refusedSince, limitedSince, aloneSince, alone = 0 }: Failures,
  { now, patienceMs }: { now: number; patienceMs: number },
): PermanentFailure | undefined {
  if (error instanceof PermanentFailure) return error;
  const isOver = (since = now, patience = OWN_PATIENCE_MS) => now - since >= patience;
  if (error instanceof LimitReached) {
    if (isOver(limitedSince, LIMIT_PATIENCE_MS)) return error.afterPatience;
  } else if (error instanceof RefusedForNow && isOver(refusedSince)) {
    return error.afterPatience;
  }
  const { errorName, errorMessage = errorName } = errorFields(error);
  if (isAlone(error) && isOver(aloneSince) && alone >= TRIES_ALONE) {
    return new PermanentFailure(
      "KeepsFailing",
      `Every try of this message failed for ten minutes, while others succeeded. The last one: ${errorMessage}`,
    );
  }
  if (waitedMs(record, now) < patienceMs) return undefined;
  return expired(`Every try failed for as long as configured. The last one: ${errorMessage}`);
}

export function expired(detail: string): PermanentFailure {
  return new PermanentFailure("PatienceExceeded", detail, "MessageExpired");
}

/**
 * The pause before the next try. Where the message is what fails, or a limit of messages, a try is due when
 * that patience ends, because the customer's later messages wait behind it.
 */
export function retrySeconds(
  error: unknown,
  counted: Failures,
  { now, random, patienceMs }: { now: number; random: number; patienceMs: number },
): number {
  const seconds = backoffSeconds(counted.failures, error, { patienceMs, random });
  if (error instanceof RetryableFailure && error.retryAfterSeconds) return seconds;
  const left = Math.ceil((ownPatienceEndsAt(error, counted) - now) / 1_000);
  return left > 0 ? Math.min(seconds, left) : seconds;
}

function ownPatienceEndsAt(error: unknown, { aloneSince, limitedSince }: Failures): number {
  const never = Number.POSITIVE_INFINITY;
  if (isAlone(error)) return (aloneSince ?? never) + OWN_PATIENCE_MS;
  return error instanceof LimitReached ? (limitedSince ?? never) + LIMIT_PATIENCE_MS : never;
}

/** Whether at least the fifth try of a message fails for what it needs alone, so that it is to do without. */
export async function keepsFailingAlone(
  error: unknown,
  { failures }: Pick<Attempt, "failures">,
): Promise<boolean> {
  return isAlone(error) && (await failures()) >= TRIES_ALONE - 1;
}

function isAlone(error: unknown): error is CountedOutage {
  return error instanceof CountedOutage && error.isAlone;
}
