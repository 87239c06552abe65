import { OutageFailure } from "../../../../lambdas/shared/failures/failures.ts";
import {
  outcomeOf,
  retryAfterSeconds,
  retryable,
} from "../../../../lambdas/shared/platform/http-outcome.ts";

it.each([
  [200, "accepted"],
  [202, "accepted"],
  [302, "retryable"],
  [307, "retryable"],
  [400, "refused"],
  [401, "unauthorized"],
  [403, "refused"],
  [404, "refused"],
  [407, "retryable"],
  [408, "retryable"],
  [409, "passing"],
  [413, "refused"],
  [423, "passing"],
  [425, "passing"],
  [429, "retryable"],
  [500, "retryable"],
  [504, "retryable"],
])("an answer of %i is %s", (status, outcome) => {
  expect(outcomeOf(status)).toBe(outcome);
});

it.each([
  ["42", "", 42],
  ["0", "", 0],
  ["900", "", 900],
  ["86400", "", 900],
  ["9".repeat(400), "", 900],
  ["Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 26 Nov 2026 03:00:00 GMT", 900],
  ["Thu, 26 Nov 2026 03:00:30 GMT", "Thu, 26 Nov 2026 03:00:00 GMT", 30],
  ["Thu, 26 Nov 2026 02:59:00 GMT", "Thu, 26 Nov 2026 03:00:00 GMT", 0],
  ["Thu, 26 Nov 2026 03:00:30 GMT", "", undefined],
  ["soon", "Thu, 26 Nov 2026 03:00:00 GMT", undefined],
  ["-5", "Thu, 26 Nov 2026 03:00:00 GMT", undefined],
  ["", "", undefined],
])("Retry-After %j in an answer of %j is %p s", (retryAfter, date, seconds) => {
  const headers = { "retry-after": retryAfter, date };
  expect(retryAfterSeconds(headers)).toBe(seconds);
});

it.each([
  [302, true],
  [408, true],
  [409, false],
  [425, false],
  [429, false],
  [500, true],
  [503, true],
])("an answer of %i may be an outage: %s", (status, isOutage) => {
  const failure = retryable("LINE", status, { "retry-after": "7" });
  expect(failure instanceof OutageFailure).toBe(isOutage);
  expect(failure).toMatchObject({
    name: "RetryableFailure",
    message: `LINE answered ${status}.`,
    retryAfterSeconds: 7,
  });
});
