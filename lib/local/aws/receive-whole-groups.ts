import * as z from "zod";

interface Message {
  messageGroupId?: string;
  sequenceNumber?: string;
}

interface Queue {
  /** Groups with messages in flight, and how many each has. */
  fifoLockedGroups: Map<string, number>;
  /** Waiting messages by group, the next one first. */
  fifoMessages: Map<string, Message[]>;
  inflightMessages: Map<string, { message: Message; visibilityDeadline: number }>;
  dequeueFifo(
    maxCount: number,
    visibilityTimeout: unknown,
    deadLetterQueueOf: unknown,
  ): { ReceiptHandle: string }[];
  changeVisibility(receiptHandle: string, seconds: number): void;
  processTimers(): void;
}

const queueModule = z.object({
  SqsQueue: z.custom<{ prototype: Queue }>(
    (value) =>
      typeof value === "function" &&
      ["dequeueFifo", "changeVisibility", "processTimers"].every((name) => name in value.prototype),
  ),
});

/**
 * fauxqs 2.4.1 hands out one message per group at a time, and reverses the order of messages that
 * become visible again together. SQS hands out as many messages of a group as fit, always in the order
 * in which they were sent
 * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html).
 * Throws when another version of fauxqs is built differently.
 */
export async function receiveWholeGroups(): Promise<void> {
  const { SqsQueue } = queueModule.parse(
    await import(new URL("./sqs/sqsStore.js", import.meta.resolve("fauxqs")).href),
  );
  const { dequeueFifo, changeVisibility, processTimers } = SqsQueue.prototype;

  SqsQueue.prototype.dequeueFifo = function (maxCount, ...others) {
    const received: { ReceiptHandle: string }[] = [];
    const taken = new Map<string, number>();
    while (received.length < maxCount) {
      // Only the receive that has just opened a group may take from it.
      for (const group of taken.keys()) this.fifoLockedGroups.delete(group);
      const [next] = dequeueFifo.call(this, 1, ...others);
      const group = next && this.inflightMessages.get(next.ReceiptHandle)?.message.messageGroupId;
      if (group !== undefined) taken.set(group, (taken.get(group) ?? 0) + 1);
      for (const [name, count] of taken) this.fifoLockedGroups.set(name, count);
      if (next === undefined) break;
      received.push(next);
    }
    return received;
  };

  SqsQueue.prototype.changeVisibility = function (receiptHandle, seconds) {
    const group = this.inflightMessages.get(receiptHandle)?.message.messageGroupId;
    changeVisibility.call(this, receiptHandle, seconds);
    if (seconds === 0) sortGroup(this, group);
  };

  SqsQueue.prototype.processTimers = function () {
    // Slightly more than what fauxqs makes visible a moment later; sorting it does no harm.
    const soon = Date.now() + 100;
    const returning = new Set<string | undefined>();
    for (const { message, visibilityDeadline } of this.inflightMessages.values()) {
      if (visibilityDeadline <= soon) returning.add(message.messageGroupId);
    }
    processTimers.call(this);
    for (const group of returning) sortGroup(this, group);
  };
}

/** Sequence numbers are decimal and of the same length. */
function sortGroup({ fifoMessages }: Queue, group: string | undefined): void {
  fifoMessages
    .get(group ?? "")
    ?.sort((one, other) => ((one.sequenceNumber ?? "") < (other.sequenceNumber ?? "") ? -1 : 1));
}
