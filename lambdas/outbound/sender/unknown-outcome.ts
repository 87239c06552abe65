import { RETRY_KEY_TRUSTED_MS, TRIED_SINCE } from "../../shared/contract/redriven.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";

/**
 * LINE knows a retry key for 24 h; after that, a push that it has accepted would arrive again. Throws
 * PermanentFailure for a record that was first tried longer ago. `now` in ms.
 */
export function refuseUnknownOutcome(attempt: Attempt, now: number): void {
  if (now - triedSince(attempt, now) > RETRY_KEY_TRUSTED_MS) {
    throw new PermanentFailure(
      "OutcomeUnknown",
      "The message is too old to be tried again without the risk that it arrives twice.",
      "MessageExpired",
    );
  }
}

/** False where this is surely the first try. */
export function mayHaveBeenTried(attempt: Pick<Attempt, "record" | "receives">): boolean {
  return attempt.receives > 1 || isRedriven(attempt);
}

/** Whether an operator has put the record back; one whose first try nobody knows any more does not say so. */
export function isRedriven({ record }: Pick<Attempt, "record">): boolean {
  return record.messageAttributes[TRIED_SINCE] !== undefined;
}

/** A time before the first try, or now if there was none. */
function triedSince({ record, receives }: Attempt, now: number): number {
  const redriven = record.messageAttributes[TRIED_SINCE]?.stringValue;
  if (redriven !== undefined) return Number(redriven);
  return receives > 1 ? Number(record.attributes.ApproximateFirstReceiveTimestamp) : now;
}
