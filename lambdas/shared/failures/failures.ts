import type { Platform } from "../contract/answers.ts";
import { BridgeError } from "./bridge-error.ts";

/** Reason codes that Genesys Cloud knows for a Failed receipt (`ConversationReason.code` of the Platform API). */
export type ReceiptReason =
  | "MessageExpired"
  | "RateLimited"
  | "GeneralError"
  | "UnsupportedMessage"
  | "MediaTypeNotAllowed"
  | "InvalidMediaContentLength"
  | "InvalidMessageStructure"
  | "InvalidDestination"
  | "RecipientOptedOut";

/**
 * A try failed for a cause outside the message (timeout, network, 408, 429, 5xx): try again later.
 * `retryAfterSeconds` is what the other side asked for.
 */
export class RetryableFailure extends BridgeError {
  override name = "RetryableFailure";
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, retryAfterSeconds?: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Nothing has failed: the message's turn comes later, about so many seconds from now, or after a pause
 * that grows with its receives. It never ends a message's patience.
 */
export class Postponed extends BridgeError {
  override name = "Postponed";
  readonly seconds: number | undefined;
  constructor(message: string, seconds?: number) {
    super(message);
    this.seconds = seconds;
  }
}

/**
 * The other side refuses our credentials, permissions or integration. Retried like an outage, but
 * with an alarm of its own: waiting does not fix it, a person does.
 */
export class ConfigurationFailure extends BridgeError {
  override name = "ConfigurationFailure";
  /** Who refuses. */
  readonly platform: Platform;
  constructor(platform: Platform, message: string) {
    super(message);
    this.platform = platform;
  }
}

/**
 * Something is wrong with this one message, so no further try can succeed: it is parked.
 * `reason` becomes a message attribute in the dead-letter queue, `receipt` the code of the Failed
 * receipt that tells an agent.
 */
export class PermanentFailure extends BridgeError {
  override name = "PermanentFailure";
  readonly reason: string;
  readonly receipt: ReceiptReason;
  constructor(reason: string, message: string, receipt: ReceiptReason = "GeneralError") {
    super(message);
    this.reason = reason;
    this.receipt = receipt;
  }
}

/**
 * The other side cannot take this one message now (409, 423, 425), while it may take others: tried again
 * for ten minutes from the first such answer, then parked as `finally` says.
 */
export class RefusedForNow extends RetryableFailure {
  override name = "RefusedForNow";
  readonly finally: PermanentFailure;
  constructor(refusal: PermanentFailure, retryAfterSeconds?: number) {
    super(refusal.message, retryAfterSeconds);
    this.contextId = refusal.contextId;
    this.finally = refusal;
  }
}
