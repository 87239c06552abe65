import { createHmac } from "node:crypto";
import { OutageFailure } from "../../../lambdas/shared/failures/failures.ts";

const TIMEOUT_MS = 10_000;

/** Genesys Cloud also sends such bodies, and the bridge ignores them. */
const NO_OP = JSON.stringify({ type: "Receipt", direction: "Outbound", id: "operator" });

/**
 * Calls a brand's Genesys webhook as Genesys Cloud does, signed with this secret, with a body that changes
 * nothing. Resolves to the status. Throws OutageFailure if there is no answer within 10 s.
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/validate.html
 */
export async function callGenesysWebhook(url: string, webhookSecret: string): Promise<number> {
  const signature = createHmac("sha256", webhookSecret).update(NO_OP).digest("base64");
  try {
    const { status } = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
      },
      body: NO_OP,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return status;
  } catch (error) {
    const failure = new OutageFailure("The gateway gives no answer.");
    throw failure.of({ who: "the gateway", url: new URL(url), error });
  }
}
