import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { uploadInParts } from "../../../../lambdas/shared/media/upload-in-parts.ts";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import { createBuckets, startS3 } from "../../../../lib/local/aws/s3.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";

const region = "ap-southeast-1";
const Bucket = "linegenesysbridge-thailand-mediabucket4022ebbf";

describe("S3, as the AWS SDK speaks to it by default", () => {
  let emulators: Emulators;
  let server: HttpServer;
  let client: S3Client;

  beforeAll(async () => {
    emulators = await startEmulators(
      region,
      () => {},
      (error) => {
        throw error;
      },
    );
    server = await startS3(emulators.urls.fauxqs);
    await createBuckets(server.url, region, [{ logicalId: "Bucket", name: Bucket }]);
    client = new S3Client({
      region,
      endpoint: server.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
    await emulators.close();
  });

  async function read(Key: string, Range?: string) {
    const { Body, ...object } = await client.send(
      new GetObjectCommand({ Bucket, Key, ...(Range === undefined ? {} : { Range }) }),
    );
    return { ...object, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
  }

  async function keys(Prefix: string, MaxKeys?: number) {
    const found: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix,
          ...(MaxKeys === undefined ? {} : { MaxKeys }),
          ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
        }),
      );
      found.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return found;
  }

  test("takes 20 MB as a stream of unknown length, in parts with checksums", async () => {
    const video = randomBytes(20_000_000);
    const Key = "retail/AbC-_d/video";
    const ContentDisposition = "inline; filename*=UTF-8''%E0%B8%AA.mp4";
    await uploadInParts(
      client,
      {
        Bucket,
        Key,
        ContentType: "video/mp4",
        ContentDisposition,
        Metadata: { duration: "1234" },
      },
      Readable.from(slices(video, 70_000)),
    );
    const object = {
      ContentType: "video/mp4",
      ContentLength: video.length,
      ContentDisposition,
      Metadata: { duration: "1234" },
    };
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(object);
    const whole = await read(Key);
    expect(whole).toMatchObject(object);
    expect(whole.bytes.equals(video)).toBe(true);
    const part = await read(Key, "bytes=6000000-6000099");
    expect(part.ContentRange).toBe("bytes 6000000-6000099/20000000");
    expect(part.bytes.equals(video.subarray(6_000_000, 6_000_100))).toBe(true);
  });

  test.each(["application/json", "text/plain", "text/html", "image/jpeg"])(
    "keeps %s as it was sent, with a checksum behind the body",
    async (ContentType) => {
      const Key = `kinds/${ContentType}`;
      const body = Buffer.from('{"text":"สวัสดี"}');
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: Readable.from([body]),
          ContentLength: body.length,
          ContentType,
        }),
      );
      expect(await read(Key)).toMatchObject({ ContentType, bytes: body });
    },
  );

  test("leaves nothing behind when the source breaks off", async () => {
    const Body = Readable.from(
      (async function* () {
        for (let count = 0; count < 8; count += 1) yield randomBytes(1_000_000);
        throw new Error("broken off");
      })(),
    );
    await expect(uploadInParts(client, { Bucket, Key: "broken/video" }, Body)).rejects.toThrow(
      "broken off",
    );
    expect(await keys("broken/")).toEqual([]);
  });

  test("says 404 to a missing key", async () => {
    for (const command of [HeadObjectCommand, GetObjectCommand]) {
      await expect(client.send(new command({ Bucket, Key: "missing" }))).rejects.toMatchObject({
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  test("lists every key once, in the order of their bytes, over several pages", async () => {
    const names = ["Z", "a", "-", "_", "B", "b", "0", "A", "z"].map((name) => `page/${name}`);
    for (const Key of names) await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    expect(await keys("page/", 2)).toEqual(
      ["-", "0", "A", "B", "Z", "_", "a", "b", "z"].map((name) => `page/${name}`),
    );
  });

  test("deletes what is listed", async () => {
    for (const Key of ["gone/1", "gone/2", "kept/1"]) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    }
    await client.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: (await keys("gone/")).map((Key) => ({ Key })) },
      }),
    );
    expect(await keys("gone/")).toEqual([]);
    expect(await keys("kept/")).toEqual(["kept/1"]);
  });
});

function* slices(bytes: Buffer, length: number) {
  for (let start = 0; start < bytes.length; start += length) {
    yield bytes.subarray(start, start + length);
  }
}
