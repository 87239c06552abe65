import { nameOf } from "../../../lambdas/shared/failures/bridge-error.ts";
import { ConfigurationFailure, OutageFailure } from "../../../lambdas/shared/failures/failures.ts";
import { issueGenesysToken } from "../../../lambdas/shared/genesys/access-token.ts";
import { type Answer, exchange } from "../../../lambdas/shared/platform/exchange.ts";
import {
  outcomeOf,
  retryAfterSeconds,
  retryable,
} from "../../../lambdas/shared/platform/http-outcome.ts";
import { parseJson } from "./parse-json.ts";

const WHO = "Genesys Cloud";
const TIMEOUT_MS = 15_000;
const TRIES = 4;
/** The longest pause before a retry; a person is waiting. */
const MAX_PAUSE_SECONDS = 60;

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
}

export interface GenesysAnswer {
  status: number;
  body: unknown;
}

/**
 * Calls the Platform API with the token of an OAuth client; resolves to every answer but 401, 408, 429, 5xx and
 * redirects.
 */
export type CallGenesys = (
  method: "GET" | "POST" | "PUT" | "PATCH",
  path: string,
  body?: unknown,
) => Promise<GenesysAnswer>;

/**
 * Gets a token and resolves to a function that calls with it. It tries again after 429, and after 5xx if the
 * request can be repeated safely. Throws ConfigurationFailure when the client or its token is refused,
 * RetryableFailure when Genesys Cloud cannot be reached.
 */
export async function connectGenesys(
  urls: { api: string; login: string },
  client: OAuthClient,
  sleep: (ms: number) => Promise<void>,
): Promise<CallGenesys> {
  const { token } = await issueGenesysToken(urls.login, client, () => undefined);
  return async (method, path, body) => {
    for (let tries = 1; ; tries += 1) {
      const url = new URL(path, urls.api);
      const answer = await send(url, token, method, body);
      const { status, headers, text } = answer;
      const request = { who: WHO, url, answer };
      const outcome = outcomeOf(status);
      const json = parseJson(text ?? "");
      // A proxy's 403, for example, says nothing about the client's permissions.
      if (outcome !== "retryable" && text !== "" && json === undefined) {
        throw new OutageFailure(`Genesys Cloud gave no usable answer (${status}).`).of(request);
      }
      if (outcome === "unauthorized") {
        throw new ConfigurationFailure(
          "genesys",
          "Genesys Cloud refused the access token with 401.",
        );
      }
      if (outcome !== "retryable") return { status, body: json };
      const isSafe = status === 429 || (method !== "POST" && status !== 407);
      const pause = retryAfterSeconds(headers) ?? 2 ** tries;
      if (!isSafe || tries === TRIES || pause > MAX_PAUSE_SECONDS) {
        throw retryable(WHO, status, headers).of(request);
      }
      await sleep(pause * 1_000);
    }
  };
}

async function send(
  url: URL,
  token: string,
  method: Parameters<CallGenesys>[0],
  body: unknown,
): Promise<Answer> {
  try {
    return await exchange(url, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: TIMEOUT_MS,
    });
  } catch (error) {
    const failure = new OutageFailure(`Genesys Cloud could not be reached (${nameOf(error)}).`);
    throw failure.of({ who: WHO, url, error });
  }
}
