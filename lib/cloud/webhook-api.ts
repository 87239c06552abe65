import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { BridgeFunction } from "./bridge-function.ts";

export interface WebhookApiProps {
  /** Called by LINE: `POST /line/{brand}`. */
  line: BridgeFunction;
  /** Called by Genesys Cloud: `POST /genesys/{brand}`. */
  genesys: BridgeFunction;
  /** What it means for customers and agents when webhooks answer 5xx; the alarm says so. */
  impact: string;
  logRetentionDays: number;
}

/** The public HTTP API with both webhooks. An HTTP API is cheaper and faster than a REST API, and enough here. */
export class WebhookApi extends Construct {
  readonly api: HttpApi;
  readonly accessLog: LogGroup;
  readonly accessLogName: string;
  readonly impact: string;

  constructor(scope: Construct, id: string, props: WebhookApiProps) {
    super(scope, id);
    this.impact = props.impact;
    this.api = new HttpApi(this, "Api", {
      apiName: Stack.of(this).stackName,
      description: `Webhooks of ${Stack.of(this).stackName}`,
      createDefaultStage: false,
    });
    this.#route("/line/{brand}", "Line", props.line);
    this.#route("/genesys/{brand}", "Genesys", props.genesys);

    // Deliveries to other names each add to the account's log resource policy, which is limited to
    // 5,120 characters; names with this prefix share one statement.
    this.accessLogName = `/aws/vendedlogs/http-api/${Stack.of(this).stackName}`;
    this.accessLog = new LogGroup(this, "AccessLog", {
      logGroupName: this.accessLogName,
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      // Far above what one market sends. A flood gets 429 and does not use up the account's concurrency.
      throttle: { rateLimit: 500, burstLimit: 1000 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
  }

  /** The URL that LINE calls for a brand. */
  lineUrl(brandKey: string): string {
    return `${this.api.apiEndpoint}/line/${brandKey}`;
  }

  /** The URL that Genesys Cloud calls for a brand. */
  genesysUrl(brandKey: string): string {
    return `${this.api.apiEndpoint}/genesys/${brandKey}`;
  }

  #route(path: string, id: string, target: BridgeFunction): void {
    const [route] = this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(`${id}Integration`, target.function),
    });
    if (route === undefined) return;
    Validations.of(route).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "LINE and Genesys Cloud prove who they are with an HMAC over the raw body, which an authorizer does not see; the function checks it before anything else.",
    });
  }
}

/** No bodies, headers or addresses: the path names the brand, and nothing here names a customer. */
const ACCESS_LOG_FIELDS = {
  time: "$context.requestTime",
  requestId: "$context.requestId",
  path: "$context.path",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  functionStatus: "$context.integrationStatus",
  functionLatencyMs: "$context.integrationLatency",
  error: "$context.integrationErrorMessage",
};
