import { Readable } from "node:stream";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { create as contentDisposition } from "content-disposition";
import { guardedBody } from "./guarded-body.ts";
import type { MediaObject, MediaStore } from "./media-store.ts";
import { storageFailure, uploadInParts } from "./upload-in-parts.ts";

/** What a browser only shows or plays. */
const SHOWN = /^(?:image\/(?:jpeg|png|gif|webp)|(?:audio|video)\/.+)$/;

/** Of the object's metadata, which has room for ASCII only; S3 keeps at most 2 KB of it. */
const FILE_NAME = "filename";

/** Deleted media may be shown for so long. */
const CACHE_SECONDS = 60;

/** The store of a function, with a client of its own; see createMediaStore. */
export function openMediaStore(config: S3ClientConfig, bucket: string, url: string): MediaStore {
  return createMediaStore({ client: new S3Client(config), bucket, url });
}

/** `url` is where the bucket is served, without a slash at the end. */
export function createMediaStore(deps: {
  client: S3Client;
  bucket: string;
  url: string;
}): MediaStore {
  const { client, bucket: Bucket } = deps;

  const find: MediaStore["find"] = async (key) => {
    try {
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
      return objectOf(head);
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw storageFailure(error);
    }
  };

  return {
    put: (Key, body, object, signal) =>
      uploadInParts(client, { Bucket, Key, ...headersOf(object) }, body, signal),

    find,

    async read(key) {
      try {
        const found = await client.send(new GetObjectCommand({ Bucket, Key: key }));
        if (!(found.Body instanceof Readable)) throw new Error("no stream");
        return { ...objectOf(found), body: guardedBody(found.Body, storageFailure) };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw storageFailure(error);
      }
    },

    async findFirst(prefix) {
      const page = await client
        .send(new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 }))
        .catch((error: unknown) => {
          throw storageFailure(error);
        });
      const key = page.Contents?.[0]?.Key;
      if (key === undefined) return undefined;
      const object = await find(key);
      return object && { ...object, key };
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

/** What S3 tells of an object. */
function objectOf(
  told: Pick<HeadObjectCommandOutput, "Metadata" | "ContentType" | "ContentLength">,
): MediaObject & { bytes: number } {
  const { [FILE_NAME]: fileName, ...details } = told.Metadata ?? {};
  return {
    mime: told.ContentType ?? "application/octet-stream",
    bytes: told.ContentLength ?? 0,
    ...(fileName !== undefined && { fileName: decodeURIComponent(fileName) }),
    details,
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
