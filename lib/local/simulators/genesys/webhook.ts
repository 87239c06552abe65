import { createHmac } from "node:crypto";
import { pause } from "../pause.ts";
import { postWebhook } from "../post-webhook.ts";
import type { OnTraffic } from "../traffic.ts";
import type { WebhookOutcome } from "./webhook-outcome.ts";

export interface GenesysWebhookOptions {
  /** How often Genesys tries again: 5. */
  retries: number;
  /** Genesys: 10 s until the answer, 5 s before the next try; with 5 retries 85 s in total. */
  timeoutMilliseconds: number;
  pauseMilliseconds: number;
  now: () => number;
  onTraffic: OnTraffic;
  closing: AbortSignal;
}

/**
 * Genesys Cloud, Open Messaging, Validate: sends a signed outbound webhook, and again after a
 * timeout, 429 or 5xx; any other answer ends it. Every try sends the same bytes.
 */
export async function sendGenesysWebhook(
  request: {
    url: string;
    webhookSecret: string;
    brandKey: string;
    /** Headers of the integration; they cannot change the signature and the content type. */
    headers?: Record<string, string> | undefined;
    body: object;
    what: string;
    text: string;
  },
  options: GenesysWebhookOptions,
): Promise<WebhookOutcome> {
  const body = Buffer.from(JSON.stringify(request.body));
  const headers = {
    ...request.headers,
    "content-type": "application/json",
    "x-hub-signature-256": genesysSignature(request.webhookSecret, body),
  };
  for (let attempts = 1; ; attempts += 1) {
    const at = options.now();
    const started = performance.now();
    const { status, reason } = await postWebhook({
      url: request.url,
      headers,
      body,
      timeoutMilliseconds: options.timeoutMilliseconds,
      closing: options.closing,
    });
    options.onTraffic({
      at,
      from: "Genesys",
      to: "bridge",
      brandKey: request.brandKey,
      what: request.what,
      ...(request.text && { text: request.text }),
      status,
      milliseconds: Math.round(performance.now() - started),
    });
    const retryable = reason === "timeout" || status === 429 || status >= 500;
    if (
      !retryable ||
      attempts > options.retries ||
      !(await pause(options.pauseMilliseconds, options.closing))
    ) {
      return { status, attempts };
    }
  }
}

/** `sha256=` and the base64 (not hexadecimal) HMAC-SHA256 of the raw body. */
export function genesysSignature(webhookSecret: string, body: Buffer): string {
  return `sha256=${createHmac("sha256", webhookSecret).update(body).digest("base64")}`;
}
