import * as z from "zod/mini";
import { queueId } from "../contract/queue-id.ts";

const source = z.looseObject({
  type: z.string(),
  userId: z.nullish(queueId),
  groupId: z.nullish(queueId),
  roomId: z.nullish(queueId),
});

/**
 * The fields common to all webhook events; LINE may add types and fields at any time.
 * https://developers.line.biz/en/reference/messaging-api/#common-properties
 */
export const webhookEventSchema = z.looseObject({
  type: z.string().check(z.minLength(1)),
  mode: z.nullish(z.string()),
  /** ms since the epoch; the limit is what a Date can hold. */
  timestamp: z.number().check(z.gte(0), z.lte(8.64e15)),
  webhookEventId: queueId,
  source: z.nullish(source),
});

export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** Body of a webhook. `events` is empty when LINE checks the URL. The URL says whose it is, so `destination` is not read. */
export const webhookBodySchema = z.object({ events: z.array(z.unknown()) });

/** Id of the user, group or room that an event came from: the customer of a conversation. */
export function customerOf(event: WebhookEvent): string | undefined {
  return event.source?.groupId ?? event.source?.roomId ?? event.source?.userId ?? undefined;
}

/** The customer, unless the event comes from a group or room and these are not bridged, or from nobody. */
export function bridgedCustomerOf(
  { source }: WebhookEvent,
  groups: "ignore" | "bridge",
): string | undefined {
  if (source?.type === "user") return source.userId ?? undefined;
  if (groups !== "bridge") return undefined;
  if (source?.type === "group") return source.groupId ?? undefined;
  if (source?.type === "room") return source.roomId ?? undefined;
  return undefined;
}
