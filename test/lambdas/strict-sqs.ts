import {
  createSendFifo,
  type SendBatch,
  type SendFifo,
} from "../../lambdas/shared/queue/send-fifo.ts";
import { messageFault } from "../../lib/local/aws/sqs-limits.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;
const INADMISSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A FIFO queue that refuses what SQS refuses; `bodies` are the messages that it holds. */
export function strictSqs(): { enqueue: SendFifo; bodies: string[] } {
  const bodies: string[] = [];
  const sendBatch: SendBatch = async ({ Entries = [] }) => {
    const texts = Entries.map(({ MessageBody = "" }) => MessageBody);
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const isTaken =
      Entries.length > 0 &&
      Entries.length <= MAX_ENTRIES &&
      bytes <= MAX_BYTES &&
      Entries.every(({ MessageGroupId, MessageDeduplicationId }) => {
        const fault = messageFault({ MessageGroupId, MessageDeduplicationId });
        return fault === undefined;
      }) &&
      !texts.some((text) => INADMISSIBLE.test(text));
    if (!isTaken) throw new Error("refused");
    bodies.push(...texts);
    const Successful = Entries.map(({ Id }) => ({ Id, MessageId: "m", MD5OfMessageBody: "" }));
    return { Successful, Failed: [], $metadata: {} };
  };
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  return { enqueue: createSendFifo("https://sqs.example/queue.fifo", sendBatch, clock), bodies };
}
