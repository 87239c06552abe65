import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import { ENV, SERVICES } from "../../lambdas/shared/names.ts";
import type { NamedMarket } from "../markets.ts";
import { LINE_API_URL } from "../platform-urls.ts";
import type { BrandSecrets } from "./brand-secrets.ts";
import { BridgeFunction } from "./bridge-function.ts";

/** Asks LINE every hour how much of each account's monthly messages is used. */
export class QuotaWatch extends Construct {
  readonly function: BridgeFunction;

  constructor(scope: Construct, id: string, props: { market: NamedMarket; secrets: BrandSecrets }) {
    super(scope, id);
    const { market, secrets } = props;
    this.function = new BridgeFunction(this, "Watch", {
      market,
      service: SERVICES.quota,
      entry: "quota/index.ts",
      timeout: Duration.seconds(30),
      impact:
        "Nobody is warned before LINE's monthly messages are used up. Messages themselves are not affected.",
      environment: { [ENV.lineApiUrl]: LINE_API_URL },
    });
    secrets.allowReadLine(this.function);
    new Rule(this, "EveryHour", {
      description: `LINE-Genesys bridge, ${market.name}: LINE's monthly quota`,
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(this.function.function)],
    });
  }
}
