import type { Readable } from "node:stream";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import type { LineContent } from "../../shared/line/content-client.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../shared/media/download-errors.ts";
import { extensionOf, safeFileName } from "../../shared/media/file-name.ts";
import type { MediaPrefix } from "../../shared/media/media-keys.ts";
import type { MediaStore } from "../../shared/media/media-store.ts";
import { detectMediaType } from "../../shared/media/media-type.ts";
import type { Download } from "../../shared/media/public-download.ts";
import type { LineMedia, MediaOutcome } from "../translate/translation.ts";

export interface MediaRequest {
  brand: string;
  /** User, group or room id. */
  customer: string;
  media: LineMedia;
  /** Of the event, in ms. */
  timestamp: number;
  /** The event has been received before, and perhaps tried. */
  isRepeated: boolean;
  /** How often trying the event has failed. */
  failures(): Promise<number>;
}

/**
 * Hosts what a customer has sent, under the same key at every try. Throws RetryableFailure while it
 * may still succeed, and ConfigurationFailure.
 */
export type FetchLineMedia = (request: MediaRequest) => Promise<MediaOutcome>;

/** With tokens, the record and the post behind it, within the time that an attempt has. */
const TRANSFER_MS = 20_000;
/** UTF-16 units; as long as LINE's own URLs of media. */
const MAX_LINK = 2_000;
const EXTERNAL_TRANSFER_MS = 10_000;
/** The customer's later messages wait behind media, so what is too slow is given up. */
const MAX_SLOW_TRIES = 3;
/** Between questions whether LINE has prepared the content. */
const PREPARING_SECONDS = [2, 5, 15, 60];
/** How long after the event LINE is asked for its content. */
const PATIENCE_MS = 30 * 60_000;

export function createFetchLineMedia(deps: {
  content: LineContent;
  download: Download;
  store: MediaStore;
  prefix: MediaPrefix;
  /** Bytes that Genesys takes; external media above that stays where it is. */
  attachmentBytes: number;
  now(): number;
}): FetchLineMedia {
  async function fromLine(request: MediaRequest, keyPrefix: string): Promise<MediaOutcome> {
    const { brand, media } = request;
    const transfer = new AbortController();
    const timer = setTimeout(() => transfer.abort(), TRANSFER_MS);
    let hasBegun = false;
    try {
      const answer = await deps.content.get(brand, media.messageId, transfer.signal);
      if (answer.kind === "preparing") return await preparing(request);
      if (answer.kind !== "ready") return missing(answer.kind);
      hasBegun = true;
      return await host(answer, media, keyPrefix, transfer.signal);
    } catch (error) {
      const isTooSlow = hasBegun && transfer.signal.aborted && (await isLastTry(request));
      const isTooOld = error instanceof RetryableFailure && isOld(request);
      if (isTooSlow || isTooOld) return missing("too-slow");
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function isOld({ timestamp }: MediaRequest): boolean {
    return deps.now() - timestamp > PATIENCE_MS;
  }

  async function preparing(request: MediaRequest): Promise<MediaOutcome> {
    const { brand, media } = request;
    if (isOld(request) || (await deps.content.transcoding(brand, media.messageId)) === "failed") {
      return missing("not-playable");
    }
    throw new RetryableFailure(
      "LINE is still preparing the content.",
      PREPARING_SECONDS[await request.failures()] ?? PREPARING_SECONDS.at(-1),
    );
  }

  async function fromOutside(
    url: string,
    request: MediaRequest,
    keyPrefix: string,
  ): Promise<MediaOutcome> {
    const { media } = request;
    try {
      const options = { maxBytes: deps.attachmentBytes, timeoutMs: EXTERNAL_TRANSFER_MS };
      return await host(await deps.download(url, options), media, keyPrefix);
    } catch (error) {
      const isLast = error instanceof RetryableFailure && (await isLastTry(request));
      if (!isLast && !isHopeless(error)) throw error;
      return url.length <= MAX_LINK ? { outcome: "linked", url } : missing("gone");
    }
  }

  async function host(
    content: { body: Readable; contentType: string | undefined },
    media: LineMedia,
    keyPrefix: string,
    signal?: AbortSignal,
  ): Promise<MediaOutcome> {
    const detected = await detectMediaType(content.body, {
      mime: content.contentType,
      fileName: media.fileName,
    });
    if (detected.body.readableEnded) return missing("empty");
    const mime = trueType(detected.mime, media);
    const fileName = safeFileName(media.fileName, `${media.kind}-${media.messageId}`, mime);
    const key = `${keyPrefix}0.${extensionOf(mime) ?? "bin"}`;
    const bytes = await deps.store.put(key, detected.body, { mime, fileName }, signal);
    return { outcome: "hosted", url: deps.store.urlOf(key), mime, bytes, fileName };
  }

  /** LINE may have let go of what an earlier try has hosted. */
  async function hostedBefore({ isRepeated }: MediaRequest, keyPrefix: string) {
    const earlier = isRepeated ? await deps.store.findFirst(keyPrefix) : undefined;
    if (earlier === undefined) return undefined;
    const { key, mime, bytes, fileName = "" } = earlier;
    return { outcome: "hosted" as const, url: deps.store.urlOf(key), mime, bytes, fileName };
  }

  return async (request) => {
    const { brand, customer, media } = request;
    const keyPrefix = await deps.prefix({ brand, customer, messageId: media.messageId });
    const hosted = await hostedBefore(request, keyPrefix);
    if (hosted !== undefined) return hosted;
    return media.source.from === "line"
      ? fromLine(request, keyPrefix)
      : fromOutside(media.source.url, request, keyPrefix);
  };
}

type Reason = Extract<MediaOutcome, { outcome: "missing" }>["because"];

function missing(because: Reason): MediaOutcome {
  return { outcome: "missing", because };
}

function isHopeless(error: unknown): boolean {
  return (
    error instanceof DownloadRefused ||
    error instanceof DownloadTooLarge ||
    error instanceof DownloadGone
  );
}

async function isLastTry({ failures }: MediaRequest): Promise<boolean> {
  return (await failures()) >= MAX_SLOW_TRIES - 1;
}

/** Sound and film share a container, whose first bytes often do not tell them apart. */
function trueType(mime: string, { kind }: LineMedia): string {
  return kind === "audio" && mime === "video/mp4" ? "audio/mp4" : mime;
}
