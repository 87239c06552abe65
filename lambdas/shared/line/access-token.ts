import * as z from "zod";
import type { CountAnswer } from "../platform/count-answer.ts";
import type { IssuedToken, TokenCache } from "../platform/token-cache.ts";
import { type AccessToken, withAccessToken } from "../platform/with-access-token.ts";
import type { ReloadableSecret } from "../secrets/rotating-secret.ts";
import { askLine } from "./ask-line.ts";
import type { ChannelSecret } from "./channel-secret.ts";
import { lineFailure, tokenFailure } from "./failures.ts";

const TIMEOUT_MS = 4_000;

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
});

/**
 * Makes a call with a channel's access token, and once more with a new one where `call` throws
 * CredentialsRefused. Throws what `call` throws, and the failures of issuing a token.
 */
export type WithLineToken = <Result>(call: (token: string) => Promise<Result>) => Promise<Result>;

/** Tokens of one channel: the long-lived one of its secret, else LINE's stateless ones. */
export function createWithLineToken(deps: {
  apiUrl: string;
  secret: ReloadableSecret<ChannelSecret>;
  tokens: TokenCache;
  countAnswer: CountAnswer;
}): WithLineToken {
  /** https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token */
  async function issue({ channelId, channelSecret }: ChannelSecret): Promise<IssuedToken> {
    const form = {
      grant_type: "client_credentials",
      client_id: channelId,
      client_secret: channelSecret,
    };
    const url = new URL("/oauth2/v3/token", deps.apiUrl);
    const issued = await askLine(
      url,
      {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(form).toString(),
        timeoutMs: TIMEOUT_MS,
      },
      { countAnswer: deps.countAnswer, failureOf: tokenFailure },
    );
    const answer = tokenAnswer.safeParse(issued);
    // Says nothing about the body: it may hold the token.
    if (!answer.success) {
      throw lineFailure(answer.error).of({ who: "LINE", url, error: answer.error });
    }
    return { token: answer.data.access_token, expiresInSeconds: answer.data.expires_in };
  }

  async function tokenOf(secret: ChannelSecret): Promise<AccessToken> {
    // A long-lived token is used as it is; only storing another one replaces it.
    if (secret.channelAccessToken !== undefined) {
      return { value: secret.channelAccessToken, drop: () => undefined };
    }
    const credentials = JSON.stringify([secret.channelId, secret.channelSecret]);
    return deps.tokens.get(credentials, () => issue(secret));
  }

  return (call) => withAccessToken(deps.secret, tokenOf, call);
}
