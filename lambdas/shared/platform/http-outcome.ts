import { RetryableFailure } from "../failures/failures.ts";

/** What a status code means for a message, whichever side answered. */
export type Outcome = "accepted" | "unauthorized" | "retryable" | "refused";

/** 2xx, 401, and what may pass by itself: 408, 429, 5xx; everything else is about this message. */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status === 401) return "unauthorized";
  if (status === 408 || status === 429 || status >= 500) return "retryable";
  return "refused";
}

/**
 * Seconds of a Retry-After header: Genesys Cloud sends a whole number, what stands between it and us
 * may send a date, which counts from the answer's own. Undefined if it says neither.
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value);
  if (!value.endsWith(" GMT")) return undefined;
  const milliseconds = Date.parse(value) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.ceil(milliseconds / 1_000));
}

export function retryable(who: string, status: number, headers: Headers): RetryableFailure {
  return new RetryableFailure(`${who} answered ${status}.`, retryAfterSeconds(headers));
}
