import { brandLog, type Log } from "../../lambdas/shared/function/log.ts";
import type { WebhookBrand } from "../../lambdas/shared/webhook/webhook-handler.ts";

/** A brand as a webhook knows it; `write` gets each line of its log, `count` what it counts, `enqueue` its messages. */
export function webhookBrand(
  key: string,
  signingSecrets: WebhookBrand["signingSecrets"],
  {
    count = () => undefined,
    write = () => undefined,
    enqueue = async () => undefined,
  }: Partial<Seen> = {},
): [string, WebhookBrand] {
  const log: Log = { info: write, warn: write, error: write };
  return [key, { key, signingSecrets, enqueue, count, log: brandLog(log, key) }];
}

interface Seen {
  count: WebhookBrand["count"];
  write: Log["info"];
  enqueue: WebhookBrand["enqueue"];
}

/** Signing secrets that never change. */
export function fixedSecret(secret: string): WebhookBrand["signingSecrets"] {
  return async function* () {
    yield secret;
  };
}
