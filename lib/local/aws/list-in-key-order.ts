import * as z from "zod";

interface Listed {
  objects: { key: string }[];
  commonPrefixes: string[];
  isTruncated: boolean;
}

interface ListOptions {
  delimiter?: string | undefined;
  maxKeys?: number;
  startAfter?: string;
  marker?: string;
}

type ListObjects = (this: unknown, bucket: string, options?: ListOptions) => Listed;

const storeModule = z.object({
  S3Store: z.custom<{ prototype: { listObjects: ListObjects } }>(
    (value) => typeof value === "function" && "listObjects" in value.prototype,
  ),
});

/**
 * fauxqs 2.4.1 sorts keys as a dictionary does and resumes a list by comparing bytes, so a list of
 * several pages leaves keys out; S3 does both by bytes
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). Lists with a delimiter
 * stay as they are. Throws when another version of fauxqs has its lists elsewhere.
 */
export async function listInKeyOrder(): Promise<void> {
  const { S3Store } = storeModule.parse(
    await import(new URL("./s3/s3Store.js", import.meta.resolve("fauxqs")).href),
  );
  const { listObjects } = S3Store.prototype;
  S3Store.prototype.listObjects = function (bucket, options = {}) {
    if (options.delimiter !== undefined) return listObjects.call(this, bucket, options);
    const { maxKeys = 1_000, startAfter, marker, ...filter } = options;
    const after = startAfter ?? marker ?? "";
    const all = listObjects.call(this, bucket, { ...filter, maxKeys: Number.POSITIVE_INFINITY });
    const rest = all.objects
      .filter(({ key }) => key > after)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    return { ...all, objects: rest.slice(0, maxKeys), isTruncated: rest.length > maxKeys };
  };
}
