/**
 * Passes a video of 200 MB from LINE's content API to S3 as the worker does and prints how far its
 * memory grows. Fails when that is 100 MB or more, or when other bytes arrive than were sent.
 */
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CreateBucketCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { MEDIA_CLIENT } from "../../lambdas/shared/function/aws-clients.ts";
import { createLineContent } from "../../lambdas/shared/line/content-client.ts";
import { createMediaStore } from "../../lambdas/shared/media/s3-media-store.ts";
import { createFetchLineMedia } from "../../lambdas/worker/media/fetch-line-media.ts";
import { startEmulators } from "../../lib/local/aws/emulators.ts";
import { startHttpServer } from "../../lib/local/http-server.ts";
import { sqsRecord } from "../lambdas/sqs-record.ts";
import { workingHosts } from "../lambdas/working-hosts.ts";

const FILM_BYTES = 200_000_000;
const LIMIT_BYTES = 100_000_000;
const BUCKET = "media";
const KEY_PREFIX = "retail-thai/customer/message/";
const REGION = "ap-southeast-1";
/**
 * V8 lets garbage pile up in proportion to the memory that it finds. This is its choice where a
 * function has 512 MB; on a larger machine the figure would tell about the machine.
 * https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
const LIKE_A_FUNCTION = ["--max-semi-space-size=1"];

const reportSchema = z.object({
  outcome: z.string(),
  mime: z.string(),
  bytes: z.number(),
  seconds: z.number(),
  before: z.number(),
  highest: z.number(),
});
type Report = z.infer<typeof reportSchema>;

const [, , lineUrl, s3Url] = process.argv;
if (lineUrl !== undefined && s3Url !== undefined) process.send?.(await transfer(lineUrl, s3Url));
else process.exitCode = await benchmark();

function s3Client(endpoint: string): S3Client {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new S3Client({ ...MEDIA_CLIENT, region: REGION, credentials, endpoint });
}

/** What the worker does, alone in a process, so that nothing else's memory is measured. */
async function transfer(dataApiUrl: string, endpoint: string): Promise<Report> {
  const fetchLineMedia = createFetchLineMedia({
    download: () => Promise.reject(new Error("nothing is external here")),
    attachmentBytes: 25_000_000,
    patienceMs: 3_600_000,
    now: Date.now,
  });
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const outcome = await fetchLineMedia({
    brand: {
      content: createLineContent({
        dataApiUrl,
        withLineToken: (call) => call("token"),
        countAnswer: () => undefined,
      }),
      media: {
        store: createMediaStore({ client: s3Client(endpoint), bucket: BUCKET, url: "" }),
        prefix: async () => KEY_PREFIX,
      },
      hosts: workingHosts,
    },
    customer: "U1",
    media: { kind: "video", messageId: "1", source: { from: "line" } },
    timestamp: Date.now(),
    attempt: { record: sqsRecord("m", "g"), receives: 1, failures: async () => 0 },
  });
  const seconds = (performance.now() - started) / 1_000;
  // The operating system's own high-water mark misses no peak.
  const highest = process.resourceUsage().maxRSS * 1_024;
  const { mime, bytes } = outcome.outcome === "hosted" ? outcome : { mime: "", bytes: 0 };
  return { outcome: outcome.outcome, mime, bytes, seconds, before, highest };
}

async function benchmark(): Promise<number> {
  const emulators = await startEmulators(
    REGION,
    () => {},
    (error) => print(error.message),
  );
  const sent = createHash("sha256");
  const line = await startHttpServer(async (_, response) => sendFilm(response, sent));
  const client = s3Client(emulators.urls.fauxqs);
  try {
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const worker = fork(import.meta.filename, [line.url, emulators.urls.fauxqs], {
      execArgv: LIKE_A_FUNCTION,
    });
    const [message] = await once(worker, "message", { signal: AbortSignal.timeout(120_000) });
    worker.disconnect();
    const report = reportSchema.parse(message);

    const key = `${KEY_PREFIX}0.mp4`;
    const stored = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    const received = createHash("sha256");
    if (stored.Body instanceof Readable) await pipeline(stored.Body, received);
    const areEqual = report.bytes === FILM_BYTES && received.digest("hex") === sent.digest("hex");

    const growth = report.highest - report.before;
    print(
      `${report.outcome} as ${report.mime}: ${report.bytes} bytes in ${report.seconds.toFixed(1)} s`,
    );
    print(`bytes in S3: ${areEqual ? "the same as sent" : "NOT the same as sent"}`);
    print(`memory before: ${megabytes(report.before)}, highest: ${megabytes(report.highest)}`);
    print(`growth: ${megabytes(growth)} (must be less than ${megabytes(LIMIT_BYTES)})`);
    return areEqual && growth < LIMIT_BYTES ? 0 : 1;
  } finally {
    client.destroy();
    await line.close();
    await emulators.close();
  }
}

async function sendFilm(
  response: ServerResponse,
  hash: ReturnType<typeof createHash>,
): Promise<void> {
  response.writeHead(200, { "content-type": "video/mp4", "content-length": FILM_BYTES });
  await pipeline(video(hash), response);
}

/** The first bytes of an MP4, then blocks of which no two are the same. */
function* video(hash: ReturnType<typeof createHash>): Generator<Buffer> {
  const block = Buffer.alloc(64_000, "video");
  for (let sent = 0; sent < FILM_BYTES; sent += block.length) {
    const next = Buffer.from(block);
    if (sent === 0) next.write("\0\0\0\u0018ftypmp42", "latin1");
    else next.writeUInt32BE(sent);
    hash.update(next);
    yield next;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
