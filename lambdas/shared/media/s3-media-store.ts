import {
  DeleteObjectsCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { create as contentDisposition } from "content-disposition";
import { RetryableFailure } from "../errors.ts";
import type { MediaObject, MediaStore } from "./media-store.ts";

/** The smallest part that S3 takes: parts wait in memory, and what is left of them afterwards, too. */
const PART_BYTES = 5 * 1_024 * 1_024;
/** Meanwhile the next bytes collect in the socket's buffer, which the operating system keeps. */
const PARTS_AT_ONCE = 1;

/** What a browser only shows or plays. */
const SHOWN = /^(?:image\/(?:jpeg|png|gif|webp)|(?:audio|video)\/.+)$/;

/** Of the object's metadata, which has room for ASCII only; S3 keeps at most 2 KB of it. */
const FILE_NAME = "filename";

/** Deleted media may be shown for so long. */
const CACHE_SECONDS = 60;

/** `url` is where the bucket is served, without a slash at the end. */
export function createMediaStore(deps: {
  client: S3Client;
  bucket: string;
  url: string;
}): MediaStore {
  const { client, bucket: Bucket } = deps;

  return {
    async put(key, body, object) {
      const upload = new Upload({
        client,
        params: { Bucket, Key: key, Body: body, ...headersOf(object) },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
      });
      let bytes = 0;
      upload.on("httpUploadProgress", ({ loaded = 0 }) => {
        bytes = loaded;
      });
      try {
        await upload.done();
        return bytes;
      } catch (error) {
        throw error === body.errored ? error : storageFailure(error);
      } finally {
        body.destroy();
      }
    },

    async find(key) {
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
        const { [FILE_NAME]: fileName, ...details } = head.Metadata ?? {};
        return {
          mime: head.ContentType ?? "application/octet-stream",
          bytes: head.ContentLength ?? 0,
          ...(fileName !== undefined && { fileName: decodeURIComponent(fileName) }),
          details,
        };
      } catch (error) {
        if (error instanceof NotFound) return undefined;
        throw storageFailure(error);
      }
    },

    async deleteAll(prefix) {
      try {
        let ContinuationToken: string | undefined;
        do {
          const page = await client.send(
            new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken }),
          );
          const Objects = (page.Contents ?? []).map(({ Key }) => ({ Key }));
          if (Objects.length > 0) {
            const { Errors = [] } = await client.send(
              new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
            );
            if (Errors.length > 0) throw Object.assign(new Error(), { name: Errors[0]?.Code });
          }
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
      } catch (error) {
        throw storageFailure(error);
      }
    },

    urlOf: (key) => `${deps.url}/${key}`,
  };
}

function headersOf({ mime, fileName, details }: MediaObject) {
  return {
    ContentType: mime,
    ContentDisposition: contentDisposition(fileName, {
      type: SHOWN.test(mime) ? "inline" : "attachment",
    }),
    CacheControl: `max-age=${CACHE_SECONDS}`,
    Metadata: {
      ...details,
      ...(fileName !== undefined && { [FILE_NAME]: encodeURIComponent(fileName) }),
    },
  };
}

/** Never the message of the error: it can name the key. */
function storageFailure(error: unknown): RetryableFailure {
  const name = error instanceof Error ? error.name : "unknown error";
  return new RetryableFailure(`S3 could not be used (${name}).`);
}
