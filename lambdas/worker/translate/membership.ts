import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";

const MAX_TYPE = 40;

const membershipEvent = z.looseObject({
  membership: z.looseObject({ type: z.string(), membershipId: z.number() }),
});

/** `joined`, `left`, `renewed`. https://developers.line.biz/en/reference/messaging-api/#membership-event */
export function membershipNote(event: WebhookEvent): string {
  const { type, membershipId } = membershipEvent.parse(event).membership;
  return `[LINE MEMBERSHIP: ${oneLine(type, MAX_TYPE)}, membership ${membershipId}]`;
}
