import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { oneLine } from "../../shared/text/one-line.ts";
import { mediaTitle } from "./media.ts";
import { messageOf, translateMessage } from "./message.ts";

/**
 * What a message says, or says now that it is edited, in one line, with the id that quotes of it name. Undefined for
 * every other event. Throws ZodError when the message does not have its fields.
 */
export function saidIn(event: WebhookEvent): { messageId: string; text: string } | undefined {
  if (event.type !== "message" && event.type !== "messageEdited") return undefined;
  const message = messageOf(event);
  const { text, media } = translateMessage(message, "text");
  const said = media === undefined ? text : `${mediaTitle(media)} ${media.fileName ?? ""}`;
  return { messageId: message.id, text: oneLine(said) };
}
