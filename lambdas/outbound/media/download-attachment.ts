import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { PermanentFailure, RefusedForNow } from "../../shared/failures/failures.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../shared/media/download-errors.ts";
import { detectMediaType } from "../../shared/media/media-type.ts";
import type { Download } from "../../shared/media/public-download.ts";
import { soundOrVideo } from "../../shared/media/sound-or-video.ts";
import { outcomeOf } from "../../shared/platform/http-outcome.ts";
import type { GenesysAttachment } from "../translate/genesys/genesys-attachment.ts";

/** Twice what Genesys takes; the ten of a batch fit into the 512 MB of a function's /tmp. */
const MAX_BYTES = 50_000_000;
const TRANSFER_MS = 10_000;

export interface DownloadedFile {
  path: string;
  bytes: number;
  /** What the bytes are; Genesys serves everything as `binary/octet-stream`. */
  mime: string;
}

export interface Downloading {
  /** Makes the call that starts a download, of which alone the host is judged: what breaks off is the file's fault. */
  guard<Result>(call: () => Promise<Result>): Promise<Result>;
  download: Download;
  startOrigins: ReadonlySet<string>;
}

/**
 * Downloads an attachment of an agent to `path`. Throws PermanentFailure if there is nothing to be
 * had, DownloadTooSlow after 10 s, RetryableFailure for an outage, and what `guard` throws.
 */
export async function downloadAttachment(
  { guard, download, startOrigins }: Downloading,
  attachment: GenesysAttachment,
  path: string,
): Promise<DownloadedFile> {
  const options = { maxBytes: MAX_BYTES, timeoutMs: TRANSFER_MS, startOrigins };
  const start = () =>
    download(attachment.url, options).catch((error: unknown) => {
      throw failureOf(error);
    });
  try {
    const { body } = await guard(start);
    await pipeline(body, createWriteStream(path));
  } catch (error) {
    throw failureOf(error);
  }
  const { size } = await stat(path);
  if (size === 0) {
    throw new PermanentFailure(
      "AttachmentEmpty",
      "The attachment is an empty file.",
      "InvalidMediaContentLength",
    );
  }
  const fileName = attachment.filename ?? undefined;
  const detected = await detectMediaType(createReadStream(path), {
    mime: attachment.mime ?? undefined,
    fileName,
  });
  const mime = await soundOrVideo(detected, { kind: "file", fileName });
  detected.body.destroy();
  return { path, bytes: size, mime };
}

function failureOf(error: unknown): unknown {
  if (error instanceof DownloadRefused) {
    return new PermanentFailure(
      "AttachmentRefused",
      `The attachment is not fetched. ${error.message}`,
      "MediaTypeNotAllowed",
    );
  }
  if (error instanceof DownloadTooLarge) {
    return new PermanentFailure(
      "AttachmentTooLarge",
      "The attachment is larger than 50 MB.",
      "InvalidMediaContentLength",
    );
  }
  if (error instanceof DownloadGone) {
    const gone = new PermanentFailure(
      "AttachmentGone",
      `Genesys Cloud does not hand the attachment out. ${error.message}`,
    );
    return outcomeOf(error.status) === "passing" ? new RefusedForNow(gone) : gone;
  }
  return error;
}
