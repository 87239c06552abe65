import type { Platform } from "../contract/answers.ts";
import type { ParkReason } from "../contract/park-reasons.ts";
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
 * A try failed for a cause that may lie with the host that was asked and not with the message: no answer, no
 * usable one, a redirect, 408, 5xx. A breaker counts it; 429 is none.
 */
export class OutageFailure extends RetryableFailure {}

/** An outage in which the request has surely not left: there was no connection. */
export class NotConnected extends OutageFailure {}

/** An outage in which nobody knows whether the other side has done what was asked, and asking again could double it. */
export class OutcomeUnclear extends OutageFailure {}

/**
 * An outage that the breaker of its host has counted and that does not concern all: the breaker is closed.
 * `isAlone`: other messages of the brand have succeeded there in the last minutes.
 */
export class CountedOutage extends RetryableFailure {
  readonly isAlone: boolean;
  constructor({ message, retryAfterSeconds }: OutageFailure, isAlone: boolean) {
    super(message, retryAfterSeconds);
    this.isAlone = isAlone;
  }
}

/**
 * Nothing has failed: the message's turn comes later, about so many seconds from now, or after a pause
 * that grows with the time that it has waited.
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
 * Another function prepares media of the message: its turn comes when that is done. A part of its way, and nothing to
 * notice.
 */
export class MediaPending extends Postponed {
  override name = "MediaPending";
}

/**
 * The host that a message needs does not work, and the breaker is open: the message waits, and its backoff
 * does not grow. What still waits when its patience ends is parked with this message, which quotes the last
 * failure of the host.
 */
export class HeldBack extends Postponed {
  override name = "HeldBack";
  /** What its own try failed with, if there was one: a probe, or a call that was under way. */
  readonly tried: Error | undefined;
  /** Access is refused, which a person has to fix; else the host does not answer. */
  readonly isAccessRefused: boolean;
  constructor(message: string, why: { tried?: Error | undefined; isAccessRefused: boolean }) {
    super(message);
    this.tried = why.tried;
    this.isAccessRefused = why.isAccessRefused;
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
  readonly reason: ParkReason;
  readonly receipt: ReceiptReason;
  constructor(reason: ParkReason, message: string, receipt: ReceiptReason = "GeneralError") {
    super(message);
    this.reason = reason;
    this.receipt = receipt;
  }
}

/**
 * The other side cannot take this one message now (409, 423, 425), while it may take others: tried again
 * for ten minutes from the first such answer, then parked as `afterPatience` says.
 */
export class RefusedForNow extends RetryableFailure {
  override name = "RefusedForNow";
  readonly afterPatience: PermanentFailure;
  constructor(refusal: PermanentFailure, retryAfterSeconds?: number) {
    super(refusal.message, retryAfterSeconds);
    this.contextId = refusal.contextId;
    this.afterPatience = refusal;
  }
}

/**
 * A limit of messages is reached, which may only seem so for some minutes: tried again for 15 minutes from the
 * first such answer, then parked as `afterPatience` says.
 */
export class LimitReached extends RefusedForNow {
  override name = "LimitReached";
}
