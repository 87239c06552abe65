import { createReadStream } from "node:fs";
import type { DownloadedFile } from "./download-attachment.ts";
import { NEUTRAL_PREVIEW } from "./neutral-preview.ts";
import { playableInLine } from "./playable-in-line.ts";
import type { Showing } from "./store-showing.ts";

/** The best that LINE can do with a file that is no image: video, audio, or else a card with a link. */
export async function shownAs(file: DownloadedFile): Promise<Showing> {
  return (await asPlayable(file)) ?? asFile(file);
}

function asFile({ path, mime }: DownloadedFile): Showing {
  return { details: { kind: "file" }, mime, open: () => createReadStream(path) };
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
