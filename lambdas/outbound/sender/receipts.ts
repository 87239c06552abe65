import type { SQSRecord } from "aws-lambda";
import type { Brand } from "../../shared/brand/brand.ts";
import { UNKNOWN_BRAND } from "../../shared/brand/find-brand.ts";
import { groupIds } from "../../shared/contract/group-ids.ts";
import type { PermanentFailure } from "../../shared/failures/failures.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import {
  type InboundQueueMessage,
  type Receipt,
  readOutboundMessage,
  UNREADABLE,
} from "../../shared/queue/queue-messages.ts";
import type { SendFifo } from "../../shared/queue/send-fifo.ts";

type Outcome = Pick<Receipt, "status" | "reason">;

/**
 * Hands receipts to the worker through the brand's inbound queue, because it alone calls Genesys Cloud. Each call
 * throws EnqueueFailure; its de-duplication id is fixed, so a second try does no harm.
 */
export interface Receipts {
  delivered(brand: Pick<Brand, "key">, message: OutboundMessage): Promise<void>;
  /** The customer has blocked the account. */
  blocked(brand: Pick<Brand, "key">, message: OutboundMessage): Promise<void>;
  /**
   * The record is about to be parked. What is no message has no receipt, and nobody could send one for a brand that
   * is gone.
   */
  failed(record: SQSRecord, failure: PermanentFailure): Promise<void>;
}

/** `enqueueFor` gives a brand's inbound queue, by the brand's key; `now` in ms. */
export function createReceipts(
  enqueueFor: (brand: string) => SendFifo,
  now: () => number,
): Receipts {
  async function send(brand: string, message: OutboundMessage, outcome: Outcome): Promise<void> {
    const queued: InboundQueueMessage = {
      kind: "receipt",
      brand,
      receipt: {
        messageId: message.id,
        to: message.channel.to.id,
        time: new Date(now()).toISOString(),
        ...outcome,
      },
    };
    await enqueueFor(brand)([
      {
        // In a group of its own: a receipt waits for no message and no message waits for a receipt.
        groupId: groupIds.receipt(brand, message.id),
        deduplicationId: `${outcome.status}#${message.id}`,
        body: JSON.stringify(queued),
      },
    ]);
  }

  return {
    delivered: ({ key }, message) => send(key, message, { status: "Delivered" }),
    blocked: ({ key }, message) =>
      send(key, message, {
        status: "Failed",
        reason: {
          code: "RecipientOptedOut",
          message: "The customer has blocked the LINE account, or removed it from the group.",
        },
      }),
    async failed(record, { reason, receipt: code, message }) {
      if (reason === UNREADABLE || reason === UNKNOWN_BRAND) return;
      const queued = readOutboundMessage(record);
      if (queued.kind !== "message") return;
      await send(queued.brand, queued.message, { status: "Failed", reason: { code, message } });
    },
  };
}
