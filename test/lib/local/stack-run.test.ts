import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { FunctionCall } from "../../../lib/local/aws/interfere-with-aws.ts";
import type { GatewayRequest } from "../../../lib/local/gateway/gateway.ts";
import type { LogLine } from "../../../lib/local/log-line.ts";
import { runStack, type StackRun, type StackRunOptions } from "../../../lib/local/stack-run.ts";
import { eventually } from "./eventually.ts";
import { smallStackResources, writeSmallStack } from "./small-stack.ts";

const SMALL = {
  stackName: "Small",
  region: "ap-southeast-1",
  port: 0,
  environment: {},
  onLog: () => {},
  onRequest: () => {},
  onFailure: () => {},
};

const client = {
  region: "ap-southeast-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
};

describe("a small stack", () => {
  const assembly = writeSmallStack();
  const logs: LogLine[] = [];
  const requests: GatewayRequest[] = [];
  const onFailure = jest.fn();
  let run: StackRun;

  beforeAll(async () => {
    run = await runStack({
      ...SMALL,
      assemblyDirectory: assembly.path,
      environment: { LINE_API_URL: "http://127.0.0.1:9" },
      onLog: (line) => logs.push(line),
      onRequest: (request) => requests.push(request),
      onFailure,
    });
  }, 20_000);
  afterAll(async () => {
    const before = Date.now();
    await run.close();
    expect(Date.now() - before).toBeLessThan(3_000);
    expect(onFailure).not.toHaveBeenCalled();
    assembly.remove();
  });

  test("carries a request through function, queue and consumer into the table", async () => {
    const body = '{"text":"สวัสดี 😀"}';
    const answer = await fetch(`${run.outputs.Url}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(answer.status).toBe(200);

    const dynamodb = new DynamoDBClient({ ...client, endpoint: run.aws.dynamodb });
    const item = await eventually(
      async () =>
        (
          await dynamodb.send(
            new GetItemCommand({ TableName: run.tableNames[0], Key: { pk: { S: body } } }),
          )
        ).Item,
    );
    expect(item).toEqual({
      pk: { S: body },
      group: { S: "retail" },
      from: { S: "arn:aws:sqs:ap-southeast-1:000000000000:Small-Queue.fifo" },
      api: { S: "http://127.0.0.1:9" },
      media: { S: run.mediaUrl },
    });
    expect(requests).toContainEqual({
      method: "POST",
      path: "/line/retail",
      route: "POST /line/{brand}",
      status: 200,
      milliseconds: expect.any(Number),
    });
    expect(logs).toContainEqual({ source: "worker", stream: "stdout", text: "got 1" });
  });

  test("moves a message that keeps failing to the dead-letter queue", async () => {
    await fetch(`${run.gatewayUrl}/line/other`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "poison",
    });
    const sqs = new SQSClient({ ...client, endpoint: run.aws.sqs });
    await eventually(async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: run.queues.inboundDeadLetter,
          AttributeNames: ["ApproximateNumberOfMessages"],
        }),
      );
      return Attributes?.ApproximateNumberOfMessages === "1" ? true : undefined;
    }, 8_000);
    expect(logs.filter(({ text }) => text === "got 2")).toHaveLength(1);
  }, 10_000);

  test("runs a function that is invoked asynchronously", async () => {
    const lambda = new LambdaClient({ ...client, endpoint: run.aws.lambda });
    const answer = await lambda.send(
      new InvokeCommand({
        FunctionName: "Small-Consumer",
        InvocationType: "Event",
        Payload: '{"detail-type":"Scheduled Event"}',
      }),
    );
    expect(answer.StatusCode).toBe(202);
    await eventually(() =>
      logs.find(({ source, text }) => source === "worker" && text === "scheduled"),
    );
    lambda.destroy();
  });

  test("says which resources have no part in it", () => {
    expect(logs).toContainEqual({
      source: "template",
      stream: "platform",
      text: "not part of a local run: AWS::Events::Rule",
    });
  });

  test("serves what is put into its bucket to everyone who knows the key", async () => {
    expect(run.mediaUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const s3 = new S3Client({ ...client, endpoint: run.aws.s3 });
    await s3.send(
      new PutObjectCommand({
        Bucket: "small-bucket",
        Key: "retail/a/b/0",
        Body: "รูป",
        ContentType: "image/png",
      }),
    );
    s3.destroy();
    const answer = await fetch(`${run.mediaUrl}/retail/a/b/0`);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("content-security-policy")).toBe("sandbox");
    expect(await answer.text()).toBe("รูป");
    expect((await fetch(`${run.mediaUrl}/retail/a/b/1`)).status).toBe(403);
  });

  test("generates the secrets that the template leaves open", () => {
    expect(JSON.parse(run.secrets.get("Thailand/media"))).toEqual({
      keySecret: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
    });
  });

  test("gives access to the secrets", () => {
    run.secrets.put("Thailand/retail/line", '{"channelId":"1"}');
    expect(run.secrets.get("Thailand/retail/line")).toBe('{"channelId":"1"}');
  });
});

describe("a small stack without one of the consumer's permissions", () => {
  const cleanUp: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  });

  async function runWithout(action: string, interfere?: StackRunOptions["interfere"]) {
    const resources = smallStackResources();
    const policy = JSON.stringify(resources.ConsumerPolicy);
    expect(policy).toContain(`"${action}"`);
    const ConsumerPolicy = JSON.parse(policy.replace(`"${action}"`, '"none:None"'));
    const assembly = writeSmallStack({ ...resources, ConsumerPolicy });
    cleanUp.push(assembly.remove);
    const logs: LogLine[] = [];
    const run = await runStack({
      ...SMALL,
      assemblyDirectory: assembly.path,
      interfere,
      onLog: (line) => logs.push(line),
    });
    cleanUp.push(run.close);
    return { run, logs };
  }

  test("fails as on AWS, and the log names what is missing", async () => {
    const calls: FunctionCall[] = [];
    const { run, logs } = await runWithout("dynamodb:PutItem", (call, pass) => {
      calls.push(call);
      return pass();
    });
    const answer = await fetch(`${run.outputs.Url}`, { method: "POST", body: "x" });
    expect(answer.status).toBe(200);

    const refusal = {
      source: "worker",
      stream: "platform",
      text: "AccessDenied: the role ConsumerRole does not allow dynamodb:PutItem on arn:aws:dynamodb:ap-southeast-1:000000000000:table/Small-Table",
    };
    const refusals = () => logs.filter(({ text }) => text === refusal.text);
    // The message comes back.
    await eventually(async () => (refusals().length === 2 ? true : undefined), 8_000);
    expect(refusals()).toEqual([refusal, refusal]);
    expect(logs).toContainEqual({ source: "worker", stream: "stdout", text: "got 2" });
    const dynamodb = new DynamoDBClient({ ...client, endpoint: run.aws.dynamodb });
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: run.tableNames[0], Key: { pk: { S: "x" } } }),
    );
    dynamodb.destroy();
    expect(Item).toBeUndefined();
    // Only what is allowed can be interfered with.
    const seen = calls.map(({ caller, operation, isMapping }) => [caller, operation, isMapping]);
    expect(seen).toContainEqual(["inbound", "SendMessage", false]);
    expect(seen).toContainEqual(["worker", "ReceiveMessage", true]);
    expect(seen.flat()).not.toContain("PutItem");
  }, 15_000);

  test("does not start when the queue could not be read", async () => {
    await expect(runWithout("sqs:ReceiveMessage")).rejects.toThrow(
      "ConsumerRole: does not allow sqs:ReceiveMessage on arn:aws:sqs:ap-southeast-1:000000000000:Small-Queue.fifo, which Consumer is fed from",
    );
  });
});

test("several queues feed one function, each by its own event source", async () => {
  const resources = smallStackResources();
  const text = JSON.stringify({
    Policy: resources.ConsumerPolicy,
    Mapping: resources.Mapping,
    Queue: resources.Queue,
  });
  const other = JSON.parse(text.replaceAll('"Queue","Arn"', '"OtherQueue","Arn"'));
  const assembly = writeSmallStack({
    ...resources,
    OtherQueue: other.Queue,
    OtherPolicy: other.Policy,
    OtherMapping: other.Mapping,
  });
  const run = await runStack({
    ...SMALL,
    assemblyDirectory: assembly.path,
  });
  const sqs = new SQSClient({ ...client, endpoint: run.aws.sqs });
  const dynamodb = new DynamoDBClient({ ...client, endpoint: run.aws.dynamodb });
  try {
    for (const name of ["Small-Queue.fifo", "Small-OtherQueue.fifo"]) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: run.queueUrl(name),
          MessageBody: name,
          MessageGroupId: "g",
          MessageDeduplicationId: "d",
        }),
      );
      const item = await eventually(async () => {
        const key = { TableName: run.tableNames[0], Key: { pk: { S: name } } };
        return (await dynamodb.send(new GetItemCommand(key))).Item;
      });
      expect(item?.from).toEqual({ S: `arn:aws:sqs:ap-southeast-1:000000000000:${name}` });
    }
    expect(() => run.queueUrl("none")).toThrow("the template has no queue none");
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await run.close();
    assembly.remove();
  }
}, 15_000);

test("a schedule calls its function after each interval, until the run is closed", async () => {
  const assembly = writeSmallStack({
    ...smallStackResources(),
    Rule: {
      Type: "AWS::Events::Rule",
      Properties: {
        ScheduleExpression: "rate(1 minute)",
        Targets: [{ Arn: { "Fn::GetAtt": ["Consumer", "Arn"] }, Id: "Target0" }],
      },
    },
  });
  const logs: LogLine[] = [];
  // Only intervals: everything else must go on.
  jest.useFakeTimers({
    doNotFake: [
      "Date",
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setTimeout",
      "clearTimeout",
    ],
  });
  try {
    const run = await runStack({
      ...SMALL,
      assemblyDirectory: assembly.path,
      onLog: (line) => logs.push(line),
    });
    try {
      const scheduled = () => logs.filter(({ text }) => text === "scheduled");
      jest.advanceTimersByTime(59_999);
      expect(jest.getTimerCount()).toBe(1);
      jest.advanceTimersByTime(60_001);
      await eventually(() => (scheduled().length === 2 ? true : undefined));
    } finally {
      await run.close();
    }
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
    assembly.remove();
  }
});

test("an override that no function knows stops the run and leaves nothing behind", async () => {
  const assembly = writeSmallStack();
  await expect(
    runStack({
      ...SMALL,
      assemblyDirectory: assembly.path,
      environment: { GENESYS_API_URL: "http://127.0.0.1:9" },
    }),
  ).rejects.toThrow("no function of the template has the environment variable GENESYS_API_URL");
  assembly.remove();
});
