import * as z from "zod";
import { type BridgeError, nameOf } from "../failures/bridge-error.ts";
import { OutageFailure } from "../failures/failures.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
import { type Answer, exchange } from "../platform/exchange.ts";
import { outcomeOf, retryable } from "../platform/http-outcome.ts";
import type { IssuedToken } from "../platform/token-cache.ts";
import { CredentialsRefused } from "../platform/with-access-token.ts";
import type { IntegrationSecret } from "./integration-secret.ts";

const TIMEOUT_MS = 4_000;

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
});

/**
 * Gets a token by client credentials: POST {login}/oauth/token. Throws CredentialsRefused when
 * Genesys refuses the client, RetryableFailure when it cannot be reached. `countAnswer` counts its answer.
 */
export async function issueGenesysToken(
  loginUrl: string,
  { clientId, clientSecret }: Pick<IntegrationSecret, "clientId" | "clientSecret">,
  countAnswer: CountAnswer,
): Promise<IssuedToken> {
  const url = new URL("/oauth/token", loginUrl);
  const asked = { who: "Genesys Cloud's login", url };
  const request = exchange(url, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
    timeoutMs: TIMEOUT_MS,
  });
  const answer = await counted(request, countAnswer).catch((error: unknown) => {
    const failure = new OutageFailure(`Genesys login could not be reached (${nameOf(error)}).`);
    throw failure.of({ ...asked, error });
  });
  const token = outcomeOf(answer.status) === "accepted" ? issuedToken(answer) : undefined;
  if (token === undefined) throw failureOf(answer).of({ ...asked, answer });
  return token;
}

function failureOf({ status, headers }: Answer): BridgeError {
  switch (outcomeOf(status)) {
    case "accepted":
      // Says nothing about the body: it may hold the token.
      return new OutageFailure("Genesys login answered without a usable token.");
    case "retryable":
    case "passing":
      return retryable("Genesys login", status, headers);
    default:
      return new CredentialsRefused(
        "genesys",
        `Genesys login refused the OAuth client with ${status}: check clientId and clientSecret in the brand's Genesys secret.`,
      );
  }
}

function issuedToken({ text = "" }: Answer): IssuedToken | undefined {
  try {
    const answer = tokenAnswer.parse(JSON.parse(text));
    return { token: answer.access_token, expiresInSeconds: answer.expires_in };
  } catch {
    return undefined;
  }
}
