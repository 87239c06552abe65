import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";

/** https://developers.line.biz/en/reference/messaging-api/#unsend-event */
const unsendEvent = z.looseObject({
  type: z.literal("unsend"),
  unsend: z.looseObject({ messageId: z.string().min(1) }),
});

/** Id of the message that the customer has unsent; undefined for every other event. Never throws. */
export function unsentMessageId(event: WebhookEvent): string | undefined {
  return unsendEvent.safeParse(event).data?.unsend.messageId;
}

/** It says nothing of the content, because LINE asks services to keep none of it. */
export function unsendNote(): string {
  return "[LINE UNSEND: the customer has unsent a message]";
}
