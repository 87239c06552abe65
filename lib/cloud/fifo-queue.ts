import { Duration } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { BridgeFunction } from "./bridge-function.ts";

/**
 * Patience decides when a message is parked. This is only the backstop for a consumer that dies before
 * it can decide; each such death costs one receive per visibility timeout. It is SQS's maximum, which
 * is reached after 25 hours of crashes alone: a faulty deployment parks nothing before the longest
 * patience ends.
 */
const MAX_RECEIVE_COUNT = 1_000;

export const BATCH_SIZE = 10;

/** Batches at a time. Without it one market could use up the account's concurrency and flood the other side. */
export const MAX_CONCURRENCY = 10;

/** Time between a consumer that its timeout stops and the next try of its messages. */
const VISIBILITY_MARGIN = Duration.seconds(30);

export interface FifoQueueProps {
  /** Timeout of the function that consumes the queue. */
  consumerTimeout: Duration;
  /** What it means for customers and agents; the queue's alarms say so. */
  impact: { deadLetters: string; oldestMessage: string };
}

/** A queue that keeps each customer's messages in order, with its dead-letter queue. */
export class FifoQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;
  readonly impact: FifoQueueProps["impact"];

  constructor(scope: Construct, id: string, props: FifoQueueProps) {
    super(scope, id);
    this.impact = props.impact;
    const shared = {
      fifo: true,
      // Customers are message groups: limits and de-duplication apply to each one, not to all together.
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      // Two equal texts are two messages: the sender names the de-duplication id.
      contentBasedDeduplication: false,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    } satisfies QueueProps;
    this.deadLetterQueue = new Queue(this, "DeadLetters", shared);
    this.queue = new Queue(this, "Queue", {
      ...shared,
      visibilityTimeout: props.consumerTimeout.plus(VISIBILITY_MARGIN),
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }

  /** Feeds the function from this queue; it may also change the visibility of what it received. */
  feed(consumer: BridgeFunction, maxConcurrency = MAX_CONCURRENCY): void {
    consumer.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: BATCH_SIZE,
        reportBatchItemFailures: true,
        maxConcurrency,
      }),
    );
  }

  /** Lets the function put messages into the queue. */
  allowSend(sender: BridgeFunction): void {
    sender.allow(["sqs:SendMessage"], [this.queue.queueArn]);
  }

  /** Lets the consumer park messages in the dead-letter queue. */
  allowPark(consumer: BridgeFunction): void {
    consumer.allow(["sqs:SendMessage"], [this.deadLetterQueue.queueArn]);
  }
}
