import { groupIds } from "../shared/contract/group-ids.ts";
import { bodyFaults } from "../shared/failures/body-faults.ts";
import { parseLineBody } from "../shared/line/exact-json.ts";
import {
  customerOf,
  type WebhookEvent,
  webhookBodySchema,
  webhookEventSchema,
} from "../shared/line/webhook-event.ts";
import type { InboundQueueMessage } from "../shared/queue/queue-messages.ts";
import type { FifoMessage } from "../shared/queue/send-fifo.ts";
import type { Split } from "../shared/webhook/webhook-handler.ts";
import { itemTexts } from "./item-texts.ts";

/** LINE's events have fewer than ten. The worker can read far more, and JSON.stringify can write them. */
const MAX_LEVELS = 1_000;

/**
 * One queue message per LINE event, grouped by customer and de-duplicated by webhookEventId, which
 * stays the same when LINE delivers an event again. An event that cannot be read takes no other with it.
 */
export function splitEvents(
  { key: brand }: { key: string },
  rawBody: Buffer,
  receivedAt: number,
): Split {
  const text = rawBody.toString("utf8");
  let value: unknown;
  try {
    value = parseBody(text);
  } catch {
    return { ok: false, fault: "body: is not valid JSON; send LINE's webhook body" };
  }
  const body = webhookBodySchema.safeParse(value);
  if (!body.success) return { ok: false, fault: bodyFaults(body.error) };
  const split: Split = { ok: true, messages: [], faults: [] };
  // Each level begins with one of these. Hardly any body has so many, and most need not be walked through.
  const mayBeDeep = text.split("{").length + text.split("[").length > MAX_LEVELS;
  for (const [index, event] of body.data.events.entries()) {
    const { success, data, error } = webhookEventSchema.safeParse(event);
    if (!success) split.faults.push(bodyFaults(error, ["events", index]));
    else if (mayBeDeep && isDeeper(data, MAX_LEVELS))
      split.faults.push(`events[${index}]: is nested too deeply`);
    else split.messages.push(queueMessage(brand, data, receivedAt));
  }
  return split;
}

/** JSON.parse alone takes what is nested too deeply for all else; then each event is read by itself. Throws SyntaxError. */
function parseBody(text: string): unknown {
  try {
    return parseLineBody(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const { success } = webhookBodySchema.safeParse(JSON.parse(text));
  return success ? { events: itemTexts(text, "events").map(parseEvent) } : undefined;
}

function parseEvent(text: string): unknown {
  try {
    return parseLineBody(text);
  } catch {
    return JSON.parse(text);
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function queueMessage(brand: string, event: WebhookEvent, receivedAt: number): FifoMessage {
  const queued: InboundQueueMessage = { kind: "line-event", brand, receivedAt, event };
  return {
    groupId: groupIds.customer(brand, customerOf(event)),
    deduplicationId: event.webhookEventId,
    body: JSON.stringify(queued),
  };
}
