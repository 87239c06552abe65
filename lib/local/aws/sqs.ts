import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { HttpServer } from "../http-server.ts";
import type { QueueDefinition } from "../template/queue-definition.ts";
import { type AwsGate, openGate } from "./access/aws-gate.ts";
import { sqsAccess } from "./access/sqs-access.ts";
import { operationOf, parseJson } from "./aws-json.ts";
import { type Forward, startAwsProxy } from "./aws-proxy.ts";
import type { AwsRequest, AwsResponse } from "./aws-server.ts";
import { receiveMessage } from "./sqs-receiving.ts";
import { sendMessage, sendMessageBatch } from "./sqs-sending.ts";

/**
 * Starts the server that the functions use as SQS, in front of fauxqs. Its queue URLs are
 * `http://127.0.0.1:<port>/000000000000/<name>`: those of fauxqs name a host, sqs.<region>.localhost,
 * that not every machine resolves, and the AWS SDK sends to the host of the queue URL. In
 * requests fauxqs reads only the queue's name, so only answers are rewritten.
 */
export async function startSqs(fauxqsUrl: string, gate: AwsGate = openGate): Promise<HttpServer> {
  const groupScoped = new Set<string>();
  const isGroupScoped = (queueUrl: string) =>
    groupScoped.has(queueUrl.slice(queueUrl.lastIndexOf("/") + 1));

  const answerTo = async (request: AwsRequest, forward: Forward): Promise<AwsResponse> => {
    switch (operationOf(request.headers)) {
      case "CreateQueue": {
        const queue = groupScopedQueue.safeParse(parseJson(request.body));
        if (queue.success) groupScoped.add(queue.data.QueueName);
        return withOwnQueueUrls(await forward(request), server.url);
      }
      case "GetQueueUrl":
      case "ListQueues":
        return withOwnQueueUrls(await forward(request), server.url);
      case "SendMessage":
        return sendMessage(request, forward, isGroupScoped);
      case "SendMessageBatch":
        return sendMessageBatch(request, forward, isGroupScoped);
      case "ReceiveMessage":
        return receiveMessage(request, forward);
      default:
        return forward(request);
    }
  };
  const server = await startAwsProxy(fauxqsUrl, (request, forward) =>
    gate(sqsAccess, request, () => answerTo(request, forward)),
  );
  return server;
}

/** Creates the template's queues. Rejects when SQS would refuse an attribute. */
export async function createQueues(
  sqsUrl: string,
  region: string,
  queues: QueueDefinition[],
): Promise<void> {
  const client = new SQSClient({
    region,
    endpoint: sqsUrl,
    credentials: { accessKeyId: "LOCAL-deployment", secretAccessKey: "local" },
  });
  try {
    for (const { name, attributes } of queues) {
      await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    }
  } finally {
    client.destroy();
  }
}

const groupScopedQueue = z.object({
  QueueName: z.string(),
  Attributes: z.object({ DeduplicationScope: z.literal("messageGroup") }),
});

const queueUrls = z.looseObject({
  QueueUrl: z.string().optional(),
  QueueUrls: z.array(z.string()).optional(),
});

function withOwnQueueUrls(answer: AwsResponse, ownUrl: string): AwsResponse {
  const own = (url: string) => `${ownUrl}${new URL(url).pathname}`;
  const content = queueUrls.safeParse(parseJson(answer.body));
  if (!content.success) return answer;
  const { QueueUrl, QueueUrls, ...others } = content.data;
  return {
    ...answer,
    body: Buffer.from(
      JSON.stringify({
        ...others,
        ...(QueueUrl === undefined ? {} : { QueueUrl: own(QueueUrl) }),
        ...(QueueUrls === undefined ? {} : { QueueUrls: QueueUrls.map(own) }),
      }),
    ),
  };
}
