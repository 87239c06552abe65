import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";

export interface DeadLetter {
  /** Of the LINE message or the Genesys message; undefined for what is neither. */
  id: string | undefined;
  reason: string;
}

const body = z.object({
  event: z.object({ message: z.object({ id: z.string() }) }).optional(),
  message: z.object({ id: z.string() }).optional(),
});

/** Takes everything out of a dead-letter queue. */
export async function deadLetters(sqs: SQSClient, queueUrl: string): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return found;
    for (const { Body = "", MessageAttributes } of Messages) {
      const { event, message } = body.parse(JSON.parse(Body));
      const reason = MessageAttributes?.Reason?.StringValue ?? "no reason";
      found.push({ id: event?.message.id ?? message?.id, reason });
    }
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
      }),
    );
  }
}
