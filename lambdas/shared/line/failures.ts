import * as z from "zod";
import { BridgeError, nameOf } from "../failures/bridge-error.ts";
import {
  ConfigurationFailure,
  LimitReached,
  NotConnected,
  OutageFailure,
  PermanentFailure,
  RefusedForNow,
} from "../failures/failures.ts";
import type { Answer } from "../platform/exchange.ts";
import { outcomeOf, retryAfterSeconds, retryable } from "../platform/http-outcome.ts";
import { ConnectionError } from "../platform/send-request.ts";
import { CredentialsRefused } from "../platform/with-access-token.ts";

/** Reason of the PermanentFailure when the month's messages of the account are used up, or LINE says so for long. */
export const QUOTA_EXCEEDED = "QuotaExceeded";

/** Reason of the PermanentFailure where nobody knows whether a reply has arrived, and no push is to follow. */
export const REPLY_UNCLEAR = "ReplyUnclear";

const LINE_REFUSED = "LineRefused";

/**
 * LINE refuses what is in the messages of a push, not the addressee. `messages` are the indexes of those that
 * it names; it need not name any. https://developers.line.biz/en/reference/messaging-api/#error-responses
 */
export class MessagesRefused extends PermanentFailure {
  readonly messages: readonly number[];
  constructor(message: string, messages: readonly number[]) {
    super(LINE_REFUSED, message, "InvalidMessageStructure");
    this.messages = messages;
  }
}

/**
 * LINE has accepted a request with this retry key before: the message is on its way. A 409 without the id
 * of that request comes from something between LINE and us, and says nothing of the message.
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
export function isAlreadyAccepted({ status, headers }: Pick<Answer, "status" | "headers">) {
  return status === 409 && headers["x-line-accepted-request-id"] !== undefined;
}

/** What an answer means that is no 2xx. https://developers.line.biz/en/reference/messaging-api/#status-codes */
export function answerFailure(answer: Answer): BridgeError {
  const { status, headers } = answer;
  switch (outcomeOf(status)) {
    case "unauthorized":
      return new CredentialsRefused(
        "line",
        "LINE refused the channel access token with 401: check the brand's LINE secret.",
      );
    case "retryable":
      return isMessageLimit(answer)
        ? new LimitReached(quotaExceeded(), retryAfterSeconds(headers))
        : retryable("LINE", status, headers);
    case "passing": {
      const failure = retryable("LINE", status, headers);
      // LINE's own 409 is a success, see above.
      if (status === 409) return failure;
      return new RefusedForNow(refusal(answer), failure.retryAfterSeconds);
    }
    default:
      if (status !== 403) return refusal(answer);
      return new ConfigurationFailure(
        "line",
        "LINE refused with 403: the account's plan or permission lacks this call.",
      );
  }
}

/**
 * What an answer to a request for a token means; LINE answers wrong credentials with 400.
 * https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token
 */
export function tokenFailure({ status, headers }: Answer): BridgeError {
  const outcome = outcomeOf(status);
  if (outcome === "retryable" || outcome === "passing") return retryable("LINE", status, headers);
  return new CredentialsRefused(
    "line",
    `LINE refused to issue a channel access token with ${status}: check channelId and channelSecret in the brand's LINE secret.`,
  );
}

/** What it means that there is no answer: our own time limit, a network failure, or no JSON (SyntaxError). */
export function lineFailure(error: unknown): BridgeError {
  if (error instanceof BridgeError) return error;
  return error instanceof ConnectionError
    ? new NotConnected("LINE cannot be reached.")
    : new OutageFailure(`LINE gave no usable answer (${nameOf(error)}).`);
}

function refusal(answer: Answer): PermanentFailure {
  const { message, properties } = describe(answer);
  const some = properties.slice(0, 3).join(", ");
  const said = `LINE refused with ${answer.status}${some && ` (${some})`}.`;
  // "Failed to send messages": the addressee does not exist, or the account is not in the group.
  const isAboutAddressee =
    properties.includes("to") || /'to'|^failed to send messages/i.test(message);
  if (isAboutAddressee) return new PermanentFailure(LINE_REFUSED, said, "InvalidDestination");
  return answer.status === 400
    ? new MessagesRefused(said, namedMessages([message, ...properties]))
    : new PermanentFailure(LINE_REFUSED, said, "InvalidMessageStructure");
}

/** LINE names `messages[1]` in the property, or in its message where the property is a place within. */
function namedMessages(texts: readonly string[]): number[] {
  const named = texts.flatMap((text) => [...text.matchAll(/\bmessages\[(\d{1,2})\]/g)]);
  return [...new Set(named.map(([, index]) => Number(index)))];
}

function quotaExceeded(): PermanentFailure {
  const message = "LINE's monthly message limit is reached.";
  return new PermanentFailure(QUOTA_EXCEEDED, message, "RateLimited");
}

/**
 * Whether a 429 is about how many messages the account may send, and not about requests. Only its text tells,
 * which LINE may change: any other 429 is tried again as an outage is.
 * https://developers.line.biz/en/docs/messaging-api/handling-http-429-errors/
 */
function isMessageLimit(answer: Answer): boolean {
  const { message } = describe(answer);
  const isLimit = answer.status === 429 && /limit|quota|maximum|exceed|used up/i.test(message);
  if (!isLimit) return false;
  return (
    /month/i.test(message) ||
    (/message/i.test(message) && !/\brate|concurren|request/i.test(message))
  );
}

const errorBody = z.object({
  message: z.string().default(""),
  details: z.array(z.object({ property: z.string().optional() })).default([]),
});

function describe({ text = "" }: Answer): { message: string; properties: string[] } {
  try {
    const { message, details } = errorBody.parse(JSON.parse(text));
    return { message, properties: details.flatMap(({ property }) => property ?? []) };
  } catch {
    return { message: "", properties: [] };
  }
}
