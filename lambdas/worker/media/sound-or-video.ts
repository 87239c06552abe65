import type { Readable } from "node:stream";
import mimeTypes from "mime";
import { firstBytes } from "../../shared/media/first-bytes.ts";
import type { LineMedia } from "../translate/translation.ts";
import { mp4Tracks } from "./mp4-tracks.ts";

/** Types of containers for video, and what they are when they hold only sound. */
const SOUND_IN: Readonly<Record<string, string>> = {
  "video/3gpp": "audio/3gpp",
  "video/3gpp2": "audio/3gpp2",
  "video/matroska": "audio/matroska",
  "video/mp4": "audio/mp4",
  "video/ogg": "audio/ogg",
  "video/quicktime": "audio/mp4",
  "video/webm": "audio/webm",
  "video/x-m4v": "audio/mp4",
};

/** Those that hold boxes. */
const IN_BOXES = new Set(["video/3gpp", "video/3gpp2", "video/mp4", "video/quicktime"]);
/** Of some recorders; no registered type has it. */
const SOUND_NAME = /\.3ga$/i;

/** The list of tracks is at the end of what a phone has recorded: in some minutes of sound it is within these. */
const SEARCHED_BYTES = 5 * 1_024 * 1_024;

/**
 * The media type of what the first bytes show to be a container for sound and video: LINE says of a message
 * whether it is audio; of a file, its tracks tell, or else its name. Other types stay as they are. `body` can
 * be read from its beginning afterwards. Throws what the stream throws.
 */
export async function soundOrVideo(
  { mime, body }: { mime: string; body: Readable },
  { kind, fileName }: Pick<LineMedia, "kind" | "fileName">,
): Promise<string> {
  const sound = SOUND_IN[mime];
  if (sound === undefined || kind === "video" || kind === "image") return mime;
  if (kind === "audio") return sound;
  const tracks = mp4Tracks(await firstBytes(body, SEARCHED_BYTES));
  const isSound =
    tracks === undefined ? isNamedSound(fileName) : !tracks.has("vide") && tracks.has("soun");
  if (!isSound) return mime;
  // Sound recorders write `.m4a` in containers of 3GP as well, which are built alike.
  return IN_BOXES.has(mime) && namedType(fileName) === "audio/mp4" ? "audio/mp4" : sound;
}

function isNamedSound(fileName = ""): boolean {
  return SOUND_NAME.test(fileName) || (namedType(fileName)?.startsWith("audio/") ?? false);
}

function namedType(fileName = ""): string | null {
  return mimeTypes.getType(fileName);
}
