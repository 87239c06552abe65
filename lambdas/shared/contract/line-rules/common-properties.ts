import * as z from "zod";
import { quickReplyAction } from "./action-rules.ts";
import { codePoints, type MediaUrl } from "./fields.ts";

/** LINE Messaging API reference, Common properties for messages: quick reply and sender. */
export function commonProperties(mediaUrl: MediaUrl) {
  const quickReplyItem = z.object({
    type: z.literal("action"),
    imageUrl: mediaUrl.optional(),
    action: quickReplyAction(),
  });
  return {
    quickReply: z.object({ items: z.array(quickReplyItem).min(1).max(13) }).optional(),
    sender: z
      .object({
        name: codePoints(20)
          .refine((name) => !/line/i.test(name), { error: "must not contain LINE" })
          .optional(),
        iconUrl: mediaUrl.optional(),
      })
      .optional(),
  };
}
