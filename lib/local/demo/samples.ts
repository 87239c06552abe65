import { readFileSync } from "node:fs";

/** A small file that the demo sends. */
export interface Sample {
  /** Its file name on the sender's device. */
  name: string;
  kind: "image" | "video" | "audio" | "file";
  contentType: string;
  bytes: Buffer;
  /** Milliseconds, of video and audio. */
  duration?: number;
}

/**
 * Real files of a few KB with artificial content: test patterns, sine tones and one line of text. Made
 * with ffmpeg (`testsrc`, `smptehdbars`, `sine`; its usual encoders of H.264, AAC and MP3); the PDF is
 * made by hand.
 */
export const SAMPLES = {
  /** JPEG, 320 × 240: colour bars. */
  photo: sample("photo.jpg", "image", "image/jpeg"),
  /** PNG, 240 × 180: a test pattern. */
  shelf: sample("shelf.png", "image", "image/png"),
  /** mp4, 160 × 120, 1 s: a test pattern with a tone. */
  video: { ...sample("video.mp4", "video", "video/mp4"), duration: 1_000 },
  /** m4a, 2 s: a tone of 440 Hz, as LINE's voice messages are. */
  voiceNote: { ...sample("voice-note.m4a", "audio", "audio/x-m4a"), duration: 2_000 },
  /** mp3, 2 s: a tone of 660 Hz. */
  greeting: { ...sample("greeting.mp3", "audio", "audio/mpeg"), duration: 2_000 },
  /** PDF of one page: "Order A-1029". */
  order: sample("order.pdf", "file", "application/pdf"),
} as const satisfies Record<string, Sample>;

function sample(name: string, kind: Sample["kind"], contentType: string): Sample {
  return {
    name,
    kind,
    contentType,
    bytes: readFileSync(new URL(`samples/${name}`, import.meta.url)),
  };
}
