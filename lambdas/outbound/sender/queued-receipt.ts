import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { InboundQueueMessage, Receipt } from "../../shared/queue/queue-messages.ts";
import type { FifoMessage } from "../../shared/queue/send-fifo.ts";

export type ReceiptOutcome = Pick<Receipt, "status" | "reason">;

/**
 * A receipt for the inbound queue, whose worker alone calls Genesys. In a group of its own: a receipt
 * waits for no message and no message waits for a receipt. `now` in ms.
 */
export function queuedReceipt(
  brand: string,
  message: OutboundMessage,
  outcome: ReceiptOutcome,
  now: number,
): FifoMessage {
  const queued: InboundQueueMessage = {
    kind: "receipt",
    brand,
    receipt: {
      messageId: message.id,
      to: message.channel.to.id,
      time: new Date(now).toISOString(),
      ...outcome,
    },
  };
  return {
    groupId: `${brand}#receipt#${message.id}`,
    deduplicationId: `${outcome.status}#${message.id}`,
    body: JSON.stringify(queued),
  };
}
