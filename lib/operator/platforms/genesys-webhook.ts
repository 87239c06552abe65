import { createHmac } from "node:crypto";
import type { FailedRequest } from "../../../lambdas/shared/failures/bridge-error.ts";
import { OutageFailure } from "../../../lambdas/shared/failures/failures.ts";

const TIMEOUT_MS = 10_000;

/** Genesys Cloud also sends such bodies, and the bridge ignores them. */
const NO_OP = JSON.stringify({ type: "Receipt", direction: "Outbound", id: "operator" });

/**
 * Calls a brand's Genesys webhook as Genesys Cloud does, signed with this secret, with a body that changes
 * nothing. Resolves to the status. Throws OutageFailure if there is no answer within 10 s, or one that points
 * elsewhere.
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
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
      },
      body: NO_OP,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw failed({ error });
  }
  const { status, headers } = response;
  await response.body?.cancel();
  if (status >= 300 && status < 400) throw failed({ answer: { status, headers, text: "" } });
  return status;
}
