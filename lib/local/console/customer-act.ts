import * as z from "zod";
import { lineContent } from "../simulators/line/webhook-events.ts";
import { MEDIA_TYPE } from "./media-type.ts";

/** `customer` is a display name, or the user id of somebody whom LINE knows here. */
const who = { brand: z.string(), customer: z.string().min(1) };

/** A file from a browser or a program. */
export const base64Bytes = z.base64().transform((text) => Buffer.from(text, "base64"));

/** What a customer can do on the phone: body of POST /api/line. */
export const customerAct = z.union([
  /** Write or send; `media` holds the bytes of an image, video, audio or file. */
  z.object({
    ...who,
    content: lineContent,
    media: z
      .object({ contentType: z.string().regex(MEDIA_TYPE), base64: base64Bytes })
      .transform(({ contentType, base64 }) => ({ contentType, bytes: base64 }))
      .optional(),
  }),
  /** Tap a button with a postback or datetime picker action. */
  z.object({
    ...who,
    tap: z.object({
      data: z.string(),
      displayText: z.string().optional(),
      params: z.record(z.string(), z.string()).optional(),
    }),
  }),
  /** Unsend the message with this id. */
  z.object({ ...who, unsend: z.string() }),
  /** Block or unblock the account. */
  z.object({ ...who, block: z.boolean() }),
  /** Add the account as a friend. */
  z.object({ ...who, follow: z.literal(true) }),
  /** Open the chat: the phone fetches its media, and the answer reports what LINE could not show. */
  z.object({ ...who, look: z.literal(true) }),
]);
export type CustomerAct = z.output<typeof customerAct>;
