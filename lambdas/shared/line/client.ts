import { channelAccessToken, messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import type { BrandSecrets } from "../aws/brand-secrets.ts";
import { PermanentFailure } from "../errors.ts";
import type { IssuedToken, TokenCache } from "../token-cache.ts";
import { type AccessToken, withAccessToken } from "../with-access-token.ts";
import type { ChannelSecret } from "./channel-secret.ts";
import { isAlreadyAccepted, lineFailure, tokenFailure } from "./failures.ts";
import { withTimeout } from "./with-timeout.ts";

const PUSH_TIMEOUT_MS = 10_000;
const TOKEN_TIMEOUT_MS = 4_000;
const PROFILE_TIMEOUT_MS = 1_000;

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.number().positive(),
});
const profileAnswer = z.object({ displayName: z.string() });

/** The part of the LINE Messaging API that the bridge calls. Each call throws RetryableFailure, ConfigurationFailure or PermanentFailure. */
export interface LineClient {
  /**
   * Pushes 1 to 5 messages to a user, group or room. `retryKey` (a UUID) makes a repetition within
   * 24 h harmless: LINE answers 409 and this resolves.
   * https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  push(
    brand: string,
    to: string,
    messages: messagingApi.Message[],
    retryKey: string,
  ): Promise<void>;
  /** The user's display name. https://developers.line.biz/en/reference/messaging-api/#get-profile */
  displayName(brand: string, userId: string): Promise<string>;
}

export function createLineClient(deps: {
  apiUrl: string;
  secrets: BrandSecrets<ChannelSecret>;
  tokens: TokenCache;
}): LineClient {
  const baseURL = deps.apiUrl;

  async function issue({ channelId, channelSecret }: ChannelSecret): Promise<IssuedToken> {
    const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL });
    try {
      const issued = await withTimeout(
        TOKEN_TIMEOUT_MS,
        client.issueStatelessChannelTokenByClientSecret(channelId, channelSecret),
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

  function call<Result>(
    brand: string,
    timeoutMs: number,
    request: (client: messagingApi.MessagingApiClient) => Promise<Result>,
  ): Promise<Result> {
    const secret = deps.secrets.get(brand);
    if (secret === undefined) {
      throw new PermanentFailure("UnknownBrand", `The brand ${brand} is not configured.`);
    }
    return withAccessToken(secret, tokenOf, async (token) => {
      const client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL });
      try {
        return await withTimeout(timeoutMs, request(client));
      } catch (error) {
        throw lineFailure(error);
      }
    });
  }

  return {
    async push(brand, to, messages, retryKey) {
      await call(brand, PUSH_TIMEOUT_MS, (client) =>
        client.pushMessage({ to, messages }, retryKey).catch((error: unknown) => {
          if (!isAlreadyAccepted(error)) throw error;
        }),
      );
    },
    async displayName(brand, userId) {
      const profile = await call(brand, PROFILE_TIMEOUT_MS, (client) => client.getProfile(userId));
      return profileAnswer.parse(profile).displayName;
    },
  };
}
