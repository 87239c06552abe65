import { NotConnected, OutageFailure, OutcomeUnclear } from "../failures/failures.ts";
import type { CountAnswer } from "../platform/count-answer.ts";
import type { Exchange } from "../platform/exchange.ts";
import { outcomeOf } from "../platform/http-outcome.ts";
import { wellFormedJson } from "../text/well-formed.ts";
import type { WithLineToken } from "./access-token.ts";
import { askLine, type TestAnswer } from "./ask-line.ts";
import { answerFailure } from "./failures.ts";

/** A request to the Messaging API; its body is sent as JSON. */
export interface LineRequest extends Omit<Exchange, "body"> {
  path: string;
  body?: object;
  /** What answers it with nothing, besides a 2xx. */
  isAlsoAnswer?: TestAnswer;
  /** What says that it has been carried out, whether the body can be read or not. */
  isCarriedOut?: TestAnswer;
  /** LINE does not notice when it is asked twice. */
  isUnrepeatable?: boolean;
}

/**
 * Makes a request with the account's token and resolves as `askLine` does. Throws RetryableFailure,
 * ConfigurationFailure or PermanentFailure; OutcomeUnclear where an unrepeatable request may have been carried out.
 */
export type CallLine = (request: LineRequest) => Promise<unknown>;

export function createCallLine(deps: {
  apiUrl: string;
  withLineToken: WithLineToken;
  countAnswer: CountAnswer;
}): CallLine {
  const { apiUrl, withLineToken, countAnswer } = deps;
  return ({ path, body, isAlsoAnswer, isCarriedOut, isUnrepeatable = false, ...request }) =>
    withLineToken((token) => {
      const headers = {
        ...request.headers,
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      };
      const sent = body === undefined ? {} : { body: wellFormedJson(body) };
      const asked = askLine(
        new URL(path, apiUrl),
        { ...request, ...sent, headers },
        { countAnswer, failureOf: answerFailure, isAlsoAnswer, isCarriedOut },
      );
      return isUnrepeatable ? asked.catch(unclear) : asked;
    });
}

/** A refusal is clear, whatever LINE refuses with, and where its body breaks off: LINE has done nothing. */
function unclear(error: unknown): never {
  if (!(error instanceof OutageFailure) || error instanceof NotConnected) throw error;
  const status = error.request?.answer?.status;
  if (status !== undefined && outcomeOf(status) !== "retryable") throw error;
  throw new OutcomeUnclear(error.message, error.retryAfterSeconds);
}
