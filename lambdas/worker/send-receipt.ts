import type { Attempt } from "../shared/queue/attempt.ts";
import type { Receipt } from "../shared/queue/queue-messages.ts";
import { genesysReceipt } from "./translate/receipt.ts";
import type { WorkerBrand } from "./worker-brand.ts";

/** An agent does not see for so long that a message has failed; less than what the alarm on the oldest message waits. */
const RECEIPT_PATIENCE_MS = 3 * 60_000;

/** Tells Genesys Cloud what became of an agent's message. Throws what the Genesys client throws. `now` in ms. */
export async function sendReceipt(
  receipt: Receipt,
  { genesys, log }: WorkerBrand,
  attempt: Attempt,
  now: number,
): Promise<void> {
  const waited = now - Number(attempt.record.attributes.ApproximateFirstReceiveTimestamp);
  // Where messages take every turn, receipts would never get one.
  const urgency = waited > RECEIPT_PATIENCE_MS ? "message" : "receipt";
  await genesys.postReceipt(genesysReceipt(receipt), urgency, attempt);
  log.info("Sent a receipt to Genesys", {
    correlationId: receipt.messageId,
    status: receipt.status,
  });
}
