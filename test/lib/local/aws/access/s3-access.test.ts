import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { type Emulators, startEmulators } from "../../../../../lib/local/aws/emulators.ts";
import { createBuckets, startS3 } from "../../../../../lib/local/aws/s3.ts";
import type { HttpServer } from "../../../../../lib/local/http-server.ts";
import {
  AS_OPERATOR,
  AS_WORKER,
  allow,
  deny,
  guardWorker,
  REGION,
  refusalOf,
} from "./guarded-function.ts";

const Bucket = "media";
const Key = "retail/ไฟล์ 😀/../+&'(1).png";
const object = { Bucket, Key };
const bucketArn = "arn:aws:s3:::media";
const objectArn = `${bucketArn}/${Key}`;
const { gate, logged, setRole } = guardWorker();
let emulators: Emulators;
let server: HttpServer;
let worker: S3Client;
let operator: S3Client;

beforeAll(async () => {
  const ignore = () => {};
  emulators = await startEmulators(REGION, ignore, ignore);
  server = await startS3(emulators.urls.fauxqs, gate);
  await createBuckets(server.url, REGION, [{ logicalId: "Bucket", name: Bucket }]);
  worker = new S3Client({ ...AS_WORKER, endpoint: server.url });
  operator = new S3Client({ ...AS_OPERATOR, endpoint: server.url });
});
afterAll(async () => {
  worker.destroy();
  operator.destroy();
  await server.close();
  await emulators.close();
});
beforeEach(async () => {
  await operator.send(new PutObjectCommand({ ...object, Body: "x" }));
});

const begunUpload = async () => {
  const { UploadId } = await operator.send(new CreateMultipartUploadCommand(object));
  return { ...object, UploadId };
};

const calls: [string, action: string, resource: string, call: () => Promise<unknown>][] = [
  [
    "PutObject",
    "s3:PutObject",
    objectArn,
    () => worker.send(new PutObjectCommand({ ...object, Body: "y" })),
  ],
  [
    "CreateMultipartUpload",
    "s3:PutObject",
    objectArn,
    () => worker.send(new CreateMultipartUploadCommand(object)),
  ],
  [
    "UploadPart",
    "s3:PutObject",
    objectArn,
    async () =>
      worker.send(new UploadPartCommand({ ...(await begunUpload()), PartNumber: 1, Body: "y" })),
  ],
  [
    "CompleteMultipartUpload",
    "s3:PutObject",
    objectArn,
    async () => {
      const upload = await begunUpload();
      const { ETag } = await operator.send(
        new UploadPartCommand({ ...upload, PartNumber: 1, Body: "y" }),
      );
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
      return worker.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
    },
  ],
  [
    "AbortMultipartUpload",
    "s3:AbortMultipartUpload",
    objectArn,
    async () => worker.send(new AbortMultipartUploadCommand(await begunUpload())),
  ],
  [
    "GetObject",
    "s3:GetObject",
    objectArn,
    () => worker.send(new GetObjectCommand({ ...object, Range: "bytes=0-0" })),
  ],
  [
    "DeleteObject",
    "s3:DeleteObject",
    objectArn,
    () => worker.send(new DeleteObjectCommand(object)),
  ],
  [
    "ListObjectsV2",
    "s3:ListBucket",
    bucketArn,
    () => worker.send(new ListObjectsV2Command({ Bucket, Prefix: "retail/", MaxKeys: 1 })),
  ],
];

test.each(calls)("%s takes %s on %s, and nothing else", async (_, action, resource, call) => {
  setRole(allow(action, resource));
  await call();
  expect(logged()).toEqual([]);

  setRole(allow("*"), deny(action, resource));
  await expect(call()).rejects.toMatchObject({
    name: "AccessDenied",
    message: `${refusalOf(action, `"${resource}"`)} with an explicit deny in an identity-based policy`,
  });
});

