import { lineSecretName } from "../contract/secret-names.ts";
import { clock } from "../function/clock.ts";
import type { CountAnswer } from "../platform/count-answer.ts";
import { createTokenCache } from "../platform/token-cache.ts";
import { createRotatingSecret, type ReadSecret } from "../secrets/rotating-secret.ts";
import { createWithLineToken, type WithLineToken } from "./access-token.ts";
import { channelSecretSchema } from "./channel-secret.ts";
import { createLineClient, type LineClient } from "./client.ts";

/** LINE as one brand uses it, by the secret that Secrets Manager holds of its channel. */
export function createLineOf(options: {
  market: string;
  apiUrl: string;
  readSecret: ReadSecret;
  countAnswer: CountAnswer;
}): (brand: string) => { line: LineClient; withLineToken: WithLineToken } {
  const { market, apiUrl, readSecret, countAnswer } = options;
  const { now } = clock;
  const tokens = createTokenCache(now);
  return (brand) => {
    const name = lineSecretName(market, brand);
    const secret = createRotatingSecret(name, channelSecretSchema, readSecret, now);
    const withLineToken = createWithLineToken({ apiUrl, secret, tokens, countAnswer });
    return { line: createLineClient({ apiUrl, withLineToken, countAnswer }), withLineToken };
  };
}
