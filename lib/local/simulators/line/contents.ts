import type { Readable } from "node:stream";

/** A file that a customer's phone uploads to LINE. */
export type SentMedia = {
  contentType: string;
  /** The preview image. Without it an image is its own preview, and a video has a grey pixel. */
  preview?: { contentType: string; bytes: Uint8Array };
  /**
   * How long LINE prepares a video or audio before it can be fetched: for a number of requests, for a
   * time after it was sent, or forever because it cannot be played.
   */
  preparation?: { requests: number } | { milliseconds: number } | "fails";
} & (
  | { bytes: Uint8Array }
  /** `open` is called for each request, so that nothing is held in memory; `size` in bytes. */
  | { size: number; open: () => Readable }
);

export type ContentKind = "image" | "video" | "audio" | "file";

/** The content of one message. */
export interface LineContentEntry {
  kind: ContentKind;
  media: SentMedia;
  isUnsent: boolean;
  /** Counts as a request where the preparation lasts for a number of requests. */
  askPreparation(): "processing" | "succeeded" | "failed";
}

/** The binary content of customers' messages, as long as LINE holds it. */
export interface LineContents {
  keep(brandKey: string, messageId: string, kind: ContentKind, media: SentMedia): void;
  /** The customer has unsent the message. */
  unsend(brandKey: string, messageId: string): void;
  /** Undefined for a message that this channel did not get, or whose content LINE does not hold. */
  find(brandKey: string, messageId: string): LineContentEntry | undefined;
}

export function createLineContents(now: () => number): LineContents {
  const entries = new Map<string, LineContentEntry>();
  return {
    keep(brandKey, messageId, kind, media) {
      entries.set(`${brandKey} ${messageId}`, {
        kind,
        media,
        isUnsent: false,
        askPreparation: createPreparation(kind, media, now),
      });
    },
    unsend(brandKey, messageId) {
      const entry = entries.get(`${brandKey} ${messageId}`);
      if (entry !== undefined) {
        entry.isUnsent = true;
      }
    },
    find: (brandKey, messageId) => entries.get(`${brandKey} ${messageId}`),
  };
}

/** In bytes. */
export function mediaSize(media: SentMedia): number {
  return "bytes" in media ? media.bytes.length : media.size;
}

function createPreparation(
  kind: ContentKind,
  { preparation }: SentMedia,
  now: () => number,
): LineContentEntry["askPreparation"] {
  if (preparation === undefined || kind === "image" || kind === "file") {
    return () => "succeeded";
  }
  if (preparation === "fails") {
    return () => "failed";
  }
  if ("milliseconds" in preparation) {
    const readyAt = now() + preparation.milliseconds;
    return () => (now() < readyAt ? "processing" : "succeeded");
  }
  let asked = 0;
  return () => {
    asked += 1;
    return asked <= preparation.requests ? "processing" : "succeeded";
  };
}
