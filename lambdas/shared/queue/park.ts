import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import type { PermanentFailure } from "../failures/failures.ts";

/**
 * Sends a copy of a record to the dead-letter queue, with the reason as message attribute. The
 * de-duplication id is new: SQS would swallow the old one in silence within 5 minutes. The body
 * keeps the business key.
 */
export function createPark(client: SQSClient, deadLetterQueueUrl: string) {
  return async (record: SQSRecord, failure: PermanentFailure): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: record.body,
        MessageGroupId: record.attributes.MessageGroupId,
        MessageDeduplicationId: randomUUID(),
        MessageAttributes: {
          Reason: { DataType: "String", StringValue: failure.reason },
          Detail: { DataType: "String", StringValue: failure.message.slice(0, 500) },
          ParkedAt: { DataType: "String", StringValue: new Date().toISOString() },
        },
      }),
    );
  };
}
