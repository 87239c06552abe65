import type { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { nameOf } from "../failures/bridge-error.ts";
import { RetryableFailure } from "../failures/failures.ts";

/** The smallest part that S3 takes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const PART_BYTES = 5 * 1_024 * 1_024;

/**
 * Stores a stream of unknown length and resolves to its bytes. Every part goes through the same
 * buffer, one after the other: the Upload of @aws-sdk/lib-storage makes new buffers for each, and
 * they pile up faster than V8 removes them. What the stream has in store meanwhile waits in its
 * socket. Throws RetryableFailure when S3 fails or `abortSignal` ends it, and the stream's own error,
 * and leaves nothing then.
 */
export async function uploadInParts(
  client: S3Client,
  object: Omit<PutObjectCommandInput, "Body">,
  body: Readable,
  abortSignal?: AbortSignal,
): Promise<number> {
  const options = abortSignal && { abortSignal };
  const parts = partsOf(body);
  try {
    const first = await parts.next();
    if (first.done || first.value.length < PART_BYTES) {
      const Body = first.done ? Buffer.alloc(0) : first.value;
      await client.send(new PutObjectCommand({ ...object, Body }), options).catch(fail);
      return Body.length;
    }
    return await uploadAll(client, object, first, parts, options);
  } finally {
    body.destroy();
  }
}

async function uploadAll(
  client: S3Client,
  object: Omit<PutObjectCommandInput, "Body">,
  first: IteratorResult<Buffer>,
  parts: AsyncIterator<Buffer>,
  options: { abortSignal: AbortSignal } | undefined,
): Promise<number> {
  const { Bucket, Key } = object;
  const { UploadId } = await client
    .send(new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: "CRC32" }), options)
    .catch(fail);
  const upload = { Bucket, Key, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    let bytes = 0;
    for (let part = first; !part.done; part = await parts.next()) {
      const PartNumber = Parts.length + 1;
      const { ETag, ChecksumCRC32 } = await client
        .send(new UploadPartCommand({ ...upload, PartNumber, Body: part.value }), options)
        .catch(fail);
      Parts.push({ PartNumber, ETag, ChecksumCRC32 });
      bytes += part.value.length;
    }
    await client
      .send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }), options)
      .catch(fail);
    return bytes;
  } catch (error) {
    // What cannot be removed now, the bucket's lifecycle removes.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

/** Full parts, and at last what remains. Each is valid until the next one is asked for. */
async function* partsOf(body: Readable): AsyncGenerator<Buffer, void> {
  const part = Buffer.allocUnsafeSlow(PART_BYTES);
  let filled = 0;
  for await (const chunk of body) {
    const bytes: Uint8Array = chunk;
    for (let taken = 0; taken < bytes.length; ) {
      const piece = bytes.subarray(taken, taken + PART_BYTES - filled);
      part.set(piece, filled);
      taken += piece.length;
      filled += piece.length;
      if (filled < PART_BYTES) continue;
      yield part;
      filled = 0;
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

function fail(error: unknown): never {
  throw storageFailure(error);
}

/** Never the message of the error: it can name the key. */
export function storageFailure(error: unknown): RetryableFailure {
  return new RetryableFailure(`S3 could not be used (${nameOf(error)}).`);
}
