import { RetryableFailure } from "./errors.ts";

/** What a status code means for a message, whichever side answered. */
export type Outcome = "accepted" | "unauthorized" | "retryable" | "refused";

/** 2xx, 401, and what may pass by itself: 408, 429, 5xx; everything else is about this message. */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status === 401) return "unauthorized";
  if (status === 408 || status === 429 || status >= 500) return "retryable";
  return "refused";
}

/** Seconds of a Retry-After header, which Genesys Cloud sends as an integer; undefined if it has none. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  return value !== null && /^\d+$/.test(value) ? Number(value) : undefined;
}

export function retryable(who: string, status: number, headers: Headers): RetryableFailure {
  return new RetryableFailure(`${who} answered ${status}.`, retryAfterSeconds(headers));
}
