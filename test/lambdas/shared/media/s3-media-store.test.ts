import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { parse } from "content-disposition";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { DownloadTooLarge } from "../../../../lambdas/shared/media/download-errors.ts";
import { createMediaStore } from "../../../../lambdas/shared/media/s3-media-store.ts";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import { type ScriptedAnswer, scriptedServer } from "../../scripted-server.ts";

const BUCKET = "media";
const region = "ap-southeast-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

let emulators: Emulators;
let client: S3Client;

beforeAll(async () => {
  emulators = await startEmulators(
    region,
    () => {},
    () => {},
  );
  client = new S3Client({ region, credentials, endpoint: emulators.urls.fauxqs });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(async () => {
  client.destroy();
  await emulators.close();
});

const store = () => createMediaStore({ client, bucket: BUCKET, url: "https://media.example.com" });
const streamOf = (...chunks: Buffer[]) => Readable.from(chunks, { objectMode: false });
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function keysUnder(Prefix: string): Promise<(string | undefined)[]> {
  const page = await client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
  return (page.Contents ?? []).map(({ Key }) => Key);
}

async function openUploads(): Promise<number> {
  const page = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
  return page.Uploads?.length ?? 0;
}

describe("the media store", () => {
  it.each([
    ["small", 12],
    ["of exactly one part", 5_242_880],
    ["of exactly two parts", 10_485_760],
    ["of several parts", 11_000_000],
  ])("stores and finds an object that is %s", async (_, size) => {
    const bytes = randomBytes(size);
    const key = `brand/put/${size}/0.jpg`;
    const object = {
      mime: "image/jpeg",
      fileName: "ใบเสร็จ 😀 é.jpg",
      details: { duration: "1200", preview: "1.jpg" },
    };
    const chunks = [bytes.subarray(0, 7), bytes.subarray(7)];
    expect(await store().put(key, streamOf(...chunks), object)).toBe(size);
    expect(await store().find(key)).toEqual({ ...object, bytes: size });
    const stored = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    const body = await stored.Body?.transformToByteArray();
    expect(sha256(body ?? new Uint8Array())).toBe(sha256(bytes));
    const { body: content = Readable.from([]), ...told } = (await store().read(key)) ?? {};
    expect(told).toEqual({ ...object, bytes: size });
    expect(sha256(await buffer(content))).toBe(sha256(bytes));
  });

  it("reads nothing where nothing is", async () => {
    expect(await store().read("brand/missing/0.bin")).toBeUndefined();
  });

  it("keeps no name where there is none", async () => {
    await store().put("brand/plain/0.bin", streamOf(Buffer.from("x")), { mime: "a/b" });
    expect(await store().find("brand/plain/0.bin")).toEqual({ mime: "a/b", bytes: 1, details: {} });
  });

  it.each([
    ["image/jpeg", "inline"],
    ["image/png", "inline"],
    ["image/gif", "inline"],
    ["image/webp", "inline"],
    ["audio/mp4", "inline"],
    ["video/mp4", "inline"],
    ["image/svg+xml", "attachment"],
    ["text/html", "attachment"],
    ["application/pdf", "attachment"],
    ["application/octet-stream", "attachment"],
  ])("serves %s as %s", async (mime, type) => {
    const key = `brand/type/${mime}`;
    const fileName = '領収書 "7%20".bin';
    await store().put(key, streamOf(Buffer.from("x")), { mime, fileName });
    const head = await client.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key }));
    expect(head.ContentType).toBe(mime);
    expect(head.CacheControl).toBe("max-age=60");
    expect(head.ContentDisposition).toMatch(/^[ -~]+$/);
    expect(parse(head.ContentDisposition ?? "")).toMatchObject({
      type,
      parameters: { filename: fileName },
    });
  });

  it("stores plain byte arrays, as converted pictures are, small and of several parts", async () => {
    for (const size of [10, 6_000_000]) {
      const bytes = new Uint8Array(randomBytes(size));
      const key = `brand/bytes/${size}`;
      expect(await store().put(key, Readable.from([bytes]), { mime: "image/png" })).toBe(size);
      const stored = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
      expect(sha256((await stored.Body?.transformToByteArray()) ?? bytes.subarray(1))).toBe(
        sha256(bytes),
      );
    }
  });

  it("finds the first object that begins so", async () => {
    const object = { mime: "image/jpeg", fileName: "a.jpg", details: {} };
    await store().put("brand/first/m/0.jpg", streamOf(Buffer.from("abc")), object);
    expect(await store().findFirst("brand/first/m/")).toEqual({
      ...object,
      bytes: 3,
      key: "brand/first/m/0.jpg",
    });
    expect(await store().findFirst("brand/first/n/")).toBeUndefined();
  });

  it("leaves nothing of an upload that is broken off", async () => {
    const aborter = new AbortController();
    async function* endless() {
      for (let sent = 0; ; sent += 1_000_000) {
        if (sent === 7_000_000) aborter.abort();
        yield Buffer.alloc(1_000_000);
      }
    }
    const key = "brand/aborted/video";
    await expect(
      store().put(key, Readable.from(endless()), { mime: "video/mp4" }, aborter.signal),
    ).rejects.toBeInstanceOf(RetryableFailure);
    expect(await store().find(key)).toBeUndefined();
    expect(await openUploads()).toBe(0);
  });

  it("finds nothing where nothing is stored", async () => {
    expect(await store().find("brand/none/0.jpg")).toBeUndefined();
  });

  it.each([
    ["at once", 0],
    ["in the first part", 3],
    ["after several parts", 200],
  ])("leaves nothing of a stream that fails %s", async (_, chunks) => {
    async function* broken() {
      for (let chunk = 0; chunk < chunks; chunk++) yield Buffer.alloc(65_536);
      throw new DownloadTooLarge("too large");
    }
    const body = Readable.from(broken(), { objectMode: false });
    await expect(store().put("brand/broken/0.bin", body, { mime: "a/b" })).rejects.toThrow(
      new DownloadTooLarge("too large"),
    );
    expect(await keysUnder("brand/broken/")).toEqual([]);
    expect(await openUploads()).toBe(0);
  });

  it("deletes all that begins so, and nothing else", async () => {
    for (const key of ["a/0.jpg", "a/1.jpg", "a/2.jpg", "b/0.jpg"]) {
      await store().put(`brand/delete/${key}`, streamOf(Buffer.from("x")), { mime: "image/jpeg" });
    }
    await store().deleteAll("brand/delete/a/");
    expect(await keysUnder("brand/delete/")).toEqual(["brand/delete/b/0.jpg"]);
    await store().deleteAll("brand/delete/a/");
  });

  it("tells where an object is served", () => {
    expect(store().urlOf("brand/c/m/0.jpg")).toBe("https://media.example.com/brand/c/m/0.jpg");
  });
});

