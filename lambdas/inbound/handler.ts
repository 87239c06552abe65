import type { WebhookHandler } from "../shared/function/lambda-function.ts";
import {
  createWebhookHandler,
  type WebhookDependencies,
} from "../shared/webhook/webhook-handler.ts";
import { splitEvents } from "./split-events.ts";

/** LINE's webhook: POST /line/{brand}, signed in the header x-line-signature. */
export function createHandler(deps: Pick<WebhookDependencies, "brands">): WebhookHandler {
  return createWebhookHandler({
    ...deps,
    readSignature: (headers) => headers["x-line-signature"],
    split: splitEvents,
  });
}
