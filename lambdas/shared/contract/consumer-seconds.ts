/**
 * Seconds of a queue's consumer. One request to a platform can take `attempt` with everything that
 * it may need: secrets, a token, the record of the delivery, and all of it again with a new token.
 * So no request begins after second 15 (60 - 45) of an invocation, see ensureTime.
 */
export const CONSUMER_SECONDS = { attempt: 45, timeout: 60 } as const;
