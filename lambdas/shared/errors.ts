/** Reason codes that Genesys Cloud knows for a Failed receipt (`ConversationReason.code` of the Platform API). */
export type ReceiptReason =
  | "MessageExpired"
  | "RateLimited"
  | "GeneralError"
  | "UnsupportedMessage"
  | "InvalidMessageStructure"
  | "InvalidDestination"
  | "RecipientOptedOut";

/**
 * A try failed for a cause outside the message (timeout, network, 408, 429, 5xx): try again later.
 * `retryAfterSeconds` is what the other side asked for.
 */
export class RetryableFailure extends Error {
  override name = "RetryableFailure";
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, retryAfterSeconds?: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * The other side refuses our credentials, permissions or integration. Retried like an outage, but
 * with its own alarm: waiting does not mend it, a person does.
 */
export class ConfigurationFailure extends Error {
  override name = "ConfigurationFailure";
}

/**
 * Something is wrong with this one message, so no further try can succeed: it is parked.
 * `reason` becomes a message attribute in the dead-letter queue, `receipt` the code of the Failed
 * receipt that tells an agent.
 */
export class PermanentFailure extends Error {
  override name = "PermanentFailure";
  readonly reason: string;
  readonly receipt: ReceiptReason;
  constructor(reason: string, message: string, receipt: ReceiptReason = "GeneralError") {
    super(message);
    this.reason = reason;
    this.receipt = receipt;
  }
}

/** A brand's secret cannot be used. The message names the secret, the field and the fix, never a value. */
export class SecretFault extends Error {
  override name = "SecretFault";
}

/** Not every message could be stored in time; whoever sent them must deliver all of them again. */
export class EnqueueFailure extends Error {
  override name = "EnqueueFailure";
}

/**
 * What of an error may be logged. Messages of foreign errors are left out, because they can quote
 * their input (JSON.parse does): name, code and the places in the stack remain.
 */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const ours =
    error instanceof RetryableFailure ||
    error instanceof ConfigurationFailure ||
    error instanceof PermanentFailure ||
    error instanceof SecretFault ||
    error instanceof EnqueueFailure;
  if (ours) return { errorName: error.name, errorMessage: error.message };
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code = "code" in error && typeof error.code === "string" ? { errorCode: error.code } : {};
  const cause = error.cause instanceof Error ? { errorCause: error.cause.name } : {};
  return { errorName: error.name, ...code, ...cause, errorStack: places.slice(0, 6).join("\n") };
}
