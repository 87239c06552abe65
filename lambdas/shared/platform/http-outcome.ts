import type { IncomingHttpHeaders } from "node:http";
import { OutageFailure, RetryableFailure } from "../failures/failures.ts";

/** What a status code means for a message, whichever side answered. */
export type Outcome = "accepted" | "unauthorized" | "retryable" | "passing" | "refused";

/** The other side cannot take the message at this moment: a conflict, a lock, or too early. */
const PASSING: ReadonlySet<number> = new Set([409, 423, 425]);

/**
 * 2xx, 401, what may pass by itself (408, 429, 5xx, and what is nobody's answer to a message: a redirect, and the
 * 407 of a proxy), and what should pass within minutes (409, 423, 425); everything else is about this message.
 */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status === 401) return "unauthorized";
  if (status >= 300 && status < 400) return "retryable";
  if (status === 407 || status === 408 || status === 429 || status >= 500) return "retryable";
  return PASSING.has(status) ? "passing" : "refused";
}

/** Whoever asks for a longer pause gets this one: a single wrong header would hide a customer for days. */
const MAX_RETRY_AFTER_SECONDS = 900;

/**
 * Seconds of a Retry-After header, 900 at most: Genesys Cloud sends a whole number, what stands between it
 * and us may send a date, which counts from the answer's own. Undefined if it says neither.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(headers: IncomingHttpHeaders): number | undefined {
  const value = headers["retry-after"] ?? "";
  if (/^\d+$/.test(value)) return Math.min(Number(value), MAX_RETRY_AFTER_SECONDS);
  if (!value.endsWith(" GMT")) return undefined;
  const milliseconds = Date.parse(value) - Date.parse(headers.date ?? "");
  if (Number.isNaN(milliseconds)) return undefined;
  return Math.min(Math.max(0, Math.ceil(milliseconds / 1_000)), MAX_RETRY_AFTER_SECONDS);
}

/** What an answer that may pass means: with 429 and "not now" the other side works, else it may not. */
export function retryable(
  who: string,
  status: number,
  headers: IncomingHttpHeaders,
): RetryableFailure {
  const isWorking = status === 429 || outcomeOf(status) === "passing";
  const Failure = isWorking ? RetryableFailure : OutageFailure;
  return new Failure(`${who} answered ${status}.`, retryAfterSeconds(headers));
}
