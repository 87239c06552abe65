import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { platformUrls } from "../platform-urls.ts";
import type { BrandSecrets } from "./brand-secrets.ts";
import { BridgeFunction } from "./bridge-function.ts";

/**
 * Asks LINE every hour how much of each account's monthly messages is used, and tries the credentials
 * of both sides, so that faulty ones are noticed before a message needs them.
 */
export class HourlyCheck extends Construct {
  readonly function: BridgeFunction;

  constructor(scope: Construct, id: string, props: { market: NamedMarket; secrets: BrandSecrets }) {
    super(scope, id);
    const { market, secrets } = props;
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
      },
    });
    secrets.allowReadLine(this.function);
    secrets.allowReadGenesys(this.function);
    new Rule(this, "EveryHour", {
      description: `LINE-Genesys bridge, ${market.name}: LINE's monthly quota, credentials`,
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.function.function)],
    });
  }
}
