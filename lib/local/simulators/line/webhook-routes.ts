import { lookup } from "node:dns/promises";
import * as z from "zod";
import type { WebhookResult } from "../post-webhook.ts";
import { createRequestWindow } from "../request-window.ts";
import type { LineCall, LineRoute } from "./line-route.ts";
import { LineRefusal, parseBody } from "./refusal.ts";
import { isSuccess, type WebhookDelivery } from "./webhook-delivery.ts";
import type { LineWebhooks } from "./webhooks.ts";

const MAX_URL_CHARACTERS = 500;
const MINUTE = 60_000;

const setBody = z.object({ endpoint: z.string() });
const testBody = z.object({ endpoint: z.string().optional() });

/**
 * LINE Messaging API reference, Webhook settings. A new URL takes effect at once; LINE may take a
 * minute.
 */
export function webhookRoutes(options: {
  webhooks: LineWebhooks;
  testWebhook: WebhookDelivery["test"];
  /** Origins on this machine that need no https. */
  exempt: ReadonlySet<string>;
  now: () => number;
}): LineRoute[] {
  const { webhooks, now } = options;

  const limit = (requests: number, milliseconds: number) => {
    const window = createRequestWindow({ requests, milliseconds, now });
    return ({ channel }: LineCall) => {
      if (window.take(channel.channelId) !== undefined) {
        throw new LineRefusal(429, "The API rate limit has been exceeded. Try again later.");
      }
    };
  };
  const limitSetting = limit(1_000, MINUTE);
  const limitReading = limit(1_000, MINUTE);
  const limitTests = limit(60, 60 * MINUTE);

  const check = (url: string) => {
    const { protocol, origin } = URL.canParse(url) ? new URL(url) : {};
    const isSecure = protocol === "https:" || (origin !== undefined && options.exempt.has(origin));
    if (!isSecure || url.length > MAX_URL_CHARACTERS) {
      throw invalidUrl();
    }
  };
  const urlOf = ({ channel }: LineCall) => {
    const url = webhooks.urlOf(channel.brandKey);
    if (url === undefined) {
      throw new LineRefusal(404, "Webhook endpoint not found");
    }
    return url;
  };

  return [
    {
      method: "PUT",
      path: /^\/v2\/bot\/channel\/webhook\/endpoint$/,
      what: "webhook URL",
      answer: (call) => {
        limitSetting(call);
        const { endpoint } = parseBody(setBody, call.body);
        check(endpoint);
        webhooks.set(call.channel.brandKey, endpoint);
        return { status: 200, body: {}, text: endpoint };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/channel\/webhook\/endpoint$/,
      what: "webhook URL",
      answer: (call) => {
        limitReading(call);
        const endpoint = urlOf(call);
        const active = webhooks.isUsed(call.channel.brandKey);
        return { status: 200, body: { endpoint, active }, text: endpoint };
      },
    },
    {
      method: "POST",
      path: /^\/v2\/bot\/channel\/webhook\/test$/,
      what: "webhook test",
      answer: async (call) => {
        limitTests(call);
        const { endpoint = urlOf(call) } = parseBody(testBody, call.body);
        check(endpoint);
        await lookup(new URL(endpoint).hostname).catch(() => {
          throw invalidUrl();
        });
        const timestamp = new Date(now()).toISOString();
        const outcome = outcomeOf(await options.testWebhook(call.channel, endpoint));
        return { status: 200, body: { timestamp, ...outcome }, text: outcome.reason };
      },
    },
  ];
}

function invalidUrl(): LineRefusal {
  return new LineRefusal(400, "Invalid webhook endpoint URL");
}

/** LINE Messaging API reference, Test webhook endpoint, `reason` and `detail`. */
function outcomeOf({ status: statusCode, reason }: WebhookResult) {
  switch (reason) {
    case undefined: {
      const success = isSuccess(statusCode);
      const detail = String(statusCode);
      return { success, statusCode, reason: success ? "OK" : "ERROR_STATUS_CODE", detail };
    }
    case "timeout":
      return { success: false, statusCode, reason: "REQUEST_TIMEOUT", detail: "Request timeout" };
    case "unreachable":
      return {
        success: false,
        statusCode,
        reason: "COULD_NOT_CONNECT",
        detail: "Failure to connect",
      };
    case "closed":
      return { success: false, statusCode, reason: "UNCLASSIFIED", detail: "N/A" };
  }
}
