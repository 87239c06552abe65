import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import { bridgedCustomerOf, type WebhookEvent } from "../../shared/line/webhook-event.ts";
import { translateEdit } from "./edit.ts";
import { messageOf, translateMessage } from "./message.ts";
import { translateNote } from "./note.ts";
import { translatePostback } from "./postback.ts";
import type { Content, Translation } from "./translation.ts";

type Settings = Pick<BrandSettings, "stickers" | "groups" | "notes">;

/**
 * Translates a webhook event. Undefined for an event that is only logged. Unknown types are never
 * refused, because LINE adds types without notice. Throws ZodError when a known type does not have
 * its fields.
 */
export function translateLineEvent(
  event: WebhookEvent,
  settings: Settings,
): Translation | undefined {
  // In standby another module holds the conversation, and the bridge must stay silent.
  if (event.mode === "standby") return undefined;
  const customer = bridgedCustomerOf(event, settings.groups);
  if (customer === undefined) return undefined;
  const content = contentOf(event, settings);
  return content && { messageId: event.webhookEventId, customer, ...content };
}

function contentOf(
  event: WebhookEvent,
  { stickers, notes }: Settings,
): (Content & { messageId?: string }) | undefined {
  switch (event.type) {
    case "message": {
      const message = messageOf(event);
      return { messageId: message.id, ...translateMessage(message, stickers) };
    }
    case "messageEdited":
      return translateEdit(event, stickers);
    case "postback":
      return translatePostback(event);
    default:
      return translateNote(event, notes);
  }
}
