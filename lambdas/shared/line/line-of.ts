import { lineSecretName } from "../contract/secret-names.ts";
import { clock } from "../function/clock.ts";
import type { CountAnswer } from "../platform/count-answer.ts";
import { createTokenCache } from "../platform/token-cache.ts";
import {
  createRotatingSecret,
  type ReadSecret,
  type RotatingSecret,
} from "../secrets/rotating-secret.ts";
import { createWithLineToken, type WithLineToken } from "./access-token.ts";
import { type ChannelSecret, channelSecretSchema } from "./channel-secret.ts";
import { createLineClient, type LineClient } from "./client.ts";

export interface LineOfBrand {
  line: LineClient;
  withLineToken: WithLineToken;
  secret: RotatingSecret<ChannelSecret>;
}

/** LINE as one brand uses it, by the secret that Secrets Manager holds of its channel. */
export function createLineOf(options: {
  market: string;
  apiUrl: string;
  readSecret: ReadSecret;
  countAnswer: CountAnswer;
}): (brand: string) => LineOfBrand {
  const { market, apiUrl, readSecret, countAnswer } = options;
  const { now } = clock;
  const tokens = createTokenCache(now);
  return (brand) => {
    const name = lineSecretName(market, brand);
    const secret = createRotatingSecret(name, channelSecretSchema, readSecret, now);
    const withLineToken = createWithLineToken({ apiUrl, secret, tokens, countAnswer });
    const line = createLineClient({ apiUrl, withLineToken, countAnswer });
    return { line, withLineToken, secret };
  };
}
