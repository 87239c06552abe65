import { randomUUID } from "node:crypto";
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import type { LocalMarket } from "../local-market.ts";

export interface ParkedLetter {
  groupId: string;
  body: string;
  reason?: string | undefined;
  /** JSON. */
  sentParts?: string;
  /** ISO 8601. */
  parkedAt?: string;
}

/** One of the market's dead-letter queues, as the bridge fills it and an operator looks into it. */
export interface LetterBox {
  put(letter: ParkedLetter): Promise<void>;
  /** Takes out all that can be seen, in order. */
  empty(): Promise<ParkedLetter[]>;
  /** Looks at what can be seen at once, at most ten of one customer, and leaves it there. */
  peek(): Promise<ParkedLetter[]>;
}

const text = (StringValue: string) => ({ DataType: "String", StringValue });

export function letterBox(
  { target, stack }: LocalMarket,
  queue: "inbound" | "outbound",
): LetterBox {
  const { sqs } = target.aws;
  const QueueUrl = stack.deadLetters[queue];

  async function receive() {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["MessageGroupId"],
      }),
    );
    return Messages.map(({ Body = "", Attributes, MessageAttributes, ReceiptHandle }) => ({
      ReceiptHandle,
      letter: {
        groupId: Attributes?.MessageGroupId ?? "",
        body: Body,
        reason: MessageAttributes?.Reason?.StringValue,
      },
    }));
  }

  return {
    async put({ groupId, body, reason, sentParts, parkedAt }) {
      const attributes = {
        ...(reason !== undefined && { Reason: text(reason) }),
        ...(parkedAt !== undefined && { ParkedAt: text(parkedAt) }),
        ...(sentParts !== undefined && { SentParts: text(sentParts) }),
      };
      await sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageGroupId: groupId,
          MessageDeduplicationId: randomUUID(),
          MessageBody: body,
          ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
        }),
      );
    },
    async empty() {
      const all: ParkedLetter[] = [];
      for (let some = await receive(); some.length > 0; some = await receive()) {
        for (const { letter, ReceiptHandle } of some) {
          all.push(letter);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
      return all;
    },
    async peek() {
      const seen = [];
      for (let some = await receive(); some.length > 0; some = await receive()) seen.push(...some);
      for (const { ReceiptHandle } of seen) {
        const VisibilityTimeout = 0;
        await sqs.send(
          new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }),
        );
      }
      return seen.map(({ letter }) => letter);
    },
  };
}
