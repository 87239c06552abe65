import * as z from "zod";
import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { translateLocation } from "./location.ts";
import { translateMedia } from "./media.ts";
import { translateSticker } from "./sticker.ts";
import { translateText } from "./text.ts";
import type { Content } from "./translation.ts";
import { unknownNote } from "./unknown.ts";

const messageEvent = z.looseObject({
  message: z.looseObject({ type: z.string(), id: z.string() }),
});

type LineMessage = z.infer<typeof messageEvent>["message"];

/**
 * The message of an event. Throws ZodError when it has none.
 * https://developers.line.biz/en/reference/messaging-api/#message-event
 */
export function messageOf(event: WebhookEvent): LineMessage {
  return messageEvent.parse(event).message;
}

/** Throws ZodError when a known type does not have its fields. */
export function translateMessage(
  message: LineMessage,
  stickers: BrandSettings["stickers"],
): Content {
  switch (message.type) {
    case "text":
      return translateText(message);
    case "sticker":
      return translateSticker(message, stickers);
    case "location":
      return translateLocation(message);
    case "image":
    case "video":
    case "audio":
    case "file":
      return translateMedia(message);
    default:
      return { text: unknownNote(message.type, "message") };
  }
}
