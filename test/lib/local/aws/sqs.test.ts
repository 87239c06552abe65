import { setTimeout as delay } from "node:timers/promises";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type Emulators, startEmulators } from "../../../../lib/local/aws/emulators.ts";
import { createQueues, startSqs } from "../../../../lib/local/aws/sqs.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";
import { eventually } from "../eventually.ts";

const region = "ap-northeast-1";

describe("SQS", () => {
  let emulators: Emulators;
  let server: HttpServer;
  let client: SQSClient;
  let names = 0;

  beforeAll(async () => {
    emulators = await startEmulators(
      region,
      () => {},
      (error) => {
        throw error;
      },
    );
    server = await startSqs(emulators.urls.fauxqs);
    client = new SQSClient({
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

  async function createQueue(attributes: Record<string, string> = {}) {
    const name = `queue-${++names}.fifo`;
    const url = `${server.url}/000000000000/${name}`;
    const arn = `arn:aws:sqs:${region}:000000000000:${name}`;
    await createQueues(server.url, region, [
      {
        logicalId: name,
        name,
        arn,
        url,
        attributes: { FifoQueue: "true", ...attributes },
        visibilityTimeoutSeconds: 30,
        deadLetterQueueArn: undefined,
      },
    ]);
    return { url, arn, name };
  }

  const send = (QueueUrl: string, MessageBody: string, group = "g", id = MessageBody) =>
    client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody,
        MessageGroupId: group,
        MessageDeduplicationId: id,
      }),
    );
  const receive = async (QueueUrl: string, WaitTimeSeconds = 0, MaxNumberOfMessages = 10) =>
    (
      await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          WaitTimeSeconds,
          MaxNumberOfMessages,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      )
    ).Messages ?? [];
  const remove = (QueueUrl: string, ReceiptHandle: string | undefined) =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

  test("gives queue URLs of its own host", async () => {
    const { url, name } = await createQueue();
    const found = await client.send(new GetQueueUrlCommand({ QueueName: name }));
    const created = await client.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: "true" } }),
    );
    const listed = await client.send(new ListQueuesCommand({ QueueNamePrefix: name }));
    expect([found.QueueUrl, created.QueueUrl, listed.QueueUrls]).toEqual([url, url, [url]]);
  });

  test("knows the queues under the region of the request's signature", async () => {
    const { name } = await createQueue();
    const elsewhere = new SQSClient({
      region: "eu-west-1",
      endpoint: server.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    await expect(elsewhere.send(new GetQueueUrlCommand({ QueueName: name }))).rejects.toMatchObject(
      { name: "QueueDoesNotExist" },
    );
    elsewhere.destroy();
  });

  test("keeps the order within a group and holds later messages back until one is deleted", async () => {
    const { url } = await createQueue();
    for (const body of ["a1", "a2", "a3"]) await send(url, body, "a");
    const first = await receive(url, 0, 1);
    expect(first.map(({ Body }) => Body)).toEqual(["a1"]);
    await send(url, "b1", "b");
    expect((await receive(url)).map(({ Body }) => Body)).toEqual(["b1"]);
    await remove(url, first[0]?.ReceiptHandle);
    expect((await receive(url)).map(({ Body }) => Body)).toEqual(["a2", "a3"]);
  });

  test("gives out as many of a group as fit, in order, before those of other groups", async () => {
    const { url } = await createQueue();
    for (const body of ["a1", "b1", "a2", "a3", "b2", "b3"]) {
      await send(url, body, body.charAt(0), body);
    }
    const bodies = (await receive(url, 0, 4)).map(({ Body }) => Body);
    expect([
      ["a1", "a2", "a3", "b1"],
      ["b1", "b2", "b3", "a1"],
    ]).toContainEqual(bodies);
    // The others wait until the first of their group is done.
    expect(await receive(url, 0, 4)).toEqual([]);
  });

  test("gives out the groups in no order, and each group in its own", async () => {
    const { url } = await createQueue();
    const groups = Array.from({ length: 30 }, (_, index) => `g${index}`);
    for (const group of groups) {
      for (const nth of [1, 2]) await send(url, `${group}-${nth}`, group);
    }
    const bodies: string[] = [];
    for (let some = await receive(url); some.length > 0; some = await receive(url)) {
      for (const { Body = "", ReceiptHandle } of some) {
        bodies.push(Body);
        await remove(url, ReceiptHandle);
      }
    }
    const order = bodies.filter((body) => body.endsWith("-1")).map((body) => body.slice(0, -2));
    expect(order).not.toEqual(groups);
    expect(order.toSorted()).toEqual(groups.toSorted());
    for (const group of groups) {
      expect(bodies.filter((body) => body.startsWith(`${group}-`))).toEqual([
        `${group}-1`,
        `${group}-2`,
      ]);
    }
  });

  test("keeps the order of a group of which several become visible again", async () => {
    const { url } = await createQueue({ VisibilityTimeout: "1" });
    for (const body of ["1", "2", "3", "4"]) await send(url, body, "g", body);
    expect((await receive(url, 0, 3)).map(({ Body }) => Body)).toEqual(["1", "2", "3"]);
    const again = await receive(url, 3, 10);
    expect(again.map(({ Body }) => Body)).toEqual(["1", "2", "3", "4"]);
    for (const { ReceiptHandle } of again) {
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }),
      );
    }
    expect((await receive(url, 0, 10)).map(({ Body }) => Body)).toEqual(["1", "2", "3", "4"]);
  });

  test("drops a message whose de-duplication id was used before", async () => {
    const { url } = await createQueue();
    const first = await send(url, "one", "g", "same");
    const second = await send(url, "two", "g", "same");
    expect(second.MessageId).toBe(first.MessageId);
    const [message] = await receive(url);
    await remove(url, message?.ReceiptHandle);
    expect(await receive(url)).toEqual([]);
  });

  test("in high-throughput mode, de-duplicates within each group", async () => {
    const { url } = await createQueue({ DeduplicationScope: "messageGroup" });
    await send(url, "one", "a", "same");
    await send(url, "again", "a", "same");
    const { Successful } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: ["a", "b"].map((group) => ({
          Id: group,
          MessageBody: "two",
          MessageGroupId: group,
          MessageDeduplicationId: "same",
        })),
      }),
    );
    expect(Successful).toHaveLength(2);
    const messages = await receive(url);
    expect(
      messages
        .map(({ Body, Attributes }) => [
          Body,
          Attributes?.MessageGroupId,
          Attributes?.MessageDeduplicationId,
        ])
        .sort(),
    ).toEqual([
      ["one", "a", "same"],
      ["two", "b", "same"],
    ]);
    for (const { ReceiptHandle } of messages) await remove(url, ReceiptHandle);
    expect(await receive(url)).toEqual([]);
  });

  test("carries every character of Unicode with matching checksums", async () => {
    const { url } = await createQueue();
    const body = "ภาษาไทย 日本語 繁體 😀👩‍👩‍👧 \u{10FFFD}\t\r\n";
    await send(url, body, "g", "1");
    expect((await receive(url))[0]?.Body).toBe(body);
    await expect(send(url, "\u0007", "g", "2")).rejects.toMatchObject({
      name: expect.stringContaining("InvalidMessageContents"),
    });
  });

  test("shows a message again after its visibility timeout, or when that is set to nothing", async () => {
    const { url } = await createQueue({ VisibilityTimeout: "1" });
    await send(url, "x");
    const [message] = await receive(url);
    expect(message?.Attributes?.ApproximateReceiveCount).toBe("1");
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect((await receive(url))[0]?.Attributes?.ApproximateReceiveCount).toBe("2");
    expect(await receive(url)).toEqual([]);
    expect((await receive(url, 3))[0]?.Attributes?.ApproximateReceiveCount).toBe("3");
  });

  test("moves a message to the dead-letter queue after too many receives", async () => {
    const dead = await createQueue();
    const { url } = await createQueue({
      VisibilityTimeout: "0",
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 }),
    });
    await send(url, "x");
    await receive(url);
    await receive(url);
    expect(await receive(url)).toEqual([]);
    expect((await receive(dead.url))[0]?.Body).toBe("x");
  });

  test("gives back at once what a caller that has gone would have got", async () => {
    const { url } = await createQueue();
    const leaving = new AbortController();
    const waiting = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: leaving.signal,
    });
    await delay(100);
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    await send(url, "x");
    expect(await eventually(async () => (await receive(url))[0]?.Body)).toBe("x");
  });

  test("refuses what SQS refuses: group ids, attributes, size", async () => {
    const { url } = await createQueue();
    await expect(send(url, "x", "กลุ่ม")).rejects.toMatchObject({ name: "InvalidParameterValue" });
    await expect(send(url, "x", "g".repeat(129))).rejects.toThrow("1 to 128 in length");
    await expect(send(url, "x".repeat(1024 * 1024 + 1), "g", "big")).rejects.toThrow(
      "Message must be shorter than 1048576 bytes",
    );
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: "good", MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "1" },
          { Id: "bad", MessageBody: "x", MessageGroupId: "a b", MessageDeduplicationId: "2" },
          {
            Id: "empty",
            MessageBody: "x",
            MessageGroupId: "g",
            MessageDeduplicationId: "3",
            MessageAttributes: { reason: { DataType: "String", StringValue: "" } },
          },
        ],
      }),
    );
    expect(Successful?.map(({ Id }) => Id)).toEqual(["good"]);
    expect(Failed?.map(({ Id, SenderFault }) => [Id, SenderFault])).toEqual([
      ["bad", true],
      ["empty", true],
    ]);
  });
});
