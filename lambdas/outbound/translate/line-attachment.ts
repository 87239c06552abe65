import * as z from "zod";

/** An agent's attachment as LINE can show it, hosted for LINE's phones. URLs are https and at most 2,000 characters. */
export const lineAttachment = z.discriminatedUnion("kind", [
  /** JPEG or PNG of at most 10 MB, with a preview of at most 1 MB. */
  z.object({ kind: z.literal("image"), url: z.string(), previewUrl: z.string() }),
  /** mp4 of at most 200 MB. */
  z.object({ kind: z.literal("video"), url: z.string(), previewUrl: z.string() }),
  /** mp3 or m4a of at most 200 MB. */
  z.object({ kind: z.literal("audio"), url: z.string(), durationMs: z.int().positive() }),
  /** Everything else: LINE has no files, so it is shown as a card with a link. */
  z.object({
    kind: z.literal("file"),
    url: z.string(),
    fileName: z.string(),
    bytes: z.int().min(0),
  }),
]);

export type LineAttachment = z.infer<typeof lineAttachment>;

/** An attachment in a Genesys message. https://developer.genesys.cloud/commdigital/digital/openmessaging/outboundMessages */
export const genesysAttachment = z.looseObject({
  mediaType: z.string(),
  url: z.string(),
  mime: z.string().nullish(),
  filename: z.string().nullish(),
  text: z.string().nullish(),
  contentSizeBytes: z.number().nullish(),
});

export type GenesysAttachment = z.infer<typeof genesysAttachment>;
