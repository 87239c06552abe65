import type {
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
} from "@aws-sdk/client-sqs";
import { nameOf } from "../failures/bridge-error.ts";
import { EnqueueFailure } from "./enqueue-failure.ts";

/** One message for a FIFO queue; `body` is JSON. */
export interface FifoMessage {
  groupId: string;
  deduplicationId: string;
  body: string;
}

/** Makes messages durable in order, per group; resolves only when every one is stored. Throws EnqueueFailure. */
export type SendFifo = (messages: readonly FifoMessage[]) => Promise<void>;

export type SendBatch = (
  input: SendMessageBatchCommandInput,
) => Promise<SendMessageBatchCommandOutput>;

const MAX_ENTRIES = 10;
/** SQS admits 1 MiB per message and per batch; the rest is room for ids, and for why a message is parked. */
export const MAX_QUEUED_BYTES = 1_000_000;
const DEADLINE_MS = 1_500;
const PAUSE_MS = 50;

/**
 * A batch can be stored in part, so a batch never holds two messages of one group: a customer's
 * second message is sent only when the first is stored. Failed entries are tried again for 1.5 s.
 */
export function createSendFifo(
  queueUrl: string,
  sendBatch: SendBatch,
  clock: { now: () => number; sleep: (ms: number) => Promise<void> },
): SendFifo {
  return async (messages) => {
    const deadline = clock.now() + DEADLINE_MS;
    let pending = [...messages];
    let pause = PAUSE_MS;
    while (pending.length > 0) {
      const batch = nextBatch(pending);
      const { stored, fault } = await store(batch, queueUrl, sendBatch);
      pending = pending.filter((message) => !stored.has(message));
      if (stored.size === batch.length) continue;
      if (clock.now() + pause >= deadline) {
        throw new EnqueueFailure(
          `${pending.length} of ${messages.length} messages could not be stored: ${fault}`,
        );
      }
      await clock.sleep(pause);
      pause *= 2;
    }
  };
}

function nextBatch(pending: readonly FifoMessage[]): FifoMessage[] {
  const groups = new Set<string>();
  const batch: FifoMessage[] = [];
  let bytes = 0;
  for (const message of pending) {
    if (groups.has(message.groupId)) continue;
    groups.add(message.groupId);
    const size = queuedBytes(message);
    if (batch.length > 0 && bytes + size > MAX_QUEUED_BYTES) continue;
    batch.push(message);
    bytes += size;
    if (batch.length === MAX_ENTRIES) break;
  }
  return batch;
}

async function store(
  batch: readonly FifoMessage[],
  queueUrl: string,
  sendBatch: SendBatch,
): Promise<{ stored: Set<FifoMessage>; fault: string }> {
  try {
    const answer = await sendBatch({
      QueueUrl: queueUrl,
      Entries: batch.map((message, index) => ({
        Id: String(index),
        MessageBody: admissible(message.body),
        MessageGroupId: message.groupId,
        MessageDeduplicationId: message.deduplicationId,
      })),
    });
    const successful = new Set(answer.Successful?.map(({ Id }) => Id));
    return {
      stored: new Set(batch.filter((_, index) => successful.has(String(index)))),
      fault: answer.Failed?.[0]?.Code ?? "no reason given",
    };
  } catch (error) {
    // Unknown outcome: sending again is safe, SQS drops what it has by its de-duplication id.
    return { stored: new Set(), fault: nameOf(error) };
  }
}

/** Bytes of a message as it is stored. */
export function queuedBytes({ body }: FifoMessage): number {
  return Buffer.byteLength(admissible(body));
}

/** SQS refuses these two characters; in JSON they stand in texts only, where an escape says the same. */
function admissible(json: string): string {
  return json.replaceAll("\uFFFE", "\\uFFFE").replaceAll("\uFFFF", "\\uFFFF");
}
