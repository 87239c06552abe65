import * as z from "zod/mini";
import type { MediaObject, MediaStore } from "../../shared/media/media-store.ts";
import type { LineAttachment } from "../translate/line/line-attachment.ts";

/** What a hosted attachment says of itself. Names in small letters, as S3 hands them back. */
const storedDetails = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("image"), preview: z.enum(["itself", "beside"]) }),
  z.object({ kind: z.literal("video") }),
  /** In ms. */
  z.object({ kind: z.literal("audio"), duration: z.string().check(z.regex(/^[1-9]\d*$/)) }),
  z.object({ kind: z.literal("file") }),
]);

export type StoredDetails = z.infer<typeof storedDetails>;

/** The key of an attachment's preview image. */
export function previewKey(key: string): string {
  return `${key}-preview`;
}

/** How LINE shows what is stored under `key`. Throws if it was not stored as an attachment. */
export function hostedAttachment(
  key: string,
  object: MediaObject & { bytes: number },
  store: MediaStore,
): LineAttachment {
  const details = storedDetails.parse(object.details);
  const url = store.urlOf(key);
  const previewUrl = store.urlOf(previewKey(key));
  switch (details.kind) {
    case "image":
      return { kind: "image", url, previewUrl: details.preview === "itself" ? url : previewUrl };
    case "video":
      return { kind: "video", url, previewUrl };
    case "audio":
      return { kind: "audio", url, durationMs: Number(details.duration) };
    case "file":
      return { kind: "file", url, fileName: object.fileName ?? "", bytes: object.bytes };
  }
}
