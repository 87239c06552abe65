/**
 * Message attribute of what an operator has put back into an outbound queue: a time (ms) before the
 * first try. LINE knows a retry key for 24 hours from then.
 */
export const TRIED_SINCE = "TriedSince";

/**
 * Message attribute of a dead letter, and of what an operator has put back: which parts of the message have been
 * sent, see sent-parts.ts.
 */
export const SENT_PARTS = "SentParts";

/**
 * Message attribute of what an operator has put back although nobody knows whether a reply with it has arrived:
 * it is pushed, whatever was decided before.
 */
export const PUSH_ANYWAY = "PushAnyway";

/**
 * A push with a retry key older than this is not sent again. LINE knows the key for 24 hours; an hour less, for the
 * clocks.
 */
export const RETRY_KEY_TRUSTED_MS = 23 * 3_600_000;
