import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { jsonResponse } from "../../../../../lib/local/aws/aws-json.ts";
import { type Emulators, startEmulators } from "../../../../../lib/local/aws/emulators.ts";
import type { InterfereWithAws } from "../../../../../lib/local/aws/interfere-with-aws.ts";
import { createBuckets, startS3 } from "../../../../../lib/local/aws/s3.ts";
import { startSqs } from "../../../../../lib/local/aws/sqs.ts";
import type { HttpServer } from "../../../../../lib/local/http-server.ts";
import { AS_OPERATOR, AS_WORKER, allow, guardWorker, REGION } from "./guarded-function.ts";

let interfere: InterfereWithAws;
const { gate, setRole } = guardWorker((call, pass) => interfere(call, pass));
let emulators: Emulators;
let sqs: HttpServer;
let s3: HttpServer;
let worker: SQSClient;
let operator: SQSClient;
let QueueUrl: string | undefined;

beforeAll(async () => {
  const ignore = () => {};
  emulators = await startEmulators(REGION, ignore, ignore);
  sqs = await startSqs(emulators.urls.fauxqs, gate);
  s3 = await startS3(emulators.urls.fauxqs, gate);
  worker = new SQSClient({ ...AS_WORKER, endpoint: sqs.url });
  operator = new SQSClient({ ...AS_OPERATOR, endpoint: sqs.url });
  ({ QueueUrl } = await operator.send(new CreateQueueCommand({ QueueName: "Work" })));
});
afterAll(async () => {
  worker.destroy();
  operator.destroy();
  await sqs.close();
  await s3.close();
  await emulators.close();
});
beforeEach(() => {
  interfere = (_call, pass) => pass();
  setRole(allow("sqs:*"));
});

const send = (client: SQSClient, MessageBody = "x") =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async (client: SQSClient) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages;

test("what interferes sees what a function may do, and nothing of the operator's", async () => {
  const seen: unknown[] = [];
  interfere = ({ request, ...call }, pass) => {
    seen.push({ ...call, body: JSON.parse(request.body.toString()) });
    return pass();
  };
  await send(operator);
  await send(worker, "seen");
  await receive(worker);
  setRole();
  await expect(send(worker)).rejects.toMatchObject({ name: "AccessDenied" });

  const call = { service: "sqs", caller: "worker" };
  expect(seen).toEqual([
    {
      ...call,
      operation: "SendMessage",
      isMapping: false,
      body: { QueueUrl, MessageBody: "seen" },
    },
    { ...call, operation: "ReceiveMessage", isMapping: true, body: expect.anything() },
  ]);
});

test("what interferes can answer itself, before or after the call is carried out", async () => {
  const refused = () => jsonResponse(503, { __type: "ServiceUnavailable" }, "1.0");
  interfere = async () => refused();
  await expect(send(worker, "never stored")).rejects.toMatchObject({
    $metadata: { httpStatusCode: 503 },
  });
  interfere = async (_call, pass) => {
    await pass();
    return refused();
  };
  await expect(send(worker, "stored")).rejects.toMatchObject({
    $metadata: { httpStatusCode: 503 },
  });
  const bodies = (await receive(operator))?.map(({ Body }) => Body);
  expect(bodies).toContain("stored");
  expect(bodies).not.toContain("never stored");
});

test("what interferes can cut the connection", async () => {
  interfere = async () => undefined;
  await expect(send(worker)).rejects.toThrow("socket hang up");
});

test("a presigned URL can do what its signer may", async () => {
  await createBuckets(s3.url, REGION, [{ logicalId: "Bucket", name: "media" }]);
  const client = new S3Client({ ...AS_OPERATOR, endpoint: s3.url });
  await client.send(new PutObjectCommand({ Bucket: "media", Key: "a", Body: "x" }));
  await client.send(new GetObjectCommand({ Bucket: "media", Key: "a" }));
  client.destroy();
  const { accessKeyId } = AS_WORKER.credentials;
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${accessKeyId}/20260101/${REGION}/s3/aws4_request`,
    "x-id": "GetObject",
  });
  const get = () => fetch(`${s3.url}/media/a?${query}`);
  expect((await get()).status).toBe(403);
  setRole(allow("s3:GetObject", "arn:aws:s3:::media/a"));
  expect(await (await get()).text()).toBe("x");
});
