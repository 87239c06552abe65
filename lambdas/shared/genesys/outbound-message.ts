import * as z from "zod";

const queueSafe = z.string().regex(/^[!-~]{1,80}$/, {
  error: "must be 1 to 80 printable ASCII characters",
});

/** Every body that Genesys Cloud posts to an Open Messaging webhook: messages, events, receipts. */
export const outboundWebhookSchema = z.looseObject({ type: z.string() });

/** A message from an agent or a bot (type Text or Structured). `id` is also the id that a receipt names. */
export const outboundMessageSchema = z.looseObject({
  id: queueSafe,
  type: z.enum(["Text", "Structured"]),
  channel: z.looseObject({ to: z.looseObject({ id: queueSafe }) }),
  text: z.string().optional(),
  content: z.array(z.looseObject({ contentType: z.string() })).optional(),
});

export type OutboundMessage = z.infer<typeof outboundMessageSchema>;
