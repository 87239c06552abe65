import { channelAccessToken } from "@line/bot-sdk";
import * as z from "zod";
import { PermanentFailure } from "../failures/failures.ts";
import type { OnAnswer } from "../platform/answer-class.ts";
import type { IssuedToken, TokenCache } from "../platform/token-cache.ts";
import { type AccessToken, withAccessToken } from "../platform/with-access-token.ts";
import type { BrandSecrets } from "../secrets/brand-secrets.ts";
import type { ChannelSecret } from "./channel-secret.ts";
import { tokenFailure } from "./failures.ts";
import { sdkCall } from "./sdk-call.ts";

const TIMEOUT_MS = 4_000;

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
});

/**
 * Makes a call with the brand's channel access token, and once more with a new one where `call`
 * throws CredentialsRefused. Throws what `call` throws, and the failures of issuing a token.
 */
export type WithLineToken = <Result>(
  brand: string,
  call: (token: string) => Promise<Result>,
) => Promise<Result>;

/** Tokens of the brands' channels: the long-lived one of the secret, else LINE's stateless ones. */
export function createWithLineToken(deps: {
  apiUrl: string;
  secrets: BrandSecrets<ChannelSecret>;
  tokens: TokenCache;
  onAnswer?: OnAnswer;
}): WithLineToken {
  async function issue({ channelId, channelSecret }: ChannelSecret): Promise<IssuedToken> {
    const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: deps.apiUrl });
    try {
      const issued = await sdkCall(
        TIMEOUT_MS,
        client.issueStatelessChannelTokenByClientSecret(channelId, channelSecret),
        (answer) => deps.onAnswer?.(answer),
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

  return async (brand, call) => {
    const secret = deps.secrets.get(brand);
    if (secret === undefined) {
      throw new PermanentFailure("UnknownBrand", `The brand ${brand} is not configured.`);
    }
    return withAccessToken(secret, tokenOf, call);
  };
}
