import * as z from "zod";
import { nameOf } from "../failures/bridge-error.ts";
import { RetryableFailure } from "../failures/failures.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
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
  const request = fetch(new URL("/oauth/token", loginUrl), {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const response = await counted(request, countAnswer).catch((error: unknown) => {
    throw unreachable(error);
  });
  const text = await response.text().catch((error: unknown) => {
    throw unreachable(error);
  });
  switch (outcomeOf(response.status)) {
    case "accepted":
      return issuedToken(text);
    case "retryable":
      throw retryable("Genesys login", response.status, response.headers);
    default:
      throw new CredentialsRefused(
        "genesys",
        `Genesys login refused the OAuth client with ${response.status}: check clientId and clientSecret in the brand's Genesys secret.`,
      );
  }
}

function unreachable(error: unknown): RetryableFailure {
  return new RetryableFailure(`Genesys login could not be reached (${nameOf(error)}).`);
}

function issuedToken(text: string): IssuedToken {
  try {
    const answer = tokenAnswer.parse(JSON.parse(text));
    return { token: answer.access_token, expiresInSeconds: answer.expires_in };
  } catch {
    // Says nothing about the body: it may hold the token.
    throw new RetryableFailure("Genesys login answered without a usable token.");
  }
}
