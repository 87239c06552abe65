import * as z from "zod";
import type { LineIds } from "./ids.ts";

/** What a customer can send here. Further properties of LINE's message object are passed on. */
export const lineContent = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.looseObject({
    type: z.literal("sticker"),
    packageId: z.string().min(1),
    stickerId: z.string().min(1),
    stickerResourceType: z.string().default("STATIC"),
    keywords: z.array(z.string()).max(15).optional(),
  }),
  z.looseObject({
    type: z.literal("location"),
    title: z.string().optional(),
    address: z.string().optional(),
    latitude: z.number(),
    longitude: z.number(),
  }),
]);
export type LineContent = z.input<typeof lineContent>;

interface Origin {
  userId: string;
  ids: LineIds;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** LINE Messaging API reference, Message event; text and stickers can be quoted, so carry a token. */
export function messageEvent(content: LineContent, { userId, ids, timestamp }: Origin) {
  const parsed = lineContent.parse(content);
  const { type, ...rest } = parsed;
  return {
    type: "message",
    message: {
      type,
      id: ids.messageId(),
      ...(type === "location" ? {} : { quoteToken: ids.quoteToken() }),
      markAsReadToken: ids.markAsReadToken(),
      ...rest,
    },
    timestamp,
    source: { type: "user", userId },
    replyToken: ids.replyToken(),
    ...common(ids),
  };
}

/** LINE Messaging API reference, Follow event, for a customer who comes back. */
export function unblockEvent({ userId, ids, timestamp }: Origin) {
  return {
    type: "follow",
    follow: { isUnblocked: true },
    timestamp,
    source: { type: "user", userId },
    replyToken: ids.replyToken(),
    ...common(ids),
  };
}

/** LINE Messaging API reference, Unfollow event: the customer has blocked the account. */
export function blockEvent({ userId, ids, timestamp }: Origin) {
  return {
    type: "unfollow",
    timestamp,
    source: { type: "user", userId },
    ...common(ids),
  };
}

const receivedMessage = z.object({
  type: z.literal("message"),
  message: z.object({ id: z.string(), markAsReadToken: z.string() }),
  source: z
    .object({
      userId: z.string().optional(),
      groupId: z.string().optional(),
      roomId: z.string().optional(),
    })
    .transform(({ userId = "", groupId, roomId }) => groupId ?? roomId ?? userId),
});

/** The messages among these events that can be marked as read, with the chat each was written in. */
export function receivedMessages(events: object[]) {
  return events.flatMap((event) => {
    const { data } = receivedMessage.safeParse(event);
    return data === undefined ? [] : { chatId: data.source, message: data.message };
  });
}

function common(ids: LineIds) {
  return {
    mode: "active",
    webhookEventId: ids.webhookEventId(),
    deliveryContext: { isRedelivery: false },
  };
}
