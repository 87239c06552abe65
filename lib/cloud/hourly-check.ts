import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { platformUrls } from "../platform-urls.ts";
import type { BrandQueues } from "./brand-queues.ts";
import type { BrandSecrets } from "./brand-secrets.ts";
import { BridgeFunction } from "./bridge-function.ts";

interface HourlyCheckProps {
  market: NamedMarket;
  secrets: BrandSecrets;
  inbound: BrandQueues;
  outbound: BrandQueues;
}

/**
 * Asks LINE every hour how much of each account's monthly messages is used, and tries the credentials
 * of both sides, so that faulty ones are noticed before a message needs them. Asks SQS about the dead-letter
 * queues, which otherwise reports nothing of them six hours after the last letter.
 */
export class HourlyCheck extends Construct {
  readonly function: BridgeFunction;

  constructor(scope: Construct, id: string, props: HourlyCheckProps) {
    super(scope, id);
    const { market, secrets, inbound, outbound } = props;
    const urls = platformUrls(market.genesysRegion);
    this.function = new BridgeFunction(this, "Watch", {
      market,
      service: SERVICES.hourlyCheck,
      entry: "hourly-check/index.ts",
      timeout: Duration.seconds(30),
      tries: 3,
      impact:
        "Nobody is warned before LINE's monthly messages are used up, or of faulty secrets and credentials before a message needs them. Messages themselves are not affected.",
      environment: {
        [ENV.lineApiUrl]: urls[ENV.lineApiUrl],
        [ENV.genesysLoginUrl]: urls[ENV.genesysLoginUrl],
        [ENV.inboundDeadLetterQueueUrl]: inbound.deadLetterQueue.queueUrl,
        [ENV.outboundDeadLetterQueueUrl]: outbound.deadLetterQueue.queueUrl,
      },
    });
    secrets.allowReadLine(this.function);
    secrets.allowReadGenesys(this.function);
    this.function.allow(
      ["sqs:GetQueueAttributes"],
      [inbound, outbound].map(({ deadLetterQueue }) => deadLetterQueue.queueArn),
    );
    new Rule(this, "EveryHour", {
      description: `LINE-Genesys bridge, ${market.name}: LINE's monthly quota, credentials`,
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.function.function)],
    });
  }
}
