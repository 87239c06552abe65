import { request } from "node:http";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import { type MediaServer, startMediaServer } from "../../../../lib/local/aws/media-server.ts";

const region = "ap-southeast-1";
const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));

describe("hosted media", () => {
  let emulators: Emulators;
  let server: MediaServer;

  beforeAll(async () => {
    emulators = await startEmulators(
      region,
      () => {},
      (error) => {
        throw error;
      },
    );
    const client = new S3Client({
      region,
      endpoint: emulators.urls.fauxqs,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    for (const Bucket of ["media", "other"]) {
      await client.send(new CreateBucketCommand({ Bucket }));
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: "retail/AbC-_d/1",
          Body: bytes,
          ContentType: "application/pdf",
          ContentDisposition: "attachment; filename*=UTF-8''%E0%B8%AA.pdf",
        }),
      );
    }
    client.destroy();
    server = await startMediaServer(emulators.urls.fauxqs);
    expect((await fetch(`${server.url}/retail/AbC-_d/1`)).status).toBe(403);
    server.serve({
      bucketName: "media",
      headers: [
        { name: "x-content-type-options", value: "nosniff", override: true },
        { name: "content-type", value: "text/plain", override: false },
      ],
    });
  });
  afterAll(async () => {
    await server.close();
    await emulators.close();
  });

  const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);

  test("can be fetched by who knows the key, with the headers of the object and of the policy", async () => {
    const answer = await get("/retail/AbC-_d/1");
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "content-length": "1000000",
      "content-type": "application/pdf",
      "content-disposition": "attachment; filename*=UTF-8''%E0%B8%AA.pdf",
      "x-content-type-options": "nosniff",
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test("can be asked for without its body", async () => {
    const answer = await get("/retail/AbC-_d/1", { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-length")).toBe("1000000");
    expect(await answer.text()).toBe("");
  });

  test.each([
    ["bytes=10-19", 206, "bytes 10-19/1000000", 10],
    ["bytes=999990-", 206, "bytes 999990-999999/1000000", 10],
    ["bytes=-3", 206, "bytes 999997-999999/1000000", 3],
    ["bytes=1000000-", 416, "bytes */1000000", undefined],
    ["bytes=0-1,5-6", 200, null, 1_000_000],
    ["lines=1-2", 200, null, 1_000_000],
  ])("in part: %s is %d", async (range, status, contentRange, length) => {
    const answer = await get("/retail/AbC-_d/1", { headers: { range } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-range")).toBe(contentRange);
    const body = await answer.arrayBuffer();
    if (length !== undefined) expect(body.byteLength).toBe(length);
  });

  test("are not sent again to who has them", async () => {
    const etag = (await get("/retail/AbC-_d/1", { method: "HEAD" })).headers.get("etag") ?? "";
    const answer = await get("/retail/AbC-_d/1", { headers: { "if-none-match": etag } });
    expect(answer.status).toBe(304);
  });

  test.each([
    ["a missing key", "/retail/AbC-_d/2"],
    ["the bucket", "/"],
    ["the bucket by a query", "/?list-type=2&prefix=retail"],
    ["a folder", "/retail/"],
    ["another bucket", "/../other/retail/AbC-_d/1"],
    ["another bucket, encoded", "/%2e%2e/other/retail/AbC-_d/1"],
  ])("%s is 403, as if it were forbidden", async (_name, path) => {
    const { status, headers, body } = await raw(path);
    expect(status).toBe(403);
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff" });
    expect(body).toContain("<Code>AccessDenied</Code>");
    expect(body).not.toMatch(/retail|media|NoSuch/);
  });

  test("an object's query is not passed on", async () => {
    const answer = await get("/retail/AbC-_d/1?attributes");
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    await answer.body?.cancel();
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s is refused", async (method) => {
    const answer = await get("/retail/AbC-_d/1", { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });

  /** Not through fetch, which would resolve `..` by itself. */
  function raw(path: string) {
    return new Promise<{ status: number | undefined; headers: object; body: string }>(
      (resolve, reject) => {
        const outgoing = request(server.url, { path }, (incoming) => {
          let body = "";
          incoming.on("data", (chunk) => {
            body += chunk;
          });
          incoming.on("end", () =>
            resolve({ status: incoming.statusCode, headers: incoming.headers, body }),
          );
        });
        outgoing.on("error", reject);
        outgoing.end();
      },
    );
  }
});
