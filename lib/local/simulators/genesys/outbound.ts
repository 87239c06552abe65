import * as z from "zod";
import type { NewDesktopMessage } from "./desktop.ts";
import type { OpenIntegration } from "./integration.ts";

/** The part of an outbound webhook that the agent or bot decides; the rest is filled in. */
export interface OutboundMessage {
  /** `Text`, `Structured`, `Event` or `Receipt`. */
  type: string;
  text?: string;
  /** Given only to send a message twice. */
  id?: string;
  /** For instance `content`, `events` or `originatingEntity`. */
  [property: string]: unknown;
}

/** Body of the outbound webhook (Genesys Cloud, Open Messaging, Outbound messages). */
export function outboundBody(
  message: OutboundMessage,
  filled: {
    integration: OpenIntegration;
    toId: string;
    id: string;
    conversationId: string;
    /** ISO 8601 with milliseconds. */
    time: string;
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
      time,
    },
    direction: "Outbound",
    // Typing has no originator, and a receipt reports on what the customer sent.
    ...(!["Event", "Receipt"].includes(message.type) && { originatingEntity: "Human" }),
    conversationId,
    ...message,
  };
}

const shownContent = z
  .array(
    z.object({
      attachment: z
        .object({
          mediaType: z.string(),
          url: z.string().optional(),
          mime: z.string().optional(),
          filename: z.string().optional(),
        })
        .optional(),
    }),
  )
  .catch([]);

/** The agent's own message as the desktop shows it. */
export function outboundOnDesktop(message: OutboundMessage, time: string): NewDesktopMessage {
  const content = shownContent.parse(message.content);
  return {
    text: message.text,
    attachments: content.flatMap(({ attachment }) => attachment ?? []),
    customAttributes: {},
    metadata: {},
    time,
  };
}
