import type { Readable } from "node:stream";
import { HeldBack, RetryableFailure } from "../../shared/failures/failures.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../shared/media/download-errors.ts";
import { extensionOf, safeFileName } from "../../shared/media/file-name.ts";
import { detectMediaType } from "../../shared/media/media-type.ts";
import type { Download } from "../../shared/media/public-download.ts";
import { soundOrVideo } from "../../shared/media/sound-or-video.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import { keepsFailingAlone, OWN_PATIENCE_MS } from "../../shared/queue/patience.ts";
import type { LineMedia, MediaOutcome } from "../translate/translation.ts";
import type { WorkerBrand } from "../worker-brand.ts";

interface MediaRequest {
  brand: Pick<WorkerBrand, "content" | "hosts" | "media">;
  /** User, group or room id. */
  customer: string;
  media: LineMedia;
  /** Of the event, in ms. */
  timestamp: number;
  attempt: Pick<Attempt, "record" | "receives" | "failures">;
  /** So long (ms) the transfer may last where that is less than usual; with 0 only what an earlier try has hosted is had. */
  withinMs?: number | undefined;
}

/**
 * Hosts what a customer has sent, under the same key at every try. Throws RetryableFailure while it
 * may still succeed, HeldBack while LINE hands out no content, and ConfigurationFailure.
 */
export type FetchLineMedia = (request: MediaRequest) => Promise<MediaOutcome>;

/** With tokens, the record and the post behind it, within the time that an attempt has. */
const TRANSFER_MS = 20_000;
/** UTF-16 units; as long as LINE's own URLs of media. */
const MAX_LINK = 2_000;
const EXTERNAL_TRANSFER_MS = 10_000;
/** Each takes as long as a try can, so what is too slow is given up. */
const MAX_SLOW_TRIES = 3;
/** Between the first questions whether LINE has prepared the content. */
const PREPARING_SECONDS = [2, 5, 15, 40];
/** The agent learns that there is no media before the message that brings it is parked. */
const BEFORE_PARKING_MS = 15 * 60_000;

/** How long after an event (ms) LINE is asked for its content, where messages are tried for so many hours. */
export function mediaPatienceMs(patienceHours: number): number {
  const patienceMs = patienceHours * 3_600_000;
  return Math.max(patienceMs / 2, patienceMs - BEFORE_PARKING_MS);
}

