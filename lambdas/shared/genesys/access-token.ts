import * as z from "zod";
import { nameOf } from "../failures/bridge-error.ts";
import { OutageFailure } from "../failures/failures.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
import { exchange } from "../platform/exchange.ts";
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
  const request = exchange(new URL("/oauth/token", loginUrl), {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
    timeoutMs: TIMEOUT_MS,
  });
  const { status, headers, text } = await counted(request, countAnswer).catch((error: unknown) => {
    throw new OutageFailure(`Genesys login could not be reached (${nameOf(error)}).`);
  });
  switch (outcomeOf(status)) {
    case "accepted":
      return issuedToken(text);
    case "retryable":
    case "passing":
      throw retryable("Genesys login", status, headers);
    default:
      throw new CredentialsRefused(
        "genesys",
        `Genesys login refused the OAuth client with ${status}: check clientId and clientSecret in the brand's Genesys secret.`,
      );
  }
}

function issuedToken(text = ""): IssuedToken {
  try {
    const answer = tokenAnswer.parse(JSON.parse(text));
    return { token: answer.access_token, expiresInSeconds: answer.expires_in };
  } catch {
    // Says nothing about the body: it may hold the token.
    throw new OutageFailure("Genesys login answered without a usable token.");
  }
}
