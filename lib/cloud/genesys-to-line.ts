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

export interface GenesysToLineProps {
  market: NamedMarket;
  secrets: BrandSecrets;
  /** Takes the receipts: only the worker behind it calls Genesys Cloud. */
  inbound: BrandQueues;
  /** What is known of customers, and the payloads of buttons. */
  table: Table;
  media: MediaHosting;
}

/**
 * What agents write: the Genesys webhook, the outbound queues, the sender that pushes to LINE, and what converts
 * images for it.
 */
export class GenesysToLine extends Construct {
  readonly webhook: BridgeFunction;
  readonly queues: BrandQueues;
  readonly sender: BridgeFunction;
  readonly images: BridgeFunction;

  constructor(scope: Construct, id: string, props: GenesysToLineProps) {
    super(scope, id);
    const { market, secrets, inbound, table, media } = props;
    const senderTimeout = Duration.seconds(CONSUMER_SECONDS.timeout);
    this.queues = new BrandQueues(this, "Outbound", {
      market,
      direction: "outbound",
      consumerTimeout: senderTimeout,
      impact: {
        deadLetters:
          "Messages that agents or bots wrote did not reach the customer's LINE chat and are not tried again automatically. The agent sees them as failed.",
        oldestMessage: (brandKey) =>
          `At least one customer of ${brandKey} has been waiting for more than 5 minutes for an agent's message, and the later messages to this customer wait behind it.`,
      },
    });

    this.webhook = new BridgeFunction(this, "Webhook", {
      market,
      service: SERVICES.outboundWebhook,
      entry: "outbound/webhook/start.ts",
      // Genesys Cloud gives up after 10 s: an answer of our own is better than none.
      timeout: Duration.seconds(9),
      environment: { [ENV.queueUrlPrefix]: this.queues.urlPrefix },
    });
    secrets.allowReadGenesys(this.webhook);
    this.queues.allowSend(this.webhook);

    this.images = new BridgeFunction(this, "Images", {
      market,
      service: SERVICES.outboundImages,
      entry: "outbound/images/index.ts",
      timeout: Duration.seconds(60),
      maxEventAge: Duration.seconds(60),
      // This much memory comes with a whole processor, so that images are converted in seconds. The
      // largest images take 550 MB.
      memorySize: 1769,
      convertsImages: true,
      impact:
        "Images that agents sent reach customers late, and the customers' later messages wait behind them; after a minute and a quarter such an image arrives as a card with a button that opens it.",
      environment: {
        [ENV.mediaBucket]: media.bucket.bucketName,
        [ENV.mediaUrl]: media.url,
      },
    });
    media.allowObjects(this.images);
    media.allowDelete(this.images);

    this.sender = new BridgeFunction(this, "Sender", {
      market,
      service: SERVICES.outboundSender,
      entry: "outbound/sender/start.ts",
      readsSettings: true,
      sendsTemplates: true,
      timeout: senderTimeout,
      impact:
        "Agents' messages reach customers late. They stay in the queue and are tried again; if the error stays, they end in the dead-letter queue.",
      environment: {
        [ENV.tableName]: table.tableName,
        [ENV.queueUrlPrefix]: this.queues.urlPrefix,
        [ENV.outboundDeadLetterQueueUrl]: this.queues.deadLetterQueue.queueUrl,
        [ENV.patienceHours]: String(market.patienceHours),
        [ENV.timeZone]: market.timeZone,
        [ENV.language]: market.language,
        ...platformUrls(market.genesysRegion),
        [ENV.mediaBucket]: media.bucket.bucketName,
        [ENV.mediaUrl]: media.url,
        [ENV.imagesFunctionName]: this.images.function.functionName,
      },
    });
    this.images.allowInvoke(this.sender);
    secrets.allowReadLine(this.sender);
    this.sender.allow(
      ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      [table.tableArn],
    );
    media.allowStore(this.sender);
    this.queues.feed(this.sender);
    this.queues.allowPark(this.sender);
    inbound.allowSend(this.sender);
  }
}
