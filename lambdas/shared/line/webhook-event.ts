import * as z from "zod";

/** What SQS accepts in group and de-duplication ids: printable ASCII, with room for our prefix in its 128 characters. */
const queueSafe = z.string().regex(/^[!-~]{1,80}$/, {
  error: "must be 1 to 80 printable ASCII characters",
});

const source = z.looseObject({
  type: z.string(),
  userId: queueSafe.optional(),
  groupId: queueSafe.optional(),
  roomId: queueSafe.optional(),
});

/** The fields common to all webhook events; LINE may add types and fields at any time. https://developers.line.biz/en/reference/messaging-api/#common-properties */
export const webhookEventSchema = z.looseObject({
  type: z.string().min(1),
  mode: z.string().optional(),
  /** ms since the epoch; the limit is what a Date can hold. */
  timestamp: z.int().min(0).max(8.64e15),
  webhookEventId: queueSafe,
  source: source.optional(),
});

export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** Body of a webhook. `events` is empty when LINE checks the URL. */
export const webhookBodySchema = z.object({
  destination: z.string(),
  events: z.array(webhookEventSchema),
});

/** Id of the user, group or room that an event came from: the customer of a conversation. */
export function customerOf(event: WebhookEvent): string | undefined {
  return event.source?.groupId ?? event.source?.roomId ?? event.source?.userId;
}
