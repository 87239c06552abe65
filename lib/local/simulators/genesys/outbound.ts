import * as z from "zod";
import type { NewDesktopMessage } from "./desktop.ts";
import type { MessagingIntegration } from "./integration.ts";

/** The part of an outbound webhook that the agent or bot chooses; the rest is filled in. */
export interface OutboundMessage {
  /** `Text`, `Structured`, `Event` or `Receipt`. */
  type: string;
  text?: string;
  /** Given only to send a message twice. */
  id?: string;
  /** For example `content`, `events` or `originatingEntity`. */
  [property: string]: unknown;
}

/** The message with more content items. */
export function withContent(message: OutboundMessage, items: object[]): OutboundMessage {
  if (items.length === 0) return message;
  return { ...message, content: [...contentItems.parse(message.content), ...items] };
}

/** Body of the outbound webhook (Genesys Cloud, Open Messaging, Outbound messages). */
export function outboundBody(
  message: OutboundMessage,
  filled: {
    integration: MessagingIntegration;
    toId: string;
    id: string;
    conversationId: string;
    /** ISO 8601 with milliseconds; null leaves it out, which Genesys Cloud's schema allows. */
    time: string | null;
  },
) {
  const { integration, toId, id, conversationId, time } = filled;
  const { integrationId, name } = integration;
  return {
    id,
    channel: {
      id: integrationId,
      platform: "Open",
      type: "Private",
      messageId: id,
      to: { id: toId, idType: "Opaque" },
      from: { nickname: name, id: integrationId, idType: "Opaque" },
      ...(time !== null && { time }),
    },
    direction: "Outbound",
    ...originator(message.type),
    conversationId,
    ...message,
  };
}

/** Typing has none, and a receipt reports on what the customer sent. */
function originator(type: string): { originatingEntity?: "Human" | "Bot" } {
  if (type === "Text") return { originatingEntity: "Human" };
  return type === "Structured" ? { originatingEntity: "Bot" } : {};
}

const originated = z.object({ originatingEntity: z.string().optional() });

const contentItems = z.array(z.unknown()).catch([]);

const shownItem = z.object({
  attachment: z.object({
    id: z.string().optional(),
    mediaType: z.string(),
    url: z.string().optional(),
    mime: z.string().optional(),
    filename: z.string().optional(),
    contentSizeBytes: z.number().optional(),
  }),
});

/** The agent's message as the desktop shows it. */
export function outboundOnDesktop(message: OutboundMessage, time: string): NewDesktopMessage {
  const content = contentItems.parse(message.content);
  return {
    text: message.text,
    attachments: content.flatMap((item) => shownItem.safeParse(item).data?.attachment ?? []),
    ...(message.type === "Structured" && { structured: content }),
    ...originated.safeParse({ ...originator(message.type), ...message }).data,
    customAttributes: {},
    metadata: {},
    time,
  };
}
