import type { Platform } from "./names.ts";

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
export class RetryableFailure extends Error {
  override name = "RetryableFailure";
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, retryAfterSeconds?: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Nothing has failed: the message's turn comes later, about so many seconds from now, or after a pause
 * that grows with its tries. Never the end of anybody's patience.
 */
export class Postponed extends Error {
  override name = "Postponed";
  readonly seconds: number | undefined;
  constructor(message: string, seconds?: number) {
    super(message);
    this.seconds = seconds;
  }
}

/**
 * The other side refuses our credentials, permissions or integration. Retried like an outage, but
 * with its own alarm: waiting does not mend it, a person does.
 */
export class ConfigurationFailure extends Error {
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

/** A URL is not fetched: not https, not public, or not where it should begin. The message does not name it. */
export class DownloadRefused extends Error {
  override name = "DownloadRefused";
}

/** There is more to download than is taken. */
export class DownloadTooLarge extends Error {
  override name = "DownloadTooLarge";
}

/** The server of a URL refuses it for good, or has nothing there. */
export class DownloadGone extends Error {
  override name = "DownloadGone";
  readonly status: number;
  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

/** Adds what a platform calls its answer, for its support. A field of its own, so that messages of one cause are alike. */
export function withContextId<Failure extends Error>(
  failure: Failure,
  contextId: string | undefined,
): Failure {
  return contextId === undefined ? failure : Object.assign(failure, { contextId });
}

/** Errors whose messages are written here and safe to log. */
const OURS = [
  RetryableFailure,
  Postponed,
  ConfigurationFailure,
  PermanentFailure,
  SecretFault,
  EnqueueFailure,
  DownloadRefused,
  DownloadTooLarge,
  DownloadGone,
];

/**
 * What of an error may be logged. Messages of foreign errors are left out, because they can quote
 * their input (JSON.parse does): name, code and the places in the stack remain.
 */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  if (OURS.some((kind) => error instanceof kind)) {
    const { contextId } = error as { contextId?: string };
    return {
      errorName: error.name,
      errorMessage: error.message,
      ...(contextId !== undefined && { contextId }),
    };
  }
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code = "code" in error && typeof error.code === "string" ? { errorCode: error.code } : {};
  const cause = error.cause instanceof Error ? { errorCause: error.cause.name } : {};
  return { errorName: error.name, ...code, ...cause, errorStack: places.slice(0, 6).join("\n") };
}
