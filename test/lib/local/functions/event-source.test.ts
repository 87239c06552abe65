import { setTimeout as delay } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import { createQueues, startSqs } from "../../../../lib/local/aws/sqs.ts";
import { createBatchSlots } from "../../../../lib/local/functions/batch-slots.ts";
import {
  type EventSource,
  type QueueStep,
  startEventSource,
} from "../../../../lib/local/functions/event-source.ts";
import type { InvocationResult } from "../../../../lib/local/functions/function-messages.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";
import type { FunctionDefinition } from "../../../../lib/local/template/function-definition.ts";
import type { QueueDefinition } from "../../../../lib/local/template/queue-definition.ts";
import { eventually } from "../eventually.ts";

const region = "ap-southeast-1";
const consumer: FunctionDefinition = {
  logicalId: "Worker",
  name: "Worker",
  arn: "arn:worker",
  service: "worker",
  handler: "index.handler",
  codeDirectory: "/nowhere",
  timeoutSeconds: 1,
  memoryMegabytes: 128,
  environment: {},
  roleLogicalId: "Role",
  permissions: { statements: [], managedPolicies: [] },
};
const failure: InvocationResult = {
  ok: false,
  error: { errorType: "Error", errorMessage: "no", stackTrace: [] },
};

describe("event source", () => {
  let emulators: Emulators;
  let sqs: HttpServer;
  let client: SQSClient;
  let queue: QueueDefinition;
  let names = 0;
  let invocations: { at: number; bodies: string[]; counts: string[] }[] = [];
  let steps: QueueStep[] = [];
  const sources: EventSource[] = [];

  beforeAll(async () => {
    emulators = await startEmulators(
      region,
      () => {},
      () => {},
    );
    sqs = await startSqs(emulators.urls.fauxqs);
    client = new SQSClient({
      region,
      endpoint: sqs.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });
  afterAll(async () => {
    client.destroy();
    await sqs.close();
    await emulators.close();
  });
  beforeEach(async () => {
    invocations = [];
    steps = [];
    const name = `queue-${++names}.fifo`;
    queue = {
      logicalId: "Queue",
      name,
      arn: `arn:aws:sqs:${region}:000000000000:${name}`,
      url: `${sqs.url}/000000000000/${name}`,
      attributes: { FifoQueue: "true", VisibilityTimeout: "1" },
      visibilityTimeoutSeconds: 1,
      deadLetterQueueArn: undefined,
    };
    await createQueues(sqs.url, region, [queue]);
  });
  afterEach(() => Promise.all(sources.splice(0).map((source) => source.stop())));

  function start(
    work: (event: SQSEvent) => InvocationResult | Promise<InvocationResult>,
    changes: { batchSize?: number; maximumConcurrency?: number; reports?: boolean } = {},
  ) {
    const source = startEventSource({
      definition: {
        queue,
        function: consumer,
        batchSize: changes.batchSize ?? 10,
        maximumConcurrency: changes.maximumConcurrency,
        reportsBatchItemFailures: changes.reports ?? true,
      },
      region,
      sqsUrl: sqs.url,
      takeSlot: createBatchSlots(9).ofQueue(changes.maximumConcurrency ?? 10),
      invoke: async (event) => {
        const typed = event as SQSEvent;
        invocations.push({
          at: Date.now(),
          bodies: typed.Records.map(({ body }) => body),
          counts: typed.Records.map(({ attributes }) => attributes.ApproximateReceiveCount),
        });
        return work(typed);
      },
      onLog: () => {},
      onStep: (step) => steps.push(step),
    });
    sources.push(source);
    return source;
  }
  const send = (body: string, group = body, more: Partial<SendMessageCommandInput> = {}) =>
    client.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: body,
        ...more,
      }),
    );
  const left = async () => {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: ["All"] }),
    );
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    );
  };
  const isEmpty = () => eventually(async () => ((await left()) === 0 ? true : undefined));
  const attempts = (body: string) => invocations.filter(({ bodies }) => bodies.includes(body));

  test("tells what becomes of each message", async () => {
    let isFirst = true;
    start(() => {
      const result: InvocationResult = isFirst ? failure : { ok: true, payload: null };
      isFirst = false;
      return result;
    });
    await send("a", "customer");
    await isEmpty();
    await eventually(async () => (steps.length === 4 ? true : undefined));
    const step = { at: expect.any(Number), service: "worker", groupId: "customer" };
    expect(steps).toEqual([
      { ...step, what: "taken", deduplicationId: "a", receives: 1 },
      { ...step, what: "kept", deduplicationId: "a", receives: 1 },
      { ...step, what: "taken", deduplicationId: "a", receives: 2 },
      { ...step, what: "deleted", deduplicationId: "a", receives: 2 },
    ]);
  });

  test("gives the records as Lambda does and deletes what succeeded", async () => {
    let event: SQSEvent | undefined;
    start((received) => {
      event = received;
      return { ok: true, payload: null };
    });
    const sent = await send("hello 😀", "customer", {
      MessageDeduplicationId: "id-1",
      MessageAttributes: {
        reason: { DataType: "String", StringValue: "because" },
        raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
      },
    });
    await isEmpty();
    expect(event).toEqual({
      Records: [
        {
          messageId: sent.MessageId,
          receiptHandle: expect.any(String),
          body: "hello 😀",
          attributes: {
            ApproximateReceiveCount: "1",
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            MessageGroupId: "customer",
            MessageDeduplicationId: "id-1",
            SequenceNumber: sent.SequenceNumber,
          },
          messageAttributes: {
            reason: {
              stringValue: "because",
              stringListValues: [],
              binaryListValues: [],
              dataType: "String",
            },
            raw: {
              binaryValue: "AQI=",
              stringListValues: [],
              binaryListValues: [],
              dataType: "Binary",
            },
          },
          md5OfBody: sent.MD5OfMessageBody,
          md5OfMessageAttributes: sent.MD5OfMessageAttributes,
          eventSource: "aws:sqs",
          eventSourceARN: queue.arn,
          awsRegion: region,
        },
      ],
    });
  });

  test("deletes the others when some messages of a batch failed; those come back", async () => {
    await Promise.all([send("good"), send("bad"), send("fine")]);
    start(({ Records }) => ({
      ok: true,
      payload: {
        batchItemFailures: Records.filter(
          ({ body, attributes }) => body === "bad" && attributes.ApproximateReceiveCount === "1",
        ).map(({ messageId }) => ({ itemIdentifier: messageId })),
      },
    }));
    await isEmpty();
    expect(invocations[0]?.bodies.toSorted()).toEqual(["bad", "fine", "good"]);
    expect(invocations.slice(1).map(({ bodies, counts }) => [bodies, counts])).toEqual([
      [["bad"], ["2"]],
    ]);
    expect((invocations[1]?.at ?? 0) - (invocations[0]?.at ?? 0)).toBeGreaterThan(900);
  });

  test("a failed invocation leaves its messages until their visibility timeout", async () => {
    let first = true;
    start(() => {
      const result: InvocationResult = first ? failure : { ok: true, payload: {} };
      first = false;
      return result;
    });
    await send("x");
    await isEmpty();
    expect(attempts("x").map(({ counts }) => counts)).toEqual([["1"], ["2"]]);
    expect((invocations[1]?.at ?? 0) - (invocations[0]?.at ?? 0)).toBeGreaterThan(900);
  });

  test.each<[string, unknown]>([
    ["names a message that is not in the batch", { batchItemFailures: [{ itemIdentifier: "x" }] }],
    ["names nothing", { batchItemFailures: [{ itemIdentifier: "" }] }],
    ["has another key", { batchItemFailures: [{ id: "x" }] }],
    ["is no object", "done"],
  ])("a report that %s fails the whole batch", async (_what, payload) => {
    start(() => ({ ok: true, payload }));
    await send("x");
    await eventually(() => invocations[0]);
    await delay(50);
    expect(await left()).toBe(1);
    expect(invocations).toHaveLength(1);
  });

  test("a function that reports no failures per message is done when it returns", async () => {
    start(() => ({ ok: true, payload: { batchItemFailures: [{ itemIdentifier: "x" }] } }), {
      reports: false,
    });
    await send("x");
    await isEmpty();
  });

  test("keeps to batch size and concurrency", async () => {
    for (let index = 0; index < 6; index += 1) await send(`m${index}`);
    let running = 0;
    let most = 0;
    start(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(40);
        running -= 1;
        return { ok: true, payload: null };
      },
      { batchSize: 2, maximumConcurrency: 2 },
    );
    await isEmpty();
    expect(most).toBe(2);
    expect(Math.max(...invocations.map(({ bodies }) => bodies.length))).toBeLessThanOrEqual(2);
  });

  test("stops within a second, waiting or working", async () => {
    const waiting = start(() => ({ ok: true, payload: null }));
    await delay(50);
    const began = Date.now();
    await waiting.stop();
    expect(Date.now() - began).toBeLessThan(200);

    const working = start(() => new Promise(() => {}));
    await send("x");
    await eventually(() => invocations[0]);
    await working.stop();
    expect(Date.now() - began).toBeLessThan(1_200);
  });
});
