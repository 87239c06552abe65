import { INBOUND_KINDS, type InboundKind } from "../../shared/contract/delivered-kinds.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { messageOf } from "./message.ts";

/** The kind of a LINE event, for the log. Throws ZodError for a message event without a message. */
export function eventKind(event: WebhookEvent): InboundKind {
  if (event.type === "postback") return "postback";
  if (event.type !== "message") return "event";
  const { type } = messageOf(event);
  return INBOUND_KINDS.find((kind) => kind === type) ?? "other";
}
