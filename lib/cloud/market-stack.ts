import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { genesysSecretName, lineSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import { type NamedMarket, outputPrefix } from "../markets.ts";
import type { BrandQueues } from "./brand-queues.ts";
import { BrandSecrets } from "./brand-secrets.ts";
import { BridgeTable } from "./bridge-table.ts";
import { dashboardName, dashboardUrl } from "./console-urls.ts";
import { GenesysToLine } from "./genesys-to-line.ts";
import { HourlyCheck } from "./hourly-check.ts";
import { LineToGenesys } from "./line-to-genesys.ts";
import { MediaHosting } from "./media-hosting.ts";
import { Operations } from "./operations.ts";
import { requireTls } from "./require-tls.ts";
import { WebhookApi } from "./webhook-api.ts";

/** Everything that one market needs, in the market's AWS region. */
export class MarketStack extends Stack {
  constructor(scope: Construct, id: string, market: NamedMarket) {
    super(scope, id, {
      env: { region: market.awsRegion },
      description: `Carries conversations between LINE and Genesys Cloud, market ${market.name}`,
      // CloudFormation accepts 1 MB; indentation would take a third of it.
      suppressTemplateIndentation: true,
      // Its queues would go with every message in them.
      terminationProtection: true,
    });
    const secrets = new BrandSecrets(this, "Secrets", market);
    const table = new BridgeTable(this, "Table");
    const media = new MediaHosting(this, "Media", market);
    const lineToGenesys = new LineToGenesys(this, "LineToGenesys", {
      market,
      secrets,
      table,
      media,
    });
    const genesysToLine = new GenesysToLine(this, "GenesysToLine", {
      market,
      secrets,
      inbound: lineToGenesys.queues,
      table,
      media,
    });
    requireTls(this, [...lineToGenesys.queues.all, ...genesysToLine.queues.all]);
    const api = new WebhookApi(this, "Webhooks", {
      line: lineToGenesys.webhook,
      genesys: genesysToLine.webhook,
      market,
      impact:
        "Messages of customers or agents were not accepted: a webhook's function failed, or it could not reach the queue or a secret. LINE sends them again where redelivery is switched on, Genesys Cloud for 85 seconds; after that they are lost, and a conversation in Genesys Cloud may fail.",
    });
    const hourlyCheck = new HourlyCheck(this, "HourlyCheck", {
      market,
      secrets,
      inbound: lineToGenesys.queues,
      outbound: genesysToLine.queues,
    });
    const operations = new Operations(this, "Operations", {
      market,
      lineToGenesys,
      genesysToLine,
      hourlyCheck,
      api,
      table,
      media,
    });

    for (const key of Object.keys(market.brands)) this.#outputBrand(market.name, key, api);
    this.#output(
      "QueueUrlPrefix",
      lineToGenesys.queues.urlPrefix,
      "What the URL of each queue of a brand begins with; its name follows",
    );
    this.#outputDeadLetters("Inbound", lineToGenesys.queues);
    this.#outputDeadLetters("Outbound", genesysToLine.queues);
    this.#output("TableName", table.tableName, "State: idempotency records, customers");
    this.#output("MediaBucketName", media.bucket.bucketName, "Media of conversations");
    this.#output("MediaUrl", media.url, "Where media is fetched; an object's key follows");
    this.#output(
      "AlarmTopicArn",
      operations.topic.topicArn,
      "Who subscribes to it gets the alarms",
    );
    if (market.dashboard) {
      this.#output("DashboardName", dashboardName(this), "CloudWatch dashboard");
      this.#output("DashboardUrl", dashboardUrl(this), "CloudWatch dashboard");
    }
  }

  #outputBrand(market: string, key: string, api: WebhookApi): void {
    const prefix = outputPrefix(key);
    this.#output(`${prefix}LineWebhookUrl`, api.lineUrl(key), "Webhook URL of the LINE channel");
    this.#output(
      `${prefix}GenesysWebhookUrl`,
      api.genesysUrl(key),
      "Outbound notification webhook URL of the Genesys Cloud open messaging integration",
    );
    this.#output(
      `${prefix}LineSecretName`,
      lineSecretName(market, key),
      "Secret for the LINE channel's credentials",
    );
    this.#output(
      `${prefix}GenesysSecretName`,
      genesysSecretName(market, key),
      "Secret for the Genesys Cloud credentials",
    );
  }

  #outputDeadLetters(prefix: string, { deadLetterQueue }: BrandQueues): void {
    this.#output(
      `${prefix}DeadLetterQueueUrl`,
      deadLetterQueue.queueUrl,
      "Messages that were parked",
    );
  }

  #output(key: string, value: string, description: string): void {
    new CfnOutput(this, key, { value, description });
  }
}
