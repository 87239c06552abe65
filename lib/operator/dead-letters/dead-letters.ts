import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { NO_REASON } from "../../../lambdas/shared/contract/park-reasons.ts";
import { SENT_PARTS } from "../../../lambdas/shared/contract/redriven.ts";
import { createSetVisibility } from "../../../lambdas/shared/queue/set-visibility.ts";
import { readQueue } from "../market/queue-counts.ts";

/** A message of a dead-letter queue; its receiver holds it for ten minutes. */
export interface Letter {
  messageId: string;
  body: string;
  /** The customer: `<brand>#…`. */
  groupId: string;
  receiptHandle: string;
  /** Why it was parked; without a reason where SQS itself moved it there. */
  reason: string;
  /** Which parts of the message have been sent, as the bridge has written it; undefined where it has not. */
  sentParts: string | undefined;
  /** In ms. */
  parkedAt: number;
}

const HELD_SECONDS = 600;
/** A look hides letters from whoever redrives; it ends before the first ones come back. */
const LOOK_SECONDS = 60;
const LOOK_MS = (LOOK_SECONDS - 10) * 1_000;
const BATCH = 10;

/** How many messages a dead-letter queue holds, including those that somebody has received. */
export async function countLetters(sqs: SQSClient, queueUrl: string): Promise<number> {
  const { waiting, inFlight } = await readQueue(sqs, queueUrl);
  return waiting + inFlight;
}

/**
 * Calls `take` with every letter that SQS hands out. SQS hands out a customer's first letters, ten at
 * most, and the next ones only when these are deleted. `take` says whether it has deleted the letter; the others are
 * given back at the end, also when it throws or `stopping` is aborted. With `look`, a clock (ms), it ends after 50
 * seconds, and what is not given back, because the command is killed, comes back after a minute instead of ten.
 * Resolves to how many letters SQS did not hand out.
 */
export async function eachLetter(
  sqs: SQSClient,
  queueUrl: string,
  take: (letter: Letter) => Promise<boolean>,
  stopping?: AbortSignal,
  look?: () => number,
): Promise<number> {
  const endsAt = look && look() + LOOK_MS;
  const total = await countLetters(sqs, queueUrl);
  const seen = new Set<string>();
  const kept = new Map<string, Letter>();
  try {
    for (;;) {
      const isOver = look !== undefined && endsAt !== undefined && look() > endsAt;
      const letters = isOver
        ? []
        : await receive(sqs, queueUrl, look ? LOOK_SECONDS : HELD_SECONDS);
      if (letters.length === 0) return Math.max(0, total - seen.size);
      for (const letter of letters) kept.set(letter.messageId, letter);
      for (const letter of letters) {
        stopping?.throwIfAborted();
        // If this takes long, the first ones come back.
        if (seen.has(letter.messageId)) continue;
        seen.add(letter.messageId);
        if (await take(letter)) kept.delete(letter.messageId);
      }
    }
  } finally {
    await createSetVisibility(sqs, queueUrl)([...kept.values()], 0);
  }
}

/** Counts letters by reason: at most ten of one customer. Leaves all of them there. */
export async function surveyLetters(
  sqs: SQSClient,
  queueUrl: string,
  stopping?: AbortSignal,
): Promise<Map<string, number>> {
  const byReason = new Map<string, number>();
  const look = async ({ reason }: Letter) => {
    byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    return false;
  };
  await eachLetter(sqs, queueUrl, look, stopping);
  return byReason;
}

export async function deleteLetter(
  sqs: SQSClient,
  queueUrl: string,
  { receiptHandle }: Letter,
): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

async function receive(
  sqs: SQSClient,
  queueUrl: string,
  VisibilityTimeout: number,
): Promise<Letter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout,
      // Asks all of SQS's servers; a short poll may miss messages.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["MessageGroupId", "SentTimestamp"],
    }),
  );
  return Messages.map(letterOf);
}

function letterOf(message: Message): Letter {
  const parkedAt = Date.parse(message.MessageAttributes?.ParkedAt?.StringValue ?? "");
  return {
    messageId: message.MessageId ?? "",
    body: message.Body ?? "",
    groupId: message.Attributes?.MessageGroupId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    reason: message.MessageAttributes?.Reason?.StringValue ?? NO_REASON,
    sentParts: message.MessageAttributes?.[SENT_PARTS]?.StringValue,
    // SQS itself says no more than when it stored the letter.
    parkedAt: Number.isNaN(parkedAt) ? Number(message.Attributes?.SentTimestamp) : parkedAt,
  };
}
