import { groupIds } from "../shared/contract/group-ids.ts";
import { bodyFaults } from "../shared/failures/body-faults.ts";
import { parseExact } from "../shared/line/exact-json.ts";
import {
  COORDINATES,
  customerOf,
  type WebhookEvent,
  webhookBodySchema,
} from "../shared/line/webhook-event.ts";
import type { InboundQueueMessage } from "../shared/queue/queue-messages.ts";
import type { Split } from "../shared/webhook/webhook-handler.ts";

/**
 * One queue message per LINE event, grouped by customer and de-duplicated by webhookEventId, which
 * stays the same when LINE delivers an event again.
 */
export function splitEvents({ key: brand }: { key: string }, rawBody: Buffer): Split {
  let value: unknown;
  try {
    value = parseExact(rawBody.toString("utf8"), COORDINATES);
  } catch {
    return {
      ok: false,
      fault: "body: is not valid JSON, or nested too deeply; send LINE's webhook body",
    };
  }
  const body = webhookBodySchema.safeParse(value);
  if (!body.success) return { ok: false, fault: bodyFaults(body.error) };
  return {
    ok: true,
    messages: body.data.events.map((event) => ({
      groupId: groupIds.customer(brand, customerOf(event)),
      deduplicationId: event.webhookEventId,
      body: JSON.stringify(lineEvent(brand, event)),
    })),
  };
}

function lineEvent(brand: string, event: WebhookEvent): InboundQueueMessage {
  return { kind: "line-event", brand, event };
}
