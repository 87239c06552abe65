import type { Answer } from "../platform/exchange.ts";
import { originalPlaces } from "./original-places.ts";

/** A request that failed, and what came of it: an error of the network, or an answer. */
export interface FailedRequest {
  /** Whom it was for, in words that people know. */
  who: string;
  url: URL;
  error?: unknown;
  answer?: Answer;
}

/** The base of our own errors: their messages are written here, hold nothing of a customer, and are safe to log. */
export class BridgeError extends Error {
  /** What a platform calls its answer, for its support. A field of its own, so that messages of one cause are alike. */
  contextId: string | undefined;
  /** Private: an answer can hold a token or a customer's words, and loggers print what they can see. */
  #request: FailedRequest | undefined;

  /** What has failed, for the operator's command: it tells people what to check. Undefined if nobody has kept it. */
  get request(): FailedRequest | undefined {
    return this.#request;
  }

  /** Keeps what has failed. */
  of(request: FailedRequest): this {
    this.#request = request;
    return this;
  }
}

/**
 * The fields of an error that may be logged. Messages of foreign errors are left out, because they can
 * quote their input (JSON.parse does): name, code and the places in the stack remain.
 */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  if (error instanceof BridgeError) {
    const { name: errorName, message: errorMessage, contextId } = error;
    return { errorName, errorMessage, ...(contextId !== undefined && { contextId }) };
  }
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const code = "code" in error && typeof error.code === "string" ? { errorCode: error.code } : {};
  const cause = error.cause instanceof Error ? { errorCause: error.cause.name } : {};
  const errorStack = originalPlaces(places.slice(0, 6)).join("\n");
  return { errorName: error.name, ...code, ...cause, errorStack };
}

/** The name of what was thrown, the most that may be said of a foreign error. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown error";
}
