import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type Emulators, startEmulators } from "../../../../../lib/local/aws/emulators.ts";
import { startSqs } from "../../../../../lib/local/aws/sqs.ts";
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

const arn = `arn:aws:sqs:${REGION}:000000000000:Work`;
const { gate, logged, setRole } = guardWorker();
let emulators: Emulators;
let server: HttpServer;
let worker: SQSClient;
let operator: SQSClient;
let QueueUrl: string | undefined;

beforeAll(async () => {
  const ignore = () => {};
  emulators = await startEmulators(REGION, ignore, ignore);
  server = await startSqs(emulators.urls.fauxqs, gate);
  worker = new SQSClient({ ...AS_WORKER, endpoint: server.url });
  operator = new SQSClient({ ...AS_OPERATOR, endpoint: server.url });
  ({ QueueUrl } = await operator.send(new CreateQueueCommand({ QueueName: "Work" })));
});
afterAll(async () => {
  worker.destroy();
  operator.destroy();
  await server.close();
  await emulators.close();
});

async function received() {
  await operator.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  const { Messages } = await operator.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }),
  );
  return Messages?.[0]?.ReceiptHandle;
}

const calls: [operation: string, action: string, call: () => Promise<unknown>][] = [
  [
    "SendMessage",
    "SendMessage",
    () => worker.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
  ],
  [
    "SendMessageBatch",
    "SendMessage",
    () =>
      worker.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: "1", MessageBody: "x" }] }),
      ),
  ],
  ["ReceiveMessage", "ReceiveMessage", () => worker.send(new ReceiveMessageCommand({ QueueUrl }))],
  [
    "DeleteMessage",
    "DeleteMessage",
    async () =>
      worker.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: await received() })),
  ],
  [
    "DeleteMessageBatch",
    "DeleteMessage",
    async () => {
      const Entries = [{ Id: "1", ReceiptHandle: await received() }];
      return worker.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    },
  ],
  [
    "ChangeMessageVisibility",
    "ChangeMessageVisibility",
    async () => {
      const message = { ReceiptHandle: await received(), VisibilityTimeout: 0 };
      return worker.send(new ChangeMessageVisibilityCommand({ QueueUrl, ...message }));
    },
  ],
  [
    "ChangeMessageVisibilityBatch",
    "ChangeMessageVisibility",
    async () => {
      const Entries = [{ Id: "1", ReceiptHandle: await received(), VisibilityTimeout: 0 }];
      return worker.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    },
  ],
  [
    "GetQueueAttributes",
    "GetQueueAttributes",
    () => worker.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] })),
  ],
  ["GetQueueUrl", "GetQueueUrl", () => worker.send(new GetQueueUrlCommand({ QueueName: "Work" }))],
];

test.each(calls)("%s takes sqs:%s on the queue, and nothing else", async (_, name, call) => {
  const action = `sqs:${name}`;
  setRole(allow(action, arn));
  await call();
  expect(logged()).toEqual([]);

  setRole(allow("*"), deny(action, arn));
  await expect(call()).rejects.toMatchObject({
    name: "AccessDenied",
    message: `${refusalOf(action.toLowerCase(), arn)} with an explicit deny in an identity-based policy`,
  });
});

test("refuses as SQS does, and says which permission is missing", async () => {
  setRole(allow("sqs:SendMessage", `${arn}-other`));
  await expect(
    worker.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
  ).rejects.toMatchObject({
    name: "AccessDenied",
    message: `${refusalOf("sqs:sendmessage", arn)} because no identity-based policy allows the sqs:sendmessage action`,
    Error: { Code: "AccessDenied", Type: "Sender" },
    $metadata: { httpStatusCode: 403 },
  });
  expect(logged()).toEqual([
    `worker platform: AccessDenied: the role WorkerRole does not allow sqs:SendMessage on ${arn}`,
  ]);
});

test("refuses an operation that it does not know, whatever the role allows", async () => {
  setRole(allow("*"));
  await expect(worker.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
  expect(logged()).toEqual([
    "worker platform: AccessDenied: the local run does not know what sqs:PurgeQueue takes; add it in lib/local/aws/access",
  ]);
});

test("lets the operator do everything", async () => {
  setRole();
  await operator.send(new PurgeQueueCommand({ QueueUrl }));
  expect(logged()).toEqual([]);
});
