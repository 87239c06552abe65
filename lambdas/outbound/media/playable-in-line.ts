import { open } from "node:fs/promises";
import { type IFormat, parseStream } from "music-metadata";

export type Playable =
  | { kind: "video"; mime: "video/mp4" }
  | { kind: "audio"; mime: "audio/mpeg" | "audio/mp4"; durationMs: number };

/** An MP3 that does not tell its length is read frame by frame, and a hostile one has no end of them. */
const PARSE_MS = 5_000;

/** Of all that MP4 may hold, what every phone plays. */
const VIDEO_CODECS = ["<avc1>", "<avc3>"];
const AUDIO_CODECS = ["MPEG-4/AAC", "MPEG-1 layer 3"];

const MP3 = { extension: ".mp3", judge: mp3 };
const MP4 = { extension: ".mp4", judge: mp4 };
const FORMATS = new Map([
  ["audio/mpeg", MP3],
  ["audio/mp4", MP4],
  ["video/mp4", MP4],
  ["video/x-m4v", MP4],
]);

/**
 * What LINE plays of a file: MP4 with H.264 as video, MP3 and M4A as audio, whose duration LINE wants
 * to know. `mime` is what the bytes are. Undefined for everything else, and for what cannot be read
 * within 5 s.
 * https://developers.line.biz/en/reference/messaging-api/#audio-message
 */
export async function playableInLine(
  path: string,
  mime: string,
  bytes: number,
): Promise<Playable | undefined> {
  const format = FORMATS.get(mime);
  if (format === undefined) return undefined;
  // As a stream, which unlike parseFile can be broken off and does not ask the disk for every frame.
  const file = await open(path);
  const stream = file.createReadStream({ signal: AbortSignal.timeout(PARSE_MS) });
  try {
    const { format: facts } = await parseStream(
      stream,
      // The parser is chosen by the extension.
      { path: `file${format.extension}`, size: bytes },
      { duration: true, skipCovers: true },
    );
    return format.judge(facts);
  } catch {
    return undefined;
  } finally {
    stream.destroy();
  }
}

function mp3(format: IFormat): Playable | undefined {
  return format.codec?.endsWith("Layer 3") ? audio(format, "audio/mpeg") : undefined;
}

function mp4(format: IFormat): Playable | undefined {
  const hasTrack = (codecs: string[]) =>
    format.trackInfo.some(({ codecName = "" }) => codecs.includes(codecName));
  if (format.hasVideo) {
    return hasTrack(VIDEO_CODECS) ? { kind: "video", mime: "video/mp4" } : undefined;
  }
  return hasTrack(AUDIO_CODECS) ? audio(format, "audio/mp4") : undefined;
}

function audio({ duration = 0 }: IFormat, mime: "audio/mpeg" | "audio/mp4"): Playable | undefined {
  const durationMs = Math.round(duration * 1_000);
  return durationMs > 0 && Number.isSafeInteger(durationMs)
    ? { kind: "audio", mime, durationMs }
    : undefined;
}
