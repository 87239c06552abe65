import { HTTPFetchError } from "@line/bot-sdk";
import * as z from "zod";
import { nameOf } from "../failures/bridge-error.ts";
import { ConfigurationFailure, PermanentFailure, RetryableFailure } from "../failures/failures.ts";
import { outcomeOf, retryable } from "../platform/http-outcome.ts";
import { CredentialsRefused } from "../platform/with-access-token.ts";

/** Reason of the PermanentFailure when the month's messages of the account are used up. */
export const QUOTA_EXCEEDED = "QuotaExceeded";

/** LINE has accepted a request with this retry key before: the message is on its way. */
export function isAlreadyAccepted(error: unknown): boolean {
  return error instanceof HTTPFetchError && error.status === 409;
}

/** What a failed call means. https://developers.line.biz/en/reference/messaging-api/#status-codes */
export function lineFailure(error: unknown): Error {
  if (!(error instanceof HTTPFetchError)) return unreachable(error);
  switch (outcomeOf(error.status)) {
    case "unauthorized":
      return new CredentialsRefused(
        "line",
        "LINE refused the channel access token with 401: check the brand's LINE secret.",
      );
    case "retryable":
      return isMonthlyLimit(error)
        ? new PermanentFailure(
            QUOTA_EXCEEDED,
            "LINE's monthly message limit is reached.",
            "RateLimited",
          )
        : retryable("LINE", error.status, error.headers);
    default:
      return refusal(error);
  }
}

/** What a failed token request means; LINE answers wrong credentials with 400. https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token */
export function tokenFailure(error: unknown): Error {
  if (!(error instanceof HTTPFetchError)) return unreachable(error);
  if (outcomeOf(error.status) === "retryable")
    return retryable("LINE", error.status, error.headers);
  return new CredentialsRefused(
    "line",
    `LINE refused to issue a channel access token with ${error.status}: check channelId and channelSecret in the brand's LINE secret.`,
  );
}

/** Our own time limit, a network failure (TypeError), or an answer that is not JSON (SyntaxError). */
function unreachable(error: unknown): Error {
  if (error instanceof RetryableFailure) return error;
  return new RetryableFailure(`LINE gave no usable answer (${nameOf(error)}).`);
}

function refusal(error: HTTPFetchError): Error {
  if (error.status === 403) {
    return new ConfigurationFailure(
      "line",
      "LINE refused with 403: the account's plan or permission lacks this call.",
    );
  }
  const { message, properties } = describe(error);
  const isAboutAddressee = properties.includes("to") || /'to'/.test(message);
  return new PermanentFailure(
    "LineRefused",
    `LINE refused with ${error.status}${properties.length > 0 ? ` (${properties.join(", ")})` : ""}.`,
    isAboutAddressee ? "InvalidDestination" : "InvalidMessageStructure",
  );
}

/** LINE's wording may change, so only "limit" next to "month" counts; any other 429 is tried again. */
function isMonthlyLimit(error: HTTPFetchError): boolean {
  return error.status === 429 && /monthly limit|limit.*month/i.test(describe(error).message);
}

const errorBody = z.object({
  message: z.string().default(""),
  details: z.array(z.object({ property: z.string().optional() })).default([]),
});

function describe(error: HTTPFetchError): { message: string; properties: string[] } {
  try {
    const { message, details } = errorBody.parse(JSON.parse(error.body));
    return { message, properties: details.flatMap(({ property }) => property ?? []).slice(0, 3) };
  } catch {
    return { message: "", properties: [] };
  }
}
