import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { rehearse } from "../../../../lambdas/shared/function/rehearse.ts";

const QueueUrl = "https://sqs.ap-southeast-1.amazonaws.com/1/queue.fifo";
const OUTPUT = { Successful: [], Failed: [], $metadata: {} };

function setUp(credentials?: () => Promise<never>) {
  let requests = 0;
  const client = new SQSClient({
    region: "ap-southeast-1",
    credentials: credentials ?? { accessKeyId: "id", secretAccessKey: "key" },
    maxAttempts: 1,
    requestHandler: {
      handle: async () => {
        requests += 1;
        throw new Error("must not be asked");
      },
    },
  });
  const command = new SendMessageBatchCommand({
    QueueUrl,
    Entries: [{ Id: "0", MessageBody: "{}" }],
  });
  let signed: unknown;
  command.middlewareStack.add(
    (next) => (args) => {
      signed = args.request;
      return next(args);
    },
    { step: "deserialize", priority: "high" },
  );
  return { client, command, requests: () => requests, signed: () => signed };
}

it("goes the whole way to the network, signature included, and not into it", async () => {
  const { client, command, requests, signed } = setUp();
  let answer: unknown;
  await rehearse(command, OUTPUT, async () => {
    answer = await client.send(command);
  });
  expect(answer).toMatchObject({ $metadata: { httpStatusCode: 200 } });
  expect(signed()).toMatchObject({
    hostname: "sqs.ap-southeast-1.amazonaws.com",
    headers: { authorization: expect.stringContaining("AWS4-HMAC-SHA256") },
  });
  expect(requests()).toBe(0);
});

it("fails no start", async () => {
  const { client, command } = setUp(async () => {
    throw new Error("no credentials");
  });
  await expect(rehearse(command, OUTPUT, () => client.send(command))).resolves.toBeUndefined();
});
