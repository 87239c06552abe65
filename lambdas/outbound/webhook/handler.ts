import type { WebhookHandler } from "../../shared/function/lambda-function.ts";
import {
  createWebhookHandler,
  type WebhookDependencies,
} from "../../shared/webhook/webhook-handler.ts";
import { takeMessage } from "./take-message.ts";

const PREFIX = "sha256=";

/** Genesys Cloud's webhook: POST /genesys/{brand}, signed in the header X-Hub-Signature-256. */
export function createHandler(deps: Pick<WebhookDependencies, "brands">): WebhookHandler {
  return createWebhookHandler({
    ...deps,
    readSignature: (headers) => {
      const header = headers["x-hub-signature-256"];
      return header?.startsWith(PREFIX) ? header.slice(PREFIX.length) : undefined;
    },
    split: takeMessage,
  });
}
