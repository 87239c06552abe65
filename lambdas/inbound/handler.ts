import {
  createWebhookHandler,
  type WebhookDependencies,
  type WebhookHandler,
} from "../shared/webhook/webhook-handler.ts";
import { splitEvents } from "./split-events.ts";

/** LINE's webhook: POST /line/{brand}, signed in the header x-line-signature. */
export function createHandler(
  deps: Omit<WebhookDependencies, "readSignature" | "split">,
): WebhookHandler {
  return createWebhookHandler({
    ...deps,
    readSignature: (headers) => headers["x-line-signature"],
    split: splitEvents,
  });
}
