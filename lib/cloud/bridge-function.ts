import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ApplicationLogLevel,
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { ENV } from "../../lambdas/shared/contract/environment-variables.ts";
import { METRICS_NAMESPACE } from "../../lambdas/shared/contract/metric-names.ts";
import { brandSettings, type NamedMarket } from "../markets.ts";
import { bundledCode } from "./bundled-code.ts";

export interface BridgeFunctionProps {
  market: NamedMarket;
  /** Short name, one of SERVICES: on every log line and metric of the function. */
  service: string;
  /** Path of the module that exports `handler`, below `lambdas/`. */
  entry: string;
  timeout: Duration;
  /** What it means for customers and agents when the function fails; its alarm says so. Without it there is none. */
  impact?: string;
  /**
   * The function is invoked without anybody waiting for its answer: for so long Lambda keeps an event that it cannot
   * run, a minute at least. It runs each event once: whoever invokes it does so again where nothing comes of it.
   */
  maxEventAge?: Duration;
  /** How often Lambda runs it for one event before it gives up: 3 if nobody waits for its answer; 1 if left out. */
  tries?: number;
  /** Settings beyond those that every function has. */
  environment: Record<string, string>;
  /** In MB; the share of a processor grows with it. 512 if left out. */
  memorySize?: number;
  /**
   * The function converts images: a worker thread and a library lie beside its bundle. It is told all that it has to
   * know of a brand.
   */
  convertsImages?: boolean;
  /**
   * The function obeys the brands' settings, which it carries beside its bundle. The others know the brands' keys,
   * where they need them.
   */
  readsSettings?: boolean;
  /** The settings hold the brands' templates, too. For the others a changed template is no change. */
  sendsTemplates?: boolean;
}

/**
 * One of the bridge's functions: bundled from `lambdas/`, with a log group and a role of its own
 * that at first may do nothing but write to that log group.
 */
export class BridgeFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly service: string;
  readonly timeout: Duration;
  readonly impact: string | undefined;
  readonly tries: number;
  /** MB. */
  readonly memorySize: number;
  readonly #permissions = new PolicyDocument();

  constructor(scope: Construct, id: string, props: BridgeFunctionProps) {
    super(scope, id);
    this.service = props.service;
    this.timeout = props.timeout;
    this.impact = props.impact;
    this.tries = props.tries ?? 1;
    this.memorySize = props.memorySize ?? 512;

    this.logGroup = new LogGroup(this, "LogGroup", {
      retention: props.market.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own: the one that CDK makes by default may write to every log group of the account. What it
    // allows stands in the role: a policy beside it would be one of the 500 resources that a stack may have.
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `What the function ${props.service} of the market ${props.market.name} may do`,
      inlinePolicies: { Permissions: this.#permissions },
    });
    this.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [this.logGroup.logGroupArn]);

    this.function = new LambdaFunction(this, "Function", {
      code: bundledCode(props.entry, {
        market: props.market.name,
        convertsImages: props.convertsImages ?? false,
        settings: props.readsSettings ? settingsFor(props) : undefined,
      }),
      handler: "index.handler",
      description: `LINE-Genesys bridge, ${props.market.name}: ${props.service}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: this.memorySize,
      timeout: props.timeout,
      ...(props.maxEventAge !== undefined && {
        maxEventAge: props.maxEventAge,
        retryAttempts: 0,
      }),
      // CDK would add a policy of its own.
      role: role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      // Without Lambda's lines START, END and REPORT of each invocation that went well, which would be a third of the
      // log: CloudWatch has durations and errors as metrics. Those of failures and timeouts stay.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      // What has no level, such as metrics, counts as INFO.
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      tracing: props.market.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        [ENV.service]: props.service,
        [ENV.market]: props.market.name,
        ...(!props.readsSettings &&
          !props.convertsImages && { [ENV.brands]: Object.keys(props.market.brands).join(",") }),
        ...props.environment,
      },
    });
    if (props.market.tracing) {
      this.allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]);
      Validations.of(this).acknowledge({
        id: "AwsSolutions-IAM5[Resource::*]",
        reason: "X-Ray has no resources to name: a role that may write traces may write any.",
      });
    }
  }

  /** Lets another function invoke this one. */
  allowInvoke(caller: BridgeFunction): void {
    caller.allow(["lambda:InvokeFunction"], [this.function.functionArn]);
  }

  /** Lets the function do `actions` (such as `sqs:SendMessage`) to exactly these ARNs. */
  allow(actions: string[], resources: string[]): void {
    this.#permissions.addStatements(new PolicyStatement({ actions, resources }));
  }
}

function settingsFor({ market, sendsTemplates = false }: BridgeFunctionProps) {
  const settings = brandSettings(market.name, market);
  if (sendsTemplates) return settings;
  return Object.fromEntries(
    Object.entries(settings).map(([key, brand]) => [key, { ...brand, templates: {} }]),
  );
}
