import { createHmac } from "node:crypto";
import type { FailedRequest } from "../../../lambdas/shared/failures/bridge-error.ts";
import { OutageFailure } from "../../../lambdas/shared/failures/failures.ts";
import { exchange } from "../../../lambdas/shared/platform/exchange.ts";

const TIMEOUT_MS = 10_000;

/** Genesys Cloud also sends such bodies, and the bridge ignores them. */
const NO_OP = JSON.stringify({ type: "Receipt", direction: "Outbound", id: "operator" });

/**
 * Calls a brand's Genesys webhook as Genesys Cloud does, signed with this secret, with a body that changes
 * nothing. Resolves to the status. Throws OutageFailure if there is no answer within 10 s, or one that is
 * not its own.
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/validate.html
 */
export async function callGenesysWebhook(url: string, webhookSecret: string): Promise<number> {
  const signature = createHmac("sha256", webhookSecret).update(NO_OP).digest("base64");
  const failed = (request: Pick<FailedRequest, "error" | "answer">) =>
    new OutageFailure("The gateway gives no answer.").of({
      who: "the gateway",
      url: new URL(url),
      ...request,
    });
  const answer = await exchange(new URL(url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body: NO_OP,
    timeoutMs: TIMEOUT_MS,
  }).catch((error: unknown) => {
    throw failed({ error });
  });
  const { status } = answer;
  if ((status >= 300 && status < 400) || status === 407) throw failed({ answer });
  return status;
}
