import { channelAccessToken } from "@line/bot-sdk";
import * as z from "zod";
import type { CountAnswer } from "../platform/count-answer.ts";
import type { IssuedToken, TokenCache } from "../platform/token-cache.ts";
import { type AccessToken, withAccessToken } from "../platform/with-access-token.ts";
import type { ReloadableSecret } from "../secrets/rotating-secret.ts";
import type { ChannelSecret } from "./channel-secret.ts";
import { tokenFailure } from "./failures.ts";
import { sdkCall } from "./sdk-call.ts";

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
  async function issue({ channelId, channelSecret }: ChannelSecret): Promise<IssuedToken> {
    const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: deps.apiUrl });
    try {
      const issued = await sdkCall(
        TIMEOUT_MS,
        client.issueStatelessChannelTokenByClientSecret(channelId, channelSecret),
        deps.countAnswer,
      );
      const { access_token, expires_in } = tokenAnswer.parse(issued);
      return { token: access_token, expiresInSeconds: expires_in };
    } catch (error) {
      throw tokenFailure(error);
    }
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
