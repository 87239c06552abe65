/**
 * Seconds of a queue's consumer. One request to a platform can take `attempt` with everything that
 * it may need: secrets, a token, the record of the delivery, and all of it again with a new token.
 * The function's time limit leaves room to begin several short ones.
 */
export const CONSUMER_SECONDS = { attempt: 45, timeout: 60 } as const;
