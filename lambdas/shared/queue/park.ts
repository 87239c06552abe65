import { randomUUID } from "node:crypto";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { SENT_PARTS } from "../contract/redriven.ts";
import type { PermanentFailure } from "../failures/failures.ts";
import { shortenUnits } from "../text/shorten.ts";
import type { SentParts } from "./sent-parts.ts";

/**
 * Sends a copy of a record to the dead-letter queue, with the reason and what has been sent of it as
 * message attributes, of which SQS takes ten. The de-duplication id is new: SQS would swallow the old one in silence
 * within 5 minutes. The body keeps the business key.
 */
export function createPark(client: SQSClient, deadLetterQueueUrl: string) {
  return async (
    record: SQSRecord,
    failure: PermanentFailure,
    sent: SentParts | undefined,
  ): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: record.body,
        MessageGroupId: record.attributes.MessageGroupId,
        MessageDeduplicationId: randomUUID(),
        MessageAttributes: {
          Reason: { DataType: "String", StringValue: failure.reason },
          Detail: { DataType: "String", StringValue: shortenUnits(failure.message, 500) },
          ParkedAt: { DataType: "String", StringValue: new Date().toISOString() },
          ...(sent && {
            [SENT_PARTS]: { DataType: "String", StringValue: JSON.stringify(sent) },
          }),
        },
      }),
    );
  };
}
