import { Duration } from "aws-cdk-lib";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import { CONSUMER_SECONDS } from "../../lambdas/shared/contract/consumer-seconds.ts";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { platformUrls } from "../platform-urls.ts";
import { BrandQueues } from "./brand-queues.ts";
import type { BrandSecrets } from "./brand-secrets.ts";
import { BridgeFunction } from "./bridge-function.ts";
import type { MediaHosting } from "./media-hosting.ts";

export interface LineToGenesysProps {
  market: NamedMarket;
  secrets: BrandSecrets;
  /** Idempotency records, the shared budget of requests and what is known of customers. */
  table: Table;
  media: MediaHosting;
}

/** What customers write: the LINE webhook, the inbound queues, and the worker that posts to Genesys Cloud. */
export class LineToGenesys extends Construct {
  readonly webhook: BridgeFunction;
  readonly queues: BrandQueues;
  readonly worker: BridgeFunction;

  constructor(scope: Construct, id: string, props: LineToGenesysProps) {
    super(scope, id);
    const { market, secrets, table, media } = props;
    const workerTimeout = Duration.seconds(CONSUMER_SECONDS.timeout);
    this.queues = new BrandQueues(this, "Inbound", {
      market,
      direction: "inbound",
      consumerTimeout: workerTimeout,
      impact: {
        deadLetters:
          "Messages that customers wrote in LINE, or receipts for agents' messages, did not reach Genesys Cloud and are not tried again automatically. No agent sees them.",
        oldestMessage: (brandKey) =>
          `At least one customer of ${brandKey} has been waiting for more than 5 minutes for a message to reach the agents, and this customer's later messages wait behind it.`,
      },
    });

    this.webhook = new BridgeFunction(this, "Webhook", {
      market,
      service: SERVICES.inbound,
      entry: "inbound/start.ts",
      // LINE gives up after 2 s and redelivers later; the messages are stored all the same.
      timeout: Duration.seconds(10),
      environment: { [ENV.queueUrlPrefix]: this.queues.urlPrefix },
    });
    secrets.allowReadLine(this.webhook);
    this.queues.allowSend(this.webhook);

    this.worker = new BridgeFunction(this, "Worker", {
      market,
      service: SERVICES.worker,
      entry: "worker/start.ts",
      readsSettings: true,
      timeout: workerTimeout,
      impact:
        "Customers' messages reach the agents late. They stay in the queue and are tried again; if the error stays, they end in the dead-letter queue.",
      environment: {
        [ENV.tableName]: table.tableName,
        [ENV.queueUrlPrefix]: this.queues.urlPrefix,
        [ENV.inboundDeadLetterQueueUrl]: this.queues.deadLetterQueue.queueUrl,
        [ENV.patienceHours]: String(market.patienceHours),
        [ENV.requestsPerMinute]: String(market.requestsPerMinute),
        ...platformUrls(market.genesysRegion),
        [ENV.mediaBucket]: media.bucket.bucketName,
        [ENV.mediaUrl]: media.url,
        [ENV.attachmentMegabytes]: String(market.attachmentMegabytes),
        [ENV.timeZone]: market.timeZone,
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
    this.queues.feed(this.worker);
    this.queues.allowPark(this.worker);
    // Media that comes late has a message of its own.
    this.queues.allowSend(this.worker);
  }
}
