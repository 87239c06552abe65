import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";

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