describe("the media store when S3 fails", () => {
  const denied: ScriptedAnswer = {
    status: 403,
    body: "<Error><Code>AccessDenied</Code><Message>secret</Message></Error>",
    headers: { "content-type": "application/xml" },
  };

  async function failing<Result>(
    answer: ScriptedAnswer | ((path: string, body: string) => ScriptedAnswer),
    use: (store: ReturnType<typeof createMediaStore>) => Promise<Result>,
  ): Promise<Result> {
    const server = await scriptedServer(({ path, body }) =>
      typeof answer === "function" ? answer(path, body) : answer,
    );
    const failingClient = new S3Client({
      region,
      credentials,
      endpoint: server.origin,
      maxAttempts: 1,
    });
    try {
      return await use(createMediaStore({ client: failingClient, bucket: BUCKET, url: "" }));
    } finally {
      failingClient.destroy();
      await server.close();
    }
  }

  it.each([
    ["refuses", denied],
    ["is broken", { status: 503, body: "" }],
    ["hangs up", { status: 0, drop: true }],
  ])("may be tried again when it %s", async (_, answer) => {
    await failing(answer, async (media) => {
      const body = streamOf(Buffer.from("x"));
      const failures = await Promise.allSettled([
        media.put("brand/secret/0.jpg", body, { mime: "image/jpeg" }),
        media.find("brand/secret/0.jpg"),
        media.deleteAll("brand/secret/"),
      ]);
      for (const failure of failures) {
        expect(failure).toMatchObject({ reason: expect.any(RetryableFailure) });
        expect(JSON.stringify(failure)).not.toContain("secret");
      }
      expect(body.destroyed).toBe(true);
    });
  });

  it("ends the stream when a part is refused", async () => {
    async function* endless() {
      for (;;) yield Buffer.alloc(65_536);
    }
    const body = Readable.from(endless(), { objectMode: false });
    const xml = { "content-type": "application/xml" };
    const answer = (path: string): ScriptedAnswer =>
      path.includes("uploads")
        ? {
            status: 200,
            headers: xml,
            body: "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>",
          }
        : denied;
    await failing(answer, async (media) => {
      await expect(media.put("brand/secret", body, { mime: "a/b" })).rejects.toThrow(
        new RetryableFailure("S3 could not be used (AccessDenied)."),
      );
    });
    expect(body.destroyed).toBe(true);
  });

  it("goes on through all pages, and tells when an object stays", async () => {
    const asked: string[] = [];
    const xml = { "content-type": "application/xml" };
    const page = (key: string, next: string) =>
      `<ListBucketResult><IsTruncated>${next !== ""}</IsTruncated><Contents><Key>${key}</Key></Contents>${next}</ListBucketResult>`;
    const answer = (path: string, body: string): ScriptedAnswer => {
      if (path.includes("?delete")) {
        asked.push(/<Key>(.*?)<\/Key>/.exec(body)?.[1] ?? "");
        const stays = asked.length === 2;
        return {
          status: 200,
          headers: xml,
          body: `<DeleteResult>${stays ? "<Error><Key>k</Key><Code>InternalError</Code></Error>" : ""}</DeleteResult>`,
        };
      }
      const isSecond = path.includes("continuation-token");
      return {
        status: 200,
        headers: xml,
        body: isSecond
          ? page("b", "")
          : page("a", "<NextContinuationToken>t</NextContinuationToken>"),
      };
    };
    await failing(answer, async (media) => {
      await expect(media.deleteAll("brand/")).rejects.toThrow(
        new RetryableFailure("S3 could not be used (InternalError)."),
      );
    });
    expect(asked).toEqual(["a", "b"]);
  });
});
