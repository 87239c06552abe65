import type { CountAnswer } from "../platform/count-answer.ts";
import type { Exchange } from "../platform/exchange.ts";
import type { WithLineToken } from "./access-token.ts";
import { askLine, type IsAlsoAnswer } from "./ask-line.ts";
import { answerFailure } from "./failures.ts";

/** A request to the Messaging API; its body is sent as JSON. */
export interface LineRequest extends Omit<Exchange, "body"> {
  path: string;
  body?: object;
  isAlsoAnswer?: IsAlsoAnswer;
}

/**
 * Makes a request with the account's token and resolves to the JSON of its 2xx, or to undefined for what is
 * an answer also. Throws RetryableFailure, ConfigurationFailure or PermanentFailure.
 */
export type CallLine = (request: LineRequest) => Promise<unknown>;

export function createCallLine(deps: {
  apiUrl: string;
  withLineToken: WithLineToken;
  countAnswer: CountAnswer;
}): CallLine {
  const { apiUrl, withLineToken, countAnswer } = deps;
  return ({ path, body, isAlsoAnswer, ...request }) =>
    withLineToken((token) => {
      const headers = {
        ...request.headers,
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return askLine(
        new URL(path, apiUrl),
        { ...request, ...sent, headers },
        { countAnswer, failureOf: answerFailure, isAlsoAnswer },
      );
    });
}
