import type { Readable } from "node:stream";
import mimeTypes from "mime";
import { firstBytes } from "./first-bytes.ts";
import { matroskaTracks } from "./matroska-tracks.ts";
import { mp4Tracks } from "./mp4-tracks.ts";

/** The type of a container that holds video, and the one that it has when it holds only sound. */
interface Container {
  video: string;
  sound: string;
  tracksOf(head: Buffer): ReadonlySet<string> | undefined;
}

const inBoxes = (video: string, sound: string): Container => ({
  video,
  sound,
  tracksOf: mp4Tracks,
});
const inElements = (subtype: string): Container => ({
  video: `video/${subtype}`,
  sound: `audio/${subtype}`,
  tracksOf: matroskaTracks,
});

/** By what the first bytes say. Some MP4 call themselves sound and hold video. */
const CONTAINERS: Readonly<Record<string, Container>> = {
  "audio/mp4": inBoxes("video/mp4", "audio/mp4"),
  "video/3gpp": inBoxes("video/3gpp", "audio/3gpp"),
  "video/3gpp2": inBoxes("video/3gpp2", "audio/3gpp2"),
  "video/matroska": inElements("matroska"),
  "video/mp4": inBoxes("video/mp4", "audio/mp4"),
  "video/ogg": { video: "video/ogg", sound: "audio/ogg", tracksOf: () => undefined },
  "video/quicktime": inBoxes("video/quicktime", "audio/mp4"),
  "video/webm": inElements("webm"),
  "video/x-m4v": inBoxes("video/x-m4v", "audio/mp4"),
};

/** Of some recorders; no registered type has it. */
const SOUND_NAME = /\.3ga$/i;

/** The list of tracks is at the end of what a phone has recorded: in some minutes of sound it is within these. */
const SEARCHED_BYTES = 5 * 1_024 * 1_024;

/**
 * The media type of what the first bytes show to be a container for sound and video. LINE's message says
 * whether it is audio or video. A file is what its tracks are: with a video track it is video, whatever it calls
 * itself. Where the list of tracks does not stand in the first 5 MiB (LINE hands out no later part by itself), a
 * file is sound if its first bytes or its name say so, otherwise video. Other types stay as they are. `body` can
 * be read from its beginning afterwards. Throws what the stream throws.
 */
export async function soundOrVideo(
  { mime, body }: { mime: string; body: Readable },
  { kind, fileName }: { kind: "image" | "video" | "audio" | "file"; fileName?: string | undefined },
): Promise<string> {
  const container = CONTAINERS[mime];
  if (container === undefined || kind === "image") return mime;
  const { video, sound, tracksOf } = container;
  if (kind !== "file") return kind === "audio" ? sound : video;
  const tracks =
    tracksOf(await firstBytes(body, SEARCHED_BYTES)) ?? assumedTracks(mime, sound, fileName);
  if (tracks.has("vide")) return video;
  if (!tracks.has("soun")) return mime;
  // Sound recorders write `.m4a` in containers of 3GP as well, which are built alike.
  return tracksOf === mp4Tracks && namedType(fileName) === "audio/mp4" ? "audio/mp4" : sound;
}

function assumedTracks(mime: string, sound: string, fileName: string | undefined) {
  return new Set([mime === sound || isNamedSound(fileName) ? "soun" : "vide"]);
}

function isNamedSound(fileName = ""): boolean {
  return SOUND_NAME.test(fileName) || (namedType(fileName)?.startsWith("audio/") ?? false);
}

function namedType(fileName = ""): string | null {
  return mimeTypes.getType(fileName);
}
