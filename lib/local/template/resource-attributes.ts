import { createHash } from "node:crypto";
import * as z from "zod";
import { type ResourceAttributes, resolveIntrinsics, type Scope } from "./intrinsics.ts";
import type { Template, TemplateResource } from "./template.ts";
import { parsePart } from "./template-error.ts";

/** The addresses of the run's parts, without a slash at the end. */
export interface Endpoints {
  /** Queue URLs begin with it. */
  sqs: string;
  gateway: string;
  /** Takes the place of the template's CloudFront distribution. */
  media: string;
}

const physicalName = z.string().optional();

/**
 * Works out what `Ref` and `Fn::GetAtt` give for each resource of the template. Names that the
 * template leaves open are made as CloudFormation does, without the random part. Resources of other
 * types get no attributes: a reference to one is an error.
 */
export function resourceAttributes(
  template: Template,
  scope: Omit<Scope, "resources">,
  endpoints: Endpoints,
): Map<string, ResourceAttributes> {
  const known = new Map<string, ResourceAttributes>();
  for (const resource of template.resources) {
    const attributes = attributesOf(resource, scope, endpoints);
    if (attributes !== undefined) known.set(resource.logicalId, attributes);
  }
  return known;
}

function attributesOf(
  { logicalId, type, properties }: TemplateResource,
  scope: Omit<Scope, "resources">,
  endpoints: Endpoints,
): ResourceAttributes | undefined {
  const arn = (service: string, resource: string, place = `${scope.region}:${scope.accountId}`) =>
    `arn:aws:${service}:${place}:${resource}`;
  /** A name may be built from pseudo parameters, not from other resources. */
  const name = (property: string, otherwise = `${scope.stackName}-${logicalId}`) =>
    parsePart(
      `${logicalId}.${property}`,
      physicalName,
      resolveIntrinsics(properties[property], { ...scope, resources: new Map() }, logicalId),
    ) ?? otherwise;
  const id = shortHash(`${scope.stackName}/${logicalId}`);

  switch (type) {
    case "AWS::SQS::Queue": {
      const suffix = properties.FifoQueue === true ? ".fifo" : "";
      const queue = name("QueueName", `${scope.stackName}-${logicalId}${suffix}`);
      const url = `${endpoints.sqs}/${scope.accountId}/${queue}`;
      return {
        ref: url,
        attributes: { Arn: arn("sqs", queue), QueueName: queue, QueueUrl: url },
      };
    }
    case "AWS::DynamoDB::Table":
    case "AWS::DynamoDB::GlobalTable": {
      const table = name("TableName");
      return { ref: table, attributes: { Arn: arn("dynamodb", `table/${table}`) } };
    }
    case "AWS::SecretsManager::Secret": {
      const secret = name("Name");
      const secretArn = arn("secretsmanager", `secret:${secret}-${arnSuffix(secret)}`);
      return { ref: secretArn, attributes: { Id: secretArn } };
    }
    case "AWS::Lambda::Function": {
      const called = name("FunctionName");
      return { ref: called, attributes: { Arn: arn("lambda", `function:${called}`) } };
    }
    case "AWS::IAM::Role": {
      const role = name("RoleName");
      return { ref: role, attributes: { Arn: arn("iam", `role/${role}`, `:${scope.accountId}`) } };
    }
    case "AWS::S3::Bucket": {
      const bucket = name("BucketName", bucketName(scope.stackName, logicalId));
      return {
        ref: bucket,
        attributes: {
          Arn: arn("s3", bucket, ":"),
          RegionalDomainName: `${bucket}.s3.${scope.region}.amazonaws.com`,
        },
      };
    }
    case "AWS::CloudFront::Distribution":
      return { ref: id, attributes: { Id: id, DomainName: new URL(endpoints.media).host } };
    case "AWS::CloudFront::CachePolicy":
    case "AWS::CloudFront::OriginAccessControl":
    case "AWS::CloudFront::ResponseHeadersPolicy":
      return { ref: id, attributes: { Id: id } };
    case "AWS::ApiGatewayV2::Api":
      return { ref: id, attributes: { ApiEndpoint: endpoints.gateway, ApiId: id } };
    case "AWS::ApiGatewayV2::Integration":
      return { ref: logicalId, attributes: {} };
    case "AWS::ApiGatewayV2::Stage":
      return { ref: name("StageName"), attributes: {} };
    case "AWS::SNS::Topic": {
      const topic = name("TopicName");
      const topicArn = arn("sns", topic);
      return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: topic } };
    }
    case "AWS::Logs::LogGroup": {
      const group = name("LogGroupName");
      return { ref: group, attributes: { Arn: arn("logs", `log-group:${group}:*`) } };
    }
    case "AWS::CloudWatch::Alarm":
    case "AWS::CloudWatch::CompositeAlarm": {
      const alarm = name("AlarmName");
      return { ref: alarm, attributes: { Arn: arn("cloudwatch", `alarm:${alarm}`) } };
    }
    case "AWS::CloudWatch::Dashboard":
      return { ref: name("DashboardName"), attributes: {} };
    default:
      return undefined;
  }
}

/** Secrets Manager ends each ARN with six random characters; here they are derived from the name. */
export function arnSuffix(secretName: string): string {
  return createHash("sha256").update(secretName).digest("hex").slice(0, 6);
}

/** 3 to 63 characters, as S3 demands; a longer name is cut and made unique again. */
function bucketName(stackName: string, logicalId: string): string {
  const name = `${stackName}-${logicalId}`.toLowerCase();
  return name.length <= 63 ? name : `${name.slice(0, 52)}-${shortHash(name)}`;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}
