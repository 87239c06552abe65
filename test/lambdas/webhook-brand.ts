import { brandLog, type Log } from "../../lambdas/shared/function/log.ts";
import type { WebhookBrand } from "../../lambdas/shared/webhook/webhook-handler.ts";

/** A brand as a webhook knows it; `write` gets each line of its log, `count` what it counts. */
export function webhookBrand(
  key: string,
  signingSecrets: WebhookBrand["signingSecrets"],
  { count = () => undefined, write = () => undefined }: Partial<Seen> = {},
): [string, WebhookBrand] {
  const log: Log = { info: write, warn: write, error: write };
  return [key, { key, signingSecrets, count, log: brandLog(log, key) }];
}

interface Seen {
  count: WebhookBrand["count"];
  write: Log["info"];
}

/** Signing secrets that never change. */
export function fixedSecret(secret: string): WebhookBrand["signingSecrets"] {
  return async function* () {
    yield secret;
  };
}
