import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** A message of a dead-letter queue, held for ten minutes by whoever received it. */
export interface Letter {
  body: string;
  /** The customer: `<brand>#…`. */
  groupId: string;
  receiptHandle: string;
  /** Why it was parked; SQS itself gives no reason. */
  reason: string;
}

const NO_REASON = "none";
const HELD_SECONDS = 600;
const BATCH = 10;

/** How many messages a dead-letter queue holds, as SQS counts them. */
export async function countLetters(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

/**
 * Hands out every letter that SQS hands out: of one customer the first ten, until they are deleted.
 * Those that `take` returns false for are given back at the end, also when it throws or `stopping` is aborted.
 */
export async function eachLetter(
  sqs: SQSClient,
  queueUrl: string,
  take: (letter: Letter) => Promise<boolean>,
  stopping?: AbortSignal,
): Promise<void> {
  const kept: Letter[] = [];
  try {
    for (;;) {
      const letters = await receive(sqs, queueUrl);
      if (letters.length === 0) return;
      kept.push(...letters);
      for (const letter of letters) {
        stopping?.throwIfAborted();
        if (await take(letter)) kept.splice(kept.indexOf(letter), 1);
      }
    }
  } finally {
    await giveBack(sqs, queueUrl, kept);
  }
}

/** What lies there, by reason; of one customer the first ten letters. Leaves everything there. */
export async function surveyLetters(
  sqs: SQSClient,
  queueUrl: string,
): Promise<{ byReason: Map<string, number> }> {
  const byReason = new Map<string, number>();
  await eachLetter(sqs, queueUrl, async ({ reason }) => {
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    return false;
  });
  return { byReason };
}

export async function deleteLetter(
  sqs: SQSClient,
  queueUrl: string,
  { receiptHandle }: Letter,
): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

async function receive(sqs: SQSClient, queueUrl: string): Promise<Letter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: HELD_SECONDS,
      // Asks all of SQS's servers; a short poll may come back empty-handed.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["MessageGroupId"],
    }),
  );
  return Messages.map(letterOf);
}

function letterOf({ Body, Attributes, MessageAttributes, ReceiptHandle }: Message): Letter {
  return {
    body: Body ?? "",
    groupId: Attributes?.MessageGroupId ?? "",
    receiptHandle: ReceiptHandle ?? "",
    reason: MessageAttributes?.Reason?.StringValue ?? NO_REASON,
  };
}

async function giveBack(sqs: SQSClient, queueUrl: string, letters: Letter[]): Promise<void> {
  for (let start = 0; start < letters.length; start += BATCH) {
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: letters.slice(start, start + BATCH).map(({ receiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
}
