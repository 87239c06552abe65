import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import { defineFunction, type FunctionDefinition } from "./function-definition.ts";
import { resolveIntrinsics, type Scope } from "./intrinsics.ts";
import { type BucketDefinition, defineMedia, type MediaDefinition } from "./media-definition.ts";
import { bucketSchema } from "./media-resources.ts";
import { defineQueue, type QueueDefinition } from "./queue-definition.ts";
import { type Endpoints, resourceAttributes } from "./resource-attributes.ts";
import { defineSchedule, type ScheduleDefinition } from "./schedule-definition.ts";
import { defineSecret, type SecretDefinition } from "./secret-definition.ts";
import type { Template, TemplateResource } from "./template.ts";
import { found, parsePart, TemplateError } from "./template-error.ts";
import {
  eventInvokeSchema,
  eventSourceSchema,
  integrationSchema,
  routeSchema,
  subscriptionSchema,
  tableSchema,
} from "./template-resources.ts";

export const ACCOUNT_ID = "000000000000";

export interface TableDefinition {
  logicalId: string;
  name: string;
  keySchema: { AttributeName: string; KeyType: "HASH" | "RANGE" }[];
  attributeDefinitions: { AttributeName: string; AttributeType: "S" | "N" | "B" }[];
}

interface RouteDefinition {
  /** For example `POST /line/{brand}`. */
  routeKey: string;
  apiId: string;
  function: FunctionDefinition;
  timeoutMilliseconds: number;
}

export interface EventSourceDefinition {
  queue: QueueDefinition;
  function: FunctionDefinition;
  batchSize: number;
  maximumConcurrency: number | undefined;
  reportsBatchItemFailures: boolean;
}

export interface OutputDefinition {
  key: string;
  value: string;
  description: string | undefined;
}

export interface SubscriptionDefinition {
  topicArn: string;
  /** For example `email`. */
  protocol: string;
  endpoint: string;
}

export interface StackDefinition {
  region: string;
  queues: QueueDefinition[];
  tables: TableDefinition[];
  secrets: SecretDefinition[];
  buckets: BucketDefinition[];
  /** What CloudFront serves; undefined where the template has no distribution. */
  media: MediaDefinition | undefined;
  functions: FunctionDefinition[];
  routes: RouteDefinition[];
  eventSources: EventSourceDefinition[];
  schedules: ScheduleDefinition[];
  /** For how many seconds an asynchronous event may wait, by the function's short name, where the template says it. */
  eventAges: ReadonlyMap<string, number>;
  /** ARNs of the topics that alarms go to. */
  topics: string[];
  subscriptions: SubscriptionDefinition[];
  outputs: OutputDefinition[];
  /** Types of the template's resources that are not part of a local run. */
  leftOut: string[];
}

/**
 * Turns a template into what a local run has to build, with every reference resolved to the run's own
 * endpoints. Throws TemplateError for anything that the run could not build as AWS does.
 */
