import { groupIds } from "../../shared/contract/group-ids.ts";
import { bodyFaults } from "../../shared/failures/body-faults.ts";
import {
  outboundMessageSchema,
  outboundWebhookSchema,
  typingEventSchema,
} from "../../shared/genesys/outbound-message.ts";
import type { OutboundQueueMessage } from "../../shared/queue/queue-messages.ts";
import type { FifoMessage } from "../../shared/queue/send-fifo.ts";
import type { Split } from "../../shared/webhook/webhook-handler.ts";

const MESSAGES = new Set(["Text", "Structured"]);
/** What is about messages, and none itself. */
const NO_MESSAGES = new Set(["Event", "Receipt"]);

/**
 * The queue message for a Genesys webhook, grouped by customer and de-duplicated by the Genesys
 * message id, since Genesys tries again up to 5 times. Receipts and other events than typing are
 * ignored, and types to come unless they say something to the customer.
 */
export function takeMessage({ key: brand }: { key: string }, rawBody: Buffer): Split {
  const text = rawBody.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: "body: is not valid JSON; send an Open Messaging webhook body" };
  }
  const body = outboundWebhookSchema.safeParse(value);
  if (!body.success) return { ok: false, fault: bodyFaults(body.error) };
  const { type, id: correlationId } = body.data;
  const ignored: Split = { ok: true, messages: [], faults: [], ignored: { correlationId } };
  if (NO_MESSAGES.has(type)) return takeTyping(brand, value) ?? ignored;
  const message = outboundMessageSchema.safeParse(value);
  if (!message.success) {
    return MESSAGES.has(type) ? { ok: false, fault: bodyFaults(message.error) } : ignored;
  }
  const { id, channel, text: said, content } = message.data;
  if (!MESSAGES.has(type) && !said && !content?.length) return ignored;
  return take(groupIds.customer(brand, channel.to.id), id, queuedMessage(brand, text));
}

/** The message in the very text that was signed: JSON.stringify gives up on what is nested too deeply. */
function queuedMessage(brand: string, text: string): string {
  return `{"kind":"message","brand":${JSON.stringify(brand)},"message":${text}}`;
}

/** LINE's default, and the least that it takes. */
const DEFAULT_TYPING_MS = 5_000;

/** In a group of its own: typing waits for no message, and no message waits for typing. Undefined for what else there is. */
function takeTyping(brand: string, value: unknown): Split | undefined {
  const event = typingEventSchema.safeParse(value);
  if (!event.success) return undefined;
  const { id, channel, events } = event.data;
  const to = channel.to.id;
  const milliseconds = events[0]?.typing.duration ?? DEFAULT_TYPING_MS;
  const typing: OutboundQueueMessage = { kind: "typing", brand, to, seconds: milliseconds / 1_000 };
  return take(groupIds.typing(brand, to), id, JSON.stringify(typing));
}

function take(groupId: string, deduplicationId: string, body: string): Split {
  const message: FifoMessage = { groupId, deduplicationId, body };
  return { ok: true, messages: [message], faults: [] };
}
