import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { CONSUMER_SECONDS } from "../../lambdas/shared/contract/consumer-seconds.ts";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { platformUrls } from "../platform-urls.ts";
import type { BrandSecrets } from "./brand-secrets.ts";
import { BridgeFunction } from "./bridge-function.ts";
import { BATCH_SIZE, FifoQueue, MAX_CONCURRENCY } from "./fifo-queue.ts";
import type { MediaHosting } from "./media-hosting.ts";

export interface LineToGenesysProps {
  market: NamedMarket;
  secrets: BrandSecrets;
  /** Idempotency records, the shared budget of requests and what is known of customers. */
  table: Table;
  media: MediaHosting;
}

/** What customers write: the LINE webhook, the inbound queue, and the worker that posts to Genesys Cloud. */
export class LineToGenesys extends Construct {
  readonly webhook: BridgeFunction;
  readonly queue: FifoQueue;
  readonly worker: BridgeFunction;

  constructor(scope: Construct, id: string, props: LineToGenesysProps) {
    super(scope, id);
    const { market, secrets, table, media } = props;
    const workerTimeout = Duration.seconds(CONSUMER_SECONDS.timeout);
    this.queue = new FifoQueue(this, "Inbound", {
      consumerTimeout: workerTimeout,
      impact: {
        deadLetters:
          "Messages that customers wrote in LINE, or receipts for agents' messages, did not reach Genesys Cloud and are not tried again automatically. No agent sees them.",
        oldestMessage:
          "At least one customer has been waiting for more than 5 minutes for a message to reach the agents, and this customer's later messages wait behind it.",
      },
    });

    this.webhook = new BridgeFunction(this, "Webhook", {
      market,
      service: SERVICES.inbound,
      entry: "inbound/index.ts",
      // LINE gives up after 2 s and redelivers later; the messages are stored all the same.
      timeout: Duration.seconds(10),
      impact:
        "Customers' messages were not accepted. LINE sends them again later where redelivery is switched on for the channel; otherwise they are lost.",
      environment: { [ENV.inboundQueueUrl]: this.queue.queue.queueUrl },
    });
    secrets.allowReadLine(this.webhook);
    this.queue.allowSend(this.webhook);

    this.worker = new BridgeFunction(this, "Worker", {
      market,
      service: SERVICES.worker,
      entry: "worker/index.ts",
      readsSettings: true,
      timeout: workerTimeout,
      impact:
        "Customers' messages reach the agents late. They stay in the queue and are tried again; if the error stays, they end in the dead-letter queue.",
      environment: {
        [ENV.tableName]: table.tableName,
        [ENV.inboundQueueUrl]: this.queue.queue.queueUrl,
        [ENV.inboundDeadLetterQueueUrl]: this.queue.deadLetterQueue.queueUrl,
        [ENV.patienceHours]: String(market.patienceHours),
        [ENV.requestsPerMinute]: String(market.requestsPerMinute),
        ...platformUrls(market.genesysRegion),
        [ENV.mediaBucket]: media.bucket.bucketName,
        [ENV.mediaUrl]: media.url,
        [ENV.attachmentMegabytes]: String(market.attachmentMegabytes),
      },
    });
    secrets.allowReadLine(this.worker);
    secrets.allowReadGenesys(this.worker);
    this.worker.allow(
      ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
      [table.tableArn],
    );
    media.allowStore(this.worker);
    // What a customer unsends is deleted.
    media.allowDelete(this.worker);
    this.queue.feed(this.worker, workerConcurrency(market.requestsPerMinute));
    this.queue.allowPark(this.worker);
  }
}

/**
 * As many batches at a time as Genesys Cloud admits within 12 s. With more of them, messages would wait
 * for their turn in the workers, which costs money, and not in the queue. SQS's minimum is 2.
 */
function workerConcurrency(requestsPerMinute: number): number {
  const batches = Math.ceil(((requestsPerMinute / 60) * 12) / BATCH_SIZE);
  return Math.min(MAX_CONCURRENCY, Math.max(2, batches));
}
