/** What the worker delivers: LINE's types of messages, and what else there is. */
export const INBOUND_KINDS = [
  "text",
  "sticker",
  "image",
  "video",
  "audio",
  "file",
  "location",
  "postback",
  "event",
  "other",
] as const;

/** What the outbound sender delivers: Genesys Cloud's types of content. */
export type OutboundKind =
  | "text"
  | "attachment"
  | "quick-reply"
  | "card"
  | "carousel"
  | "list-picker"
  | "date-picker"
  | "notification"
  | "location"
  | "other";

export type InboundKind = (typeof INBOUND_KINDS)[number];