export function defineStack(
  template: Template,
  region: string,
  endpoints: Endpoints,
): StackDefinition {
  const { stackName, parameters } = template;
  const base = { region, accountId: ACCOUNT_ID, stackName, parameters };
  const known = resourceAttributes(template, base, endpoints);
  const scope: Scope = { ...base, resources: known };
  const properties = (resource: TemplateResource) =>
    resolveIntrinsics(resource.properties, scope, resource.logicalId);
  const attributesOf = ({ logicalId }: TemplateResource) =>
    found(known.get(logicalId), logicalId, "has no attributes");
  const ofType = (...types: string[]) =>
    template.resources.filter((resource) => types.includes(resource.type));

  const queues = ofType("AWS::SQS::Queue").map((resource) =>
    defineQueue(resource.logicalId, properties(resource), attributesOf(resource)),
  );
  const functions = ofType("AWS::Lambda::Function")
    .map((resource) => defineFunction(resource, template, known, properties))
    .filter((definition) => definition !== undefined);
  const findFunction = (logicalId: string, nameOrArn: string) =>
    found(
      functions.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn),
      logicalId,
      `${nameOrArn} is no function of this template with ${ENV.service} in its environment`,
    );
  const schedules = ofType("AWS::Events::Rule")
    .map((resource) => defineSchedule(resource, properties, findFunction))
    .filter((schedule) => schedule !== undefined);
  const integrations = new Map(
    ofType("AWS::ApiGatewayV2::Integration").map((resource) => [
      `integrations/${attributesOf(resource).ref}`,
      parsePart(resource.logicalId, integrationSchema, properties(resource)),
    ]),
  );

  return {
    region,
    queues,
    functions,
    schedules,
    tables: ofType("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable").map((resource) => {
      const table = parsePart(resource.logicalId, tableSchema, properties(resource));
      return {
        logicalId: resource.logicalId,
        name: attributesOf(resource).ref,
        keySchema: table.KeySchema,
        attributeDefinitions: table.AttributeDefinitions,
      };
    }),
    secrets: ofType("AWS::SecretsManager::Secret").map((resource) =>
      defineSecret(resource.logicalId, properties(resource), {
        arn: attributesOf(resource).ref,
        stackName,
      }),
    ),
    buckets: ofType("AWS::S3::Bucket").map((resource) => {
      parsePart(resource.logicalId, bucketSchema, properties(resource));
      return { logicalId: resource.logicalId, name: attributesOf(resource).ref };
    }),
    media: defineMedia(template.resources, known, properties),
    routes: ofType("AWS::ApiGatewayV2::Route").map((resource) => {
      const { logicalId } = resource;
      const route = parsePart(logicalId, routeSchema, properties(resource));
      const integration = found(integrations.get(route.Target), logicalId, "has no integration");
      return {
        routeKey: route.RouteKey,
        apiId: route.ApiId,
        function: findFunction(logicalId, integration.IntegrationUri),
        timeoutMilliseconds: integration.TimeoutInMillis,
      };
    }),
    eventSources: ofType("AWS::Lambda::EventSourceMapping").flatMap((resource) => {
      const { logicalId } = resource;
      const source = parsePart(logicalId, eventSourceSchema, properties(resource));
      if (!source.Enabled) return [];
      const queue = found(
        queues.find(({ arn }) => arn === source.EventSourceArn),
        logicalId,
        `${source.EventSourceArn} is no queue of this template`,
      );
      const consumer = findFunction(logicalId, source.FunctionName);
      if (queue.visibilityTimeoutSeconds < consumer.timeoutSeconds) {
        // AWS refuses to create such a mapping.
        throw new TemplateError(
          logicalId,
          `the queue's visibility timeout (${queue.visibilityTimeoutSeconds} s) is shorter than the function's timeout (${consumer.timeoutSeconds} s)`,
        );
      }
      return [
        {
          queue,
          function: consumer,
          batchSize: source.BatchSize,
          maximumConcurrency: source.ScalingConfig?.MaximumConcurrency,
          reportsBatchItemFailures: source.FunctionResponseTypes.length > 0,
        },
      ];
    }),
    eventAges: new Map(
      ofType("AWS::Lambda::EventInvokeConfig").flatMap((resource) => {
        const { logicalId } = resource;
        const config = parsePart(logicalId, eventInvokeSchema, properties(resource));
        const { service } = findFunction(logicalId, config.FunctionName);
        const seconds = config.MaximumEventAgeInSeconds;
        return seconds === undefined ? [] : [[service, seconds] as const];
      }),
    ),
    topics: ofType("AWS::SNS::Topic").map((resource) => attributesOf(resource).ref),
    subscriptions: ofType("AWS::SNS::Subscription").map((resource) => {
      const { logicalId } = resource;
      const { TopicArn, Protocol, Endpoint } = parsePart(
        logicalId,
        subscriptionSchema,
        properties(resource),
      );
      return { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint };
    }),
    outputs: template.outputs.map((output) => ({
      ...output,
      value: String(resolveIntrinsics(output.value, scope, `output ${output.key}`)),
    })),
    leftOut: [
      ...new Set(
        template.resources
          .filter(
            ({ logicalId }) =>
              !known.has(logicalId) && !schedules.some((one) => one.logicalId === logicalId),
          )
          .map(({ type }) => type)
          .filter((type) => !WITHOUT_ATTRIBUTES.includes(type)),
      ),
    ].sort(),
  };
}

/** No other resource refers to these types: the run reads their properties, or they change nothing here. */
const WITHOUT_ATTRIBUTES = [
  "AWS::ApiGatewayV2::Route",
  "AWS::CDK::Metadata",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Permission",
  "AWS::Logs::QueryDefinition",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
];