export function createFetchLineMedia(deps: {
  download: Download;
  /** Bytes that Genesys takes; external media above that stays where it is. */
  attachmentBytes: number;
  /** How long after an event LINE is asked for its content. */
  patienceMs: number;
  now(): number;
}): FetchLineMedia {
  async function fromLine(request: MediaRequest, keyPrefix: string): Promise<MediaOutcome> {
    const { brand, media, attempt } = request;
    const transfer = new AbortController();
    const { ms, isCut } = transferTime(request, TRANSFER_MS);
    const timer = setTimeout(() => transfer.abort(), ms).unref();
    let hasBegun = false;
    try {
      const answer = await brand.hosts.guard("line-content", attempt, () =>
        brand.content.get(media.messageId, transfer.signal),
      );
      if (answer.kind === "preparing") return await preparing(request);
      if (answer.kind !== "ready") return missing(answer.kind);
      hasBegun = true;
      return await host(answer, request, keyPrefix, transfer.signal);
    } catch (error) {
      const isTooSlow = hasBegun && !isCut && transfer.signal.aborted && (await isLastTry(request));
      const isTooOld = isOutage(error) && isOld(request, deps.patienceMs);
      if (isTooSlow || isTooOld || (await isHopelessAlone(error, request)))
        return missing("too-slow");
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function isOld({ timestamp }: MediaRequest, patienceMs: number): boolean {
    return deps.now() - timestamp > patienceMs;
  }

  /** The rest of the message can be delivered, so it is not parked for its media. */
  async function isHopelessAlone(error: unknown, request: MediaRequest): Promise<boolean> {
    return isOld(request, OWN_PATIENCE_MS) && keepsFailingAlone(error, request.attempt);
  }

  async function preparing(request: MediaRequest): Promise<MediaOutcome> {
    const { brand, media, attempt } = request;
    if (isOld(request, deps.patienceMs)) return missing("not-playable");
    const status = await brand.hosts.guard("line-content", attempt, () =>
      brand.content.transcoding(media.messageId),
    );
    if (status === "failed") return missing("not-playable");
    throw new RetryableFailure(
      "LINE is still preparing the content.",
      PREPARING_SECONDS[await attempt.failures()],
    );
  }

  async function fromOutside(
    url: string,
    request: MediaRequest,
    keyPrefix: string,
  ): Promise<MediaOutcome> {
    const { ms: timeoutMs, isCut } = transferTime(request, EXTERNAL_TRANSFER_MS);
    try {
      const options = { maxBytes: deps.attachmentBytes, timeoutMs };
      return await host(await deps.download(url, options), request, keyPrefix);
    } catch (error) {
      const isLast = error instanceof RetryableFailure && !isCut && (await isLastTry(request));
      if (!isLast && !isHopeless(error)) throw error;
      return url.length <= MAX_LINK ? { outcome: "linked", url } : missing("gone");
    }
  }

  return async (request) => {
    const { brand, customer, media } = request;
    const keyPrefix = await brand.media.prefix({ customer, messageId: media.messageId });
    const hosted = await hostedBefore(request, keyPrefix);
    if (hosted !== undefined) return hosted;
    if (request.withinMs === 0) throw new RetryableFailure("No time is left to fetch the media.");
    return media.source.from === "line"
      ? fromLine(request, keyPrefix)
      : fromOutside(media.source.url, request, keyPrefix);
  };
}

async function host(
  content: { body: Readable; contentType: string | undefined },
  { brand, media }: MediaRequest,
  keyPrefix: string,
  signal?: AbortSignal,
): Promise<MediaOutcome> {
  const { store } = brand.media;
  const detected = await detectMediaType(content.body, {
    mime: content.contentType,
    fileName: media.fileName,
  });
  if (detected.body.readableEnded) return missing("empty");
  const mime = await soundOrVideo(detected, media);
  const fileName = safeFileName(media.fileName, `${media.kind}-${media.messageId}`, mime);
  const key = `${keyPrefix}0.${extensionOf(mime) ?? "bin"}`;
  const bytes = await store.put(key, detected.body, { mime, fileName }, signal);
  return { outcome: "hosted", url: store.urlOf(key), mime, bytes, fileName };
}

/** LINE may have let go of what an earlier try has hosted. */
async function hostedBefore({ brand, attempt }: MediaRequest, keyPrefix: string) {
  const { store } = brand.media;
  const earlier = attempt.receives > 1 ? await store.findFirst(keyPrefix) : undefined;
  if (earlier === undefined) return undefined;
  const { key, mime, bytes, fileName = "" } = earlier;
  return { outcome: "hosted" as const, url: store.urlOf(key), mime, bytes, fileName };
}

/** Whether it is less than a try needs to tell that media is too slow. */
function transferTime({ withinMs = Number.POSITIVE_INFINITY }: MediaRequest, wholeMs: number) {
  return { ms: Math.min(wholeMs, withinMs), isCut: withinMs < wholeMs };
}

type Reason = Extract<MediaOutcome, { outcome: "missing" }>["because"];

function missing(because: Reason): MediaOutcome {
  return { outcome: "missing", because };
}

/** What may pass by itself; access that is refused waits for a person. */
function isOutage(error: unknown): boolean {
  if (error instanceof HeldBack) return !error.isAccessRefused;
  return error instanceof RetryableFailure;
}

function isHopeless(error: unknown): boolean {
  return (
    error instanceof DownloadRefused ||
    error instanceof DownloadTooLarge ||
    error instanceof DownloadGone
  );
}

async function isLastTry({ attempt }: MediaRequest): Promise<boolean> {
  return (await attempt.failures()) >= MAX_SLOW_TRIES - 1;
}
