import * as z from "zod";
import { linkUri, type MediaUrl, units } from "./fields.ts";

/** LINE Messaging API reference, Imagemap message; the width is always 1040. */
export function imagemapMessage(mediaUrl: MediaUrl) {
  const area = z.object({
    x: z.int().min(0),
    y: z.int().min(0),
    width: z.int().positive(),
    height: z.int().positive(),
  });
  const label = units(100).optional();
  return {
    baseUrl: mediaUrl,
    altText: units(1500),
    baseSize: z.object({ width: z.literal(1040), height: z.int().positive() }),
    actions: z
      .array(
        z.discriminatedUnion("type", [
          z.object({ type: z.literal("uri"), label, area, linkUri }),
          z.object({ type: z.literal("message"), label, area, text: units(400) }),
          z.object({
            type: z.literal("clipboard"),
            label,
            area,
            clipboardText: units(1000),
          }),
        ]),
      )
      .max(50),
  };
}
