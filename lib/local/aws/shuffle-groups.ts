import * as z from "zod";

interface Queue {
  /** Waiting messages by group. */
  fifoMessages: Map<string, unknown>;
  dequeueFifo(...args: unknown[]): unknown;
}

const queueModule = z.object({
  SqsQueue: z.custom<{ prototype: Queue }>(
    (value) => typeof value === "function" && "dequeueFifo" in value.prototype,
  ),
});

/**
 * fauxqs hands out the group first that came first. SQS promises an order within a group and none of the
 * groups (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html),
 * so that a group can be overtaken many times. Here each receive takes the groups in another order, by chance.
 * To be called after `receiveWholeGroups`. Throws when another version of fauxqs is built differently.
 */
export async function shuffleGroups(): Promise<void> {
  const { SqsQueue } = queueModule.parse(
    await import(new URL("./sqs/sqsStore.js", import.meta.resolve("fauxqs")).href),
  );
  const { dequeueFifo } = SqsQueue.prototype;

  SqsQueue.prototype.dequeueFifo = function (...args) {
    const groups = shuffled([...this.fifoMessages]);
    this.fifoMessages.clear();
    for (const [group, messages] of groups) this.fifoMessages.set(group, messages);
    return dequeueFifo.apply(this, args);
  };
}

/** Every order is equally likely. */
function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
