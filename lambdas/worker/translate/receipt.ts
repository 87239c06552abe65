import type { InboundReceipt } from "../../shared/genesys/inbound-message.ts";
import type { Receipt } from "../../shared/queue/queue-messages.ts";

/**
 * The receipt that tells an agent whether a message was delivered.
 * https://developer.genesys.cloud/commdigital/digital/openmessaging/inboundReceiptMessages
 */
export function genesysReceipt(receipt: Receipt): InboundReceipt {
  return {
    id: receipt.messageId,
    channel: { to: { id: receipt.to }, time: receipt.time },
    status: receipt.status,
    ...(receipt.reason !== undefined && { reasons: [receipt.reason] }),
    isFinalReceipt: true,
  };
}
