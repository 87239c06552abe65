import { randomUUID } from "node:crypto";
import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import type { PermanentFailure } from "../failures/failures.ts";

const MAX_ENTRIES = 10;

/** Gives records back to their queue. Throws when SQS has not taken it for every one of them. */
export function createSetVisibility(client: SQSClient, queueUrl: string) {
  return async (
    records: readonly Pick<SQSRecord, "receiptHandle">[],
    seconds: number,
  ): Promise<void> => {
    const refused: BatchResultErrorEntry[] = [];
    for (let start = 0; start < records.length; start += MAX_ENTRIES) {
      const { Failed = [] } = await client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: records.slice(start, start + MAX_ENTRIES).map((record, index) => ({
            Id: String(index),
            ReceiptHandle: record.receiptHandle,
            VisibilityTimeout: seconds,
          })),
        }),
      );
      refused.push(...Failed);
    }
    const [first] = refused;
    if (first !== undefined) throw Object.assign(new Error(), { name: String(first.Code) });
  };
}

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
