import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";

const quoting = z.looseObject({ message: z.looseObject({ quotedMessageId: z.string().min(1) }) });

/** Id of the message that the customer quotes; undefined for every other event. Never throws. */
export function quotedMessageId(event: WebhookEvent): string | undefined {
  return quoting.safeParse(event).data?.message.quotedMessageId;
}

/**
 * What agents read above a message that quotes another. `said` is how that one begins: LINE gives only its id, and
 * there is no way to fetch its content. https://developers.line.biz/en/docs/messaging-api/get-quote-tokens/
 */
export function quoteNote(said: string | undefined): string {
  return `[LINE QUOTE: replies to ${said === undefined ? "an earlier message" : `"${said}"`}]`;
}
