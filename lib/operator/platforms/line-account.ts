import * as z from "zod";
import { BridgeError } from "../../../lambdas/shared/failures/bridge-error.ts";
import { createWithLineToken } from "../../../lambdas/shared/line/access-token.ts";
import { createCallLine, type LineRequest } from "../../../lambdas/shared/line/call-line.ts";
import type { ChannelSecret } from "../../../lambdas/shared/line/channel-secret.ts";
import { createLineClient } from "../../../lambdas/shared/line/client.ts";
import { createTokenCache } from "../../../lambdas/shared/platform/token-cache.ts";
import { parseAnswer } from "./parse-answer.ts";
import { parseJson } from "./parse-json.ts";

/** LINE waits for the webhook's answer while it tests it. */
const TIMEOUT_MS = 20_000;

/**
 * The account behind a channel's credentials. Every call throws RetryableFailure, ConfigurationFailure
 * (the credentials are refused) or PermanentFailure.
 */
export interface LineAccount {
  /** https://developers.line.biz/en/reference/messaging-api/#get-bot-info */
  botInfo(): Promise<BotInfo>;
  /**
   * Undefined where no URL is set.
   * https://developers.line.biz/en/reference/messaging-api/#get-webhook-endpoint-information
   */
  webhook(): Promise<{ url: string; isActive: boolean } | undefined>;
  /**
   * LINE uses the new URL within a minute.
   * https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
   */
  setWebhook(url: string): Promise<void>;
  /**
   * Lets LINE call the webhook; at most 60 times an hour.
   * https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint
   */
  testWebhook(): Promise<{ isOk: boolean; statusCode: number; reason: string; detail: string }>;
  /**
   * What LINE says against messages, in its own words; undefined if it takes them. Sends nothing.
   * https://developers.line.biz/en/reference/messaging-api/#validate-message-objects-of-push-message
   */
  validate(messages: readonly unknown[]): Promise<string | undefined>;
  /** Messages of this month; no limit: undefined. */
  quota(): Promise<{ limit: number | undefined; used: number }>;
}

const botInfoAnswer = z.object({
  userId: z.string(),
  basicId: z.string().default(""),
  chatMode: z.string().default(""),
});
const webhookAnswer = z.object({ endpoint: z.string(), active: z.boolean() });
const testAnswer = z.object({
  success: z.boolean().default(false),
  statusCode: z.number(),
  reason: z.string().default(""),
  detail: z.string().default(""),
});

const refusalAnswer = z
  .object({
    message: z.string().catch(""),
    details: z
      .array(z.object({ property: z.string().catch(""), message: z.string().catch("") }))
      .catch([]),
  })
  .catch({ message: "", details: [] });

export type BotInfo = z.infer<typeof botInfoAnswer>;

export function createLineAccount(apiUrl: string, secret: ChannelSecret): LineAccount {
  const countAnswer = () => undefined;
  const withLineToken = createWithLineToken({
    apiUrl,
    secret: { get: async () => secret, reload: async () => false },
    tokens: createTokenCache(Date.now),
    countAnswer,
  });
  const { quota } = createLineClient({ apiUrl, withLineToken, countAnswer });
  const callLine = createCallLine({ apiUrl, withLineToken, countAnswer });
  const call = (request: Omit<LineRequest, "timeoutMs">) =>
    callLine({ ...request, timeoutMs: TIMEOUT_MS });
  const endpoint = "/v2/bot/channel/webhook/endpoint";

  return {
    botInfo: async () => parseAnswer("LINE", botInfoAnswer, await call({ path: "/v2/bot/info" })),
    async webhook() {
      const isAlsoAnswer = ({ status }: { status: number }) => status === 404;
      const answer = await call({ path: endpoint, isAlsoAnswer });
      if (answer === undefined) return undefined;
      const { endpoint: url, active } = parseAnswer("LINE", webhookAnswer, answer);
      return { url, isActive: active };
    },
    async setWebhook(url) {
      await call({ method: "PUT", path: endpoint, body: { endpoint: url } });
    },
    async testWebhook() {
      const path = "/v2/bot/channel/webhook/test";
      const answer = await call({ method: "POST", path, body: {} });
      const { success, ...result } = parseAnswer("LINE", testAnswer, answer);
      return { isOk: success, ...result };
    },
    async validate(messages) {
      try {
        await call({ method: "POST", path: "/v2/bot/message/validate/push", body: { messages } });
        return undefined;
      } catch (error) {
        const answer = error instanceof BridgeError ? error.request?.answer : undefined;
        if (answer?.status !== 400) throw error;
        return refusalIn(answer.text ?? "");
      }
    },
    quota,
  };
}

/** LINE's words; only the status where it has none. */
function refusalIn(text: string): string {
  const { message, details } = refusalAnswer.parse(parseJson(text));
  const told = details.map(({ property, message: why }) => `${property}: ${why}`);
  return [message, ...told].filter(Boolean).join(", ") || "400";
}
