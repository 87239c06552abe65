import * as z from "zod";
import { parseJson } from "./aws-json.ts";
import type { Forward } from "./aws-proxy.ts";
import type { AwsRequest, AwsResponse } from "./aws-server.ts";
import { receivedMessage, withoutScope } from "./group-deduplication.ts";

const receiveRequest = z.looseObject({ QueueUrl: z.string() });
const receiveResult = z.looseObject({ Messages: z.array(receivedMessage) });

/**
 * Receives messages. fauxqs does not notice when a caller that waits for messages goes away, and
 * would hide the next message from everyone for the visibility timeout. Here that message is given
 * back at once.
 */
export async function receiveMessage(request: AwsRequest, forward: Forward): Promise<AwsResponse> {
  const answer = await forward(request);
  const result = receiveResult.safeParse(parseJson(answer.body));
  if (!result.success) return answer;
  const { Messages } = result.data;
  const query = receiveRequest.safeParse(parseJson(request.body));
  if (request.signal.aborted && query.success && Messages.length > 0) {
    await forward({
      ...request,
      headers: { ...request.headers, "x-amz-target": "AmazonSQS.ChangeMessageVisibilityBatch" },
      body: Buffer.from(
        JSON.stringify({
          QueueUrl: query.data.QueueUrl,
          // In reverse order, because fauxqs puts each one at the head of the queue.
          Entries: Messages.toReversed().map(({ ReceiptHandle }, index) => ({
            Id: String(index),
            ReceiptHandle,
            VisibilityTimeout: 0,
          })),
        }),
      ),
    });
  }
  return {
    ...answer,
    body: Buffer.from(JSON.stringify({ ...result.data, Messages: Messages.map(withoutScope) })),
  };
}
