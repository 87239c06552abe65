import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { locationMessage, translateLocation } from "./location.ts";
import { stickerMessage, translateSticker } from "./sticker.ts";
import { textMessage, translateText } from "./text.ts";

/** What becomes of a LINE event: text for the agent, or nothing but a count. */
export type Translation =
  | { kind: "text"; messageId: string; customer: string; text: string }
  | { kind: "ignored" };

const ignored: Translation = { kind: "ignored" };

const understood = z.discriminatedUnion("type", [textMessage, stickerMessage, locationMessage]);
const understoodTypes = new Set(["text", "sticker", "location"]);

const messageEvent = z.looseObject({ message: z.looseObject({ type: z.string() }) });

/**
 * Translates a webhook event. Unknown events and messages are ignored, never refused: LINE adds
 * types without notice. Throws ZodError when a type that is understood does not have its fields.
 */
export function translateLineEvent(event: WebhookEvent): Translation {
  // In standby another module holds the conversation and the account must stay silent.
  if (event.type !== "message" || event.mode === "standby") return ignored;
  const customer = event.source?.type === "user" ? (event.source.userId ?? undefined) : undefined;
  if (customer === undefined) return ignored;
  const { message } = messageEvent.parse(event);
  if (!understoodTypes.has(message.type)) return ignored;
  const content = understood.parse(message);
  return { kind: "text", messageId: content.id, customer, text: translate(content) };
}

function translate(message: z.infer<typeof understood>): string {
  switch (message.type) {
    case "text":
      return translateText(message);
    case "sticker":
      return translateSticker(message);
    case "location":
      return translateLocation(message);
  }
}
