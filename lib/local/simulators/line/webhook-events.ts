import * as z from "zod";
import { type ContentKind, mediaSize, type SentMedia } from "./contents.ts";
import type { LineIds } from "./ids.ts";

const quotedMessageId = z.string().min(1).optional();

/** LINE holds the bytes, or the server of a third party does (messages of LIFF apps). */
const contentProvider = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("line") }),
    z.object({
      type: z.literal("external"),
      originalContentUrl: z.url(),
      previewImageUrl: z.url().optional(),
    }),
  ])
  .default({ type: "line" });

/** In milliseconds. */
const duration = z.int().positive().optional();

/** What a customer can send here. Other properties of LINE's message object are passed on. */
export const lineContent = z.discriminatedUnion("type", [
  z.looseObject({
    type: z.literal("text"),
    text: z.string().min(1),
    emojis: z
      .array(
        z.object({
          index: z.int().min(0),
          length: z.int().positive(),
          productId: z.string().min(1),
          emojiId: z.string().min(1),
        }),
      )
      .optional(),
    mention: z
      .object({
        mentionees: z
          .array(
            z.looseObject({
              index: z.int().min(0),
              length: z.int().positive(),
              type: z.enum(["user", "all"]),
              userId: z.string().optional(),
              isSelf: z.boolean().optional(),
            }),
          )
          .min(1)
          .max(20),
      })
      .optional(),
    quotedMessageId,
  }),
  z.looseObject({
    type: z.literal("sticker"),
    packageId: z.string().min(1),
    stickerId: z.string().min(1),
    stickerResourceType: z.string().default("STATIC"),
    keywords: z.array(z.string()).max(15).optional(),
    text: z.string().max(100).optional(),
    quotedMessageId,
  }),
  z.looseObject({
    type: z.literal("image"),
    contentProvider,
    imageSet: z
      .object({
        id: z.string().min(1),
        index: z.int().positive().optional(),
        total: z.int().positive().optional(),
      })
      .optional(),
  }),
  z.looseObject({ type: z.literal("video"), contentProvider, duration }),
  z.looseObject({ type: z.literal("audio"), contentProvider, duration }),
  z.looseObject({ type: z.literal("file"), fileName: z.string().min(1) }),
  z.looseObject({
    type: z.literal("location"),
    title: z.string().optional(),
    address: z.string().optional(),
    latitude: z.number(),
    longitude: z.number(),
  }),
]);
export type LineContent = z.input<typeof lineContent>;

/** `standby`: a module channel holds the conversation, this one only listens. */
export type EventMode = "active" | "standby";

/** What all events have. */
export interface Occasion {
  /** Absent where LINE does not say who or where. */
  source?: object | undefined;
  ids: LineIds;
  /** Milliseconds since 1970. */
  timestamp: number;
  mode: EventMode;
}

/** Message types that can be quoted and so have a quote token. */
const QUOTABLE = new Set(["text", "sticker", "image", "video"]);

/**
 * LINE Messaging API reference, Message event. `held` is the kind of content that LINE holds.
 * @throws {Error} where the bytes are missing, or given although LINE does not hold them
 */
export function messageEvent(content: LineContent, media: SentMedia | undefined, on: Occasion) {
  const parsed = lineContent.parse(content);
  const held = heldKind(parsed);
  if ((held === undefined) !== (media === undefined)) {
    throw new Error(
      held === undefined ? "LINE does not hold the bytes of this" : `The ${held} needs media`,
    );
  }
  const { type, ...rest } = parsed;
  const { ids } = on;
  const event = {
    type: "message",
    message: {
      type,
      id: ids.messageId(),
      ...(QUOTABLE.has(type) && { quoteToken: ids.quoteToken() }),
      markAsReadToken: ids.markAsReadToken(),
      ...(type === "file" && media && { fileSize: mediaSize(media) }),
      ...rest,
    },
    ...common(on, true),
  };
  return { event, held };
}

/** @param isRepliable whether LINE sends a reply token, unless the channel is in standby */
export function common({ source, ids, timestamp, mode }: Occasion, isRepliable: boolean) {
  return {
    timestamp,
    ...(source !== undefined && { source }),
    ...(isRepliable && mode === "active" && { replyToken: ids.replyToken() }),
    mode,
    webhookEventId: ids.webhookEventId(),
    deliveryContext: { isRedelivery: false },
  };
}

function heldKind(content: z.output<typeof lineContent>): ContentKind | undefined {
  switch (content.type) {
    case "image":
    case "video":
    case "audio":
      return content.contentProvider.type === "line" ? content.type : undefined;
    case "file":
      return "file";
    default:
      return undefined;
  }
}
