import type { OutboundKind } from "../../../shared/contract/delivered-kinds.ts";
import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";
import { contentTypeOf } from "./content-type-of.ts";

const KINDS: ReadonlyMap<string, OutboundKind> = new Map<string, OutboundKind>([
  ["Attachment", "attachment"],
  ["QuickReply", "quick-reply"],
  ["QuickReplyV2", "quick-reply"],
  ["Card", "card"],
  ["Carousel", "carousel"],
  ["ListPicker", "list-picker"],
  ["DatePicker", "date-picker"],
  ["Notification", "notification"],
  ["Location", "location"],
]);

/** The kind under which a Genesys message is counted. Its first content that is not text decides. */
export function messageKind({ content }: OutboundMessage): OutboundKind {
  const type = (content ?? []).map(contentTypeOf).find((each) => each !== "Text");
  return type === undefined ? "text" : (KINDS.get(type) ?? "other");
}
