import { RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CfnStage,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Market } from "../market-schema.ts";
import type { BridgeFunction } from "./bridge-function.ts";

export interface WebhookApiProps {
  /** Called by LINE: `POST /line/{brand}`. */
  line: BridgeFunction;
  /** Called by Genesys Cloud: `POST /genesys/{brand}`. */
  genesys: BridgeFunction;
  /** What it means for customers and agents when webhooks answer 5xx; the alarm says so. */
  impact: string;
  market: Market;
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
    const { market } = props;
    const line = this.#route("/line/{brand}", "Line", props.line);
    const genesys = this.#route("/genesys/{brand}", "Genesys", props.genesys);

    // Deliveries to other names each add to the account's log resource policy, which is limited to
    // 5,120 characters; names with this prefix share one statement.
    this.accessLogName = `/aws/vendedlogs/http-api/${Stack.of(this).stackName}`;
    this.accessLog = new LogGroup(this, "AccessLog", {
      logGroupName: this.accessLogName,
      retention: market.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      },
    });
    throttle(stage, line, market.lineWebhooksPerSecond, market.lineWebhooksAtOnce);
    throttle(stage, genesys, market.genesysWebhooksPerSecond, market.genesysWebhooksAtOnce);
  }

  /** The URL that LINE calls for a brand. */
  lineUrl(brandKey: string): string {
    return `${this.api.apiEndpoint}/line/${brandKey}`;
  }

  /** The URL that Genesys Cloud calls for a brand. */
  genesysUrl(brandKey: string): string {
    return `${this.api.apiEndpoint}/genesys/${brandKey}`;
  }

  #route(path: string, id: string, target: BridgeFunction): HttpRoute {
    const [route] = this.api.addRoutes({
      path,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(`${id}Integration`, target.function),
    });
    if (route === undefined) throw new Error(`no route for ${path}`);
    Validations.of(route).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "LINE and Genesys Cloud prove who they are with an HMAC over the raw body, which an authorizer does not see; the function checks it before anything else.",
    });
    return route;
  }
}

/**
 * Limits one route: a flood gets 429, uses up neither the account's concurrency nor the other platform's
 * limit, and costs little.
 */
function throttle(stage: HttpStage, route: HttpRoute, perSecond: number, atOnce: number): void {
  const { defaultChild } = stage.node;
  if (!(defaultChild instanceof CfnStage)) throw new Error("a stage is no CfnStage");
  defaultChild.addPropertyOverride(`RouteSettings.${HttpMethod.POST} ${route.path}`, {
    ThrottlingRateLimit: perSecond,
    ThrottlingBurstLimit: atOnce,
  });
  // API Gateway refuses settings of a route that does not exist yet.
  stage.node.addDependency(route);
}

/**
 * No bodies, headers or addresses: the path names the brand, and nothing here names a customer. CloudWatch has the
 * time, and metrics of how long the functions took.
 */
const ACCESS_LOG_FIELDS = {
  requestId: "$context.requestId",
  path: "$context.path",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
};