test("refuses as S3 does, and says which permission is missing, without the key", async () => {
  setRole(allow("s3:PutObject", bucketArn));
  await expect(worker.send(new PutObjectCommand({ ...object, Body: "y" }))).rejects.toMatchObject({
    name: "AccessDenied",
    Code: "AccessDenied",
    message: `${refusalOf("s3:PutObject", `"${objectArn}"`)} because no identity-based policy allows the s3:PutObject action`,
    $metadata: { httpStatusCode: 403 },
  });
  expect(logged()).toEqual([
    "worker platform: AccessDenied: the role WorkerRole does not allow s3:PutObject on arn:aws:s3:::media/*",
  ]);
});

test.each([
  ["HeadObject", "s3:GetObject", objectArn, () => worker.send(new HeadObjectCommand(object))],
  ["HeadBucket", "s3:ListBucket", bucketArn, () => worker.send(new HeadBucketCommand({ Bucket }))],
])("%s takes %s and is refused without words", async (_, action, resource, call) => {
  setRole(allow(action, resource));
  await call();
  setRole();
  await expect(call()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

test("HeadObject tells the object's length", async () => {
  setRole(allow("s3:GetObject", objectArn));
  await operator.send(new PutObjectCommand({ ...object, Body: "four" }));
  expect((await worker.send(new HeadObjectCommand(object))).ContentLength).toBe(4);
});

test.each([
  ["GetObject", () => worker.send(new GetObjectCommand({ Bucket, Key: "missing" }))],
  ["HeadObject", () => worker.send(new HeadObjectCommand({ Bucket, Key: "missing" }))],
])("%s says that a key is missing only to who may list the bucket", async (_, call) => {
  setRole(allow("s3:GetObject", `${bucketArn}/*`), allow("s3:ListBucket", bucketArn));
  await expect(call()).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  setRole(allow("s3:GetObject", `${bucketArn}/*`));
  await expect(call()).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  expect(logged()).toEqual([
    "worker platform: AccessDenied: the role WorkerRole does not allow s3:ListBucket on arn:aws:s3:::media",
  ]);
});

describe("DeleteObjects", () => {
  const remove = (...keys: string[]) =>
    worker.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: keys.map((each) => ({ Key: each })), Quiet: true },
      }),
    );
  const exists = async () => {
    const { Contents = [] } = await operator.send(new ListObjectsV2Command({ Bucket }));
    return Contents.some((each) => each.Key === Key);
  };

  test("takes s3:DeleteObject on each key", async () => {
    setRole(allow("s3:DeleteObject", [objectArn, `${bucketArn}/other`]));
    expect((await remove(Key, "other")).Errors ?? []).toEqual([]);
    expect(await exists()).toBe(false);
  });

  test("reports each key and deletes none when one of them is refused", async () => {
    setRole(allow("s3:DeleteObject", objectArn));
    const { Errors, Deleted } = await remove(Key, "other");
    const reason = "because no identity-based policy allows the s3:DeleteObject action";
    expect(Errors).toEqual(
      [Key, "other"].map((each) => ({
        Key: each,
        Code: "AccessDenied",
        Message: `${refusalOf("s3:DeleteObject", `"${bucketArn}/${each}"`)} ${reason}`,
      })),
    );
    expect(Deleted).toBeUndefined();
    expect(await exists()).toBe(true);
  });
});

test.each([
  ["an old list", () => worker.send(new ListObjectsCommand({ Bucket }))],
  ["a copy", () => worker.send(new CopyObjectCommand({ ...object, CopySource: "media/a" }))],
  ["tags", () => worker.send(new PutObjectCommand({ ...object, Body: "y", Tagging: "a=b" }))],
  ["an ACL", () => worker.send(new PutObjectAclCommand({ ...object, ACL: "public-read" }))],
  [
    "an object with an ACL",
    () => worker.send(new PutObjectCommand({ ...object, Body: "y", ACL: "public-read" })),
  ],
])("refuses what it does not know, whatever the role allows: %s", async (_, call) => {
  setRole(allow("*"));
  await expect(call()).rejects.toMatchObject({ name: "AccessDenied" });
  expect(logged()).toEqual([expect.stringMatching(/does not know what s3:.+ takes/)]);
});
