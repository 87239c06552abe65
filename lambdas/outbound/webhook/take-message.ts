import { bodyFaults } from "../../shared/body-faults.ts";
import {
  outboundMessageSchema,
  outboundWebhookSchema,
} from "../../shared/genesys/outbound-message.ts";
import type { OutboundQueueMessage } from "../../shared/queue-messages.ts";
import type { Split } from "../../shared/webhook-handler.ts";

const FORWARDED = new Set(["Text", "Structured"]);

/**
 * The queue message for a Genesys webhook, grouped by customer and de-duplicated by the Genesys
 * message id, since Genesys tries again up to 5 times. Receipts, events and unknown types are ignored.
 */
export function takeMessage(brand: string, rawBody: Buffer): Split {
  let value: unknown;
  try {
    value = JSON.parse(rawBody.toString("utf8"));
  } catch {
    return { ok: false, fault: "body: is not valid JSON; send an Open Messaging webhook body" };
  }
  const body = outboundWebhookSchema.safeParse(value);
  if (!body.success) return { ok: false, fault: bodyFaults(body.error) };
  if (!FORWARDED.has(body.data.type)) return { ok: true, messages: [], ignored: 1 };
  const message = outboundMessageSchema.safeParse(value);
  if (!message.success) return { ok: false, fault: bodyFaults(message.error) };
  const queued: OutboundQueueMessage = { brand, message: message.data };
  return {
    ok: true,
    ignored: 0,
    messages: [
      {
        groupId: `${brand}#${message.data.channel.to.id}`,
        deduplicationId: message.data.id,
        body: JSON.stringify(queued),
      },
    ],
  };
}
