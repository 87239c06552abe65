import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { messageOf, translateMessage } from "./message.ts";
import type { Content } from "./translation.ts";

/**
 * LINE sends an edited message as a whole, under the id of the original. Genesys Cloud cannot change
 * a message, so the agent gets another one.
 * https://developers.line.biz/en/reference/messaging-api/#edit-event
 */
export function translateEdit(event: WebhookEvent, stickers: BrandSettings["stickers"]): Content {
  const content = translateMessage(messageOf(event), stickers);
  return { ...content, text: `[LINE EDIT: replaces an earlier message]\n${content.text}` };
}
