import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import type { LineImage } from "./convert-image.ts";
import type { DownloadedFile } from "./download-attachment.ts";
import { NEUTRAL_PREVIEW } from "./neutral-preview.ts";
import { playableInLine } from "./playable-in-line.ts";
import { prepareImage } from "./prepare-image.ts";
import type { StoredDetails } from "./stored-details.ts";

/** Beyond Genesys' own limit of 25 MB; an image is held in memory whole. */
const MAX_IMAGE_BYTES = 30_000_000;

/** How a file is hosted, so that LINE can show it. */
export interface Showing {
  details: StoredDetails;
  mime: string;
  open: () => Readable;
  /** Hosted beside it. */
  preview?: LineImage;
}

/**
 * The best that LINE can do with a file: image, video, audio, or else a card with a link. Throws
 * where an image cannot be made for a cause outside the file.
 */
export async function shownAs(file: DownloadedFile): Promise<Showing> {
  return (await asImage(file)) ?? (await asPlayable(file)) ?? asFile(file);
}

export function asFile({ path, mime }: DownloadedFile): Showing {
  return { details: { kind: "file" }, mime, open: () => createReadStream(path) };
}

async function asImage({ path, bytes, mime }: DownloadedFile): Promise<Showing | undefined> {
  if (!mime.startsWith("image/") || bytes > MAX_IMAGE_BYTES) return undefined;
  const image = await prepareImage(() => readFile(path), mime);
  if (image === undefined) return undefined;
  const { original, preview } = image;
  return {
    details: { kind: "image", preview: preview === undefined ? "itself" : "beside" },
    mime: original.mime,
    open: () => Readable.from([original.bytes]),
    ...(preview !== undefined && { preview }),
  };
}

async function asPlayable({ path, bytes, mime }: DownloadedFile): Promise<Showing | undefined> {
  const playable = await playableInLine(path, mime, bytes);
  if (playable === undefined) return undefined;
  const open = () => createReadStream(path);
  const { mime: playedMime } = playable;
  return playable.kind === "video"
    ? { details: { kind: "video" }, mime: playedMime, open, preview: NEUTRAL_PREVIEW }
    : { details: { kind: "audio", duration: `${playable.durationMs}` }, mime: playedMime, open };
}
