import { Duration, Fn } from "aws-cdk-lib";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type Direction, queueName } from "../../lambdas/shared/contract/queue-names.ts";
import { batchesAtATime } from "../lambda-concurrency.ts";
import type { NamedMarket } from "../markets.ts";
import type { BridgeFunction } from "./bridge-function.ts";

/**
 * Patience decides when a message is parked. This is only the backstop for a consumer that dies before
 * it can decide; each such death costs one receive per visibility timeout. It is SQS's maximum, which
 * is reached after 25 hours of crashes alone: a faulty deployment parks nothing before the longest
 * patience ends.
 */
const MAX_RECEIVE_COUNT = 1_000;

const BATCH_SIZE = 10;

/** SQS's maximum. */
export const RETENTION = Duration.days(14);

/**
 * SQS's maximum, which a webhook's largest event needs. Said although it is SQS's default today: it was 256 KiB until
 * August 2025, and a queue keeps the value that it was made with.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
const MAX_MESSAGE_BYTES = 1_048_576;

/** What an event source and the function behind it do. */
const CONSUMING = [
  "sqs:ReceiveMessage",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueUrl",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
];

/** Time between a consumer that its timeout stops and the next try of its messages. */
const VISIBILITY_MARGIN = Duration.seconds(30);

export interface BrandQueuesProps {
  market: NamedMarket;
  direction: Direction;
  /** Timeout of the function that consumes the queues. */
  consumerTimeout: Duration;
  /** What it means for customers and agents; the queues' alarms say so. */
  impact: { deadLetters: string; oldestMessage(brandKey: string): string };
}

/**
 * The queues of one direction, which keep each customer's messages in order: one for each brand, so that
 * no brand waits behind another, and one dead-letter queue for all of them. That one has no redrive allow
 * policy: a policy can name ten source queues at most.
 */
export class BrandQueues extends Construct {
  /** By the brands' keys. */
  readonly queues: ReadonlyMap<string, Queue>;
  readonly deadLetterQueue: Queue;
  readonly impact: BrandQueuesProps["impact"];
  readonly #market: NamedMarket;
  readonly #direction: Direction;

  constructor(scope: Construct, id: string, props: BrandQueuesProps) {
    super(scope, id);
    const { market, direction, consumerTimeout, impact } = props;
    this.#market = market;
    this.#direction = direction;
    this.impact = impact;
    const shared = {
      fifo: true,
      // Customers are message groups: limits and de-duplication apply to each one, not to all together.
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      // Two equal texts are two messages: the sender names the de-duplication id.
      contentBasedDeduplication: false,
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: RETENTION,
      maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    } satisfies QueueProps;
    this.deadLetterQueue = new Queue(this, "DeadLetters", shared);
    this.queues = new Map(
      Object.keys(market.brands).map((brandKey) => [
        brandKey,
        new Queue(this, brandKey, {
          ...shared,
          // The functions know a queue by its name. The dead-letter queue needs none: its URL is a variable.
          queueName: queueName(market.name, direction, brandKey),
          visibilityTimeout: consumerTimeout.plus(VISIBILITY_MARGIN),
          deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
        }),
      ]),
    );
  }

  /** All of them, the dead-letter queue included. */
  get all(): Queue[] {
    return [this.deadLetterQueue, ...this.queues.values()];
  }

  /**
   * What each queue's URL begins with; its name follows. Taken from a URL, and not built of an ARN's parts,
   * because the AWS SDK calls the host of the URL, which is another one in a local run.
   */
  get urlPrefix(): string {
    const [[brandKey, queue] = []] = this.queues;
    if (brandKey === undefined || queue === undefined) throw new Error("a market has no brand");
    const name = queueName(this.#market.name, this.#direction, brandKey);
    return Fn.select(0, Fn.split(name, queue.queueUrl));
  }

  /** Feeds the function from each of these queues; it may also change the visibility of what it received. */
  feed(consumer: BridgeFunction): void {
    consumer.allow(
      CONSUMING,
      [...this.queues.values()].map(({ queueArn }) => queueArn),
    );
    for (const queue of this.queues.values()) {
      consumer.function.addEventSource(
        new SqsEventSource(queue, {
          batchSize: BATCH_SIZE,
          reportBatchItemFailures: true,
          maxConcurrency: batchesAtATime(this.#market.requestsPerMinute),
        }),
      );
    }
  }

  /** Lets the function put messages into each brand's queue. */
  allowSend(sender: BridgeFunction): void {
    const arns = [...this.queues.values()].map(({ queueArn }) => queueArn);
    sender.allow(["sqs:SendMessage"], arns);
  }

  /** Lets the consumer park messages in the dead-letter queue. */
  allowPark(consumer: BridgeFunction): void {
    consumer.allow(["sqs:SendMessage"], [this.deadLetterQueue.queueArn]);
  }
}
