import * as z from "zod/mini";
import { queueId } from "../contract/queue-id.ts";

/** Every body that Genesys Cloud posts to an Open Messaging webhook: messages, events, receipts. */
export const outboundWebhookSchema = z.looseObject({
  type: z.string(),
  id: z.catch(z.optional(queueId), undefined),
});

/** A message from an agent or a bot. `id` is also the id that a receipt names. */
export const outboundMessageSchema = z.looseObject({
  id: queueId,
  /** `Text` or `Structured`; more may come. */
  type: z.string(),
  channel: z.looseObject({
    to: z.looseObject({ id: queueId }),
    /** When it was written, in ISO 8601. */
    time: z.catch(z.nullish(z.string()), undefined),
  }),
  /** `Human` or `Bot`. */
  originatingEntity: z.nullish(z.string()),
  text: z.nullish(z.string()),
  content: z.nullish(z.array(z.unknown())),
});

export type OutboundMessage = z.infer<typeof outboundMessageSchema>;

/** When an agent or bot wrote it (ms), by Genesys Cloud's clock. Undefined where the message does not say. */
export function writtenAt({ channel }: Pick<OutboundMessage, "channel">): number | undefined {
  const time = Date.parse(channel.time ?? "");
  return Number.isNaN(time) ? undefined : time;
}

/** An agent or bot is typing. Sent only where the integration's messaging setting asks for it. */
export const typingEventSchema = z.looseObject({
  id: queueId,
  channel: z.looseObject({ to: z.looseObject({ id: queueId }) }),
  events: z
    .array(
      z.looseObject({
        eventType: z.literal("Typing"),
        /** `duration` in ms. */
        typing: z.looseObject({ type: z.literal("On"), duration: z.nullish(z.number()) }),
      }),
    )
    .check(z.minLength(1)),
});
