import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";

export interface DeadLetter {
  /** Of the LINE message or the Genesys message; undefined for what is neither. */
  id: string | undefined;
  reason: string;
}

/** What somebody who may do everything does to the queues of a run. */
export interface QueueOperator {
  /** Lets the visibility timeout of a message pass now, while its consumer works on it. */
  expose(queueUrl: string, receiptHandle: string): Promise<void>;
  /** Stores the message once more, as a delivery that SQS does not recognize as one. */
  copy(queueUrl: string, groupId: string, body: string): Promise<void>;
  /** The queues that hold messages, seen or unseen, and how many. */
  left(queueUrls: readonly string[]): Promise<Map<string, number>>;
  /** Takes everything out of a dead-letter queue. */
  takeDeadLetters(queueUrl: string): Promise<DeadLetter[]>;
  close(): void;
}

const body = z.object({
  event: z.object({ message: z.object({ id: z.string() }) }).optional(),
  message: z.object({ id: z.string() }).optional(),
});

export function createQueueOperator(endpoint: string): QueueOperator {
  const sqs = new SQSClient({
    endpoint,
    region: "ap-southeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

  async function leftIn(QueueUrl: string): Promise<number> {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes ?? {};
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  async function takeTen(QueueUrl: string): Promise<DeadLetter[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return [];
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle })),
      }),
    );
    return Messages.map(({ Body = "", MessageAttributes }) => {
      const { event, message } = body.parse(JSON.parse(Body));
      const reason = MessageAttributes?.Reason?.StringValue ?? "no reason";
      return { id: event?.message.id ?? message?.id, reason };
    });
  }

  return {
    async expose(QueueUrl, ReceiptHandle) {
      const command = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      // It may have been deleted meanwhile.
      await sqs.send(new ChangeMessageVisibilityCommand(command)).catch(() => undefined);
    },
    async copy(QueueUrl, MessageGroupId, MessageBody) {
      const MessageDeduplicationId = crypto.randomUUID();
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId }),
      );
    },
    async left(queueUrls) {
      const counts = await Promise.all(
        queueUrls.map(async (url): Promise<[string, number]> => [url, await leftIn(url)]),
      );
      return new Map(counts.filter(([, count]) => count > 0));
    },
    async takeDeadLetters(queueUrl) {
      const taken: DeadLetter[] = [];
      for (;;) {
        const ten = await takeTen(queueUrl);
        if (ten.length === 0) return taken;
        taken.push(...ten);
      }
    },
    close: () => sqs.destroy(),
  };
}
