import { Stack } from "aws-cdk-lib";
import type { IQueue } from "aws-cdk-lib/aws-sqs";

/**
 * Name of the stack's dashboard. Dashboards are an account's and not a region's: with the region in its name
 * the same market can be in two regions, while it moves or as a copy for a disaster.
 */
export function dashboardName({ stackName, region }: Stack): string {
  return `${stackName}-${region}`;
}

/** The stack's dashboard in the AWS console. */
export function dashboardUrl(stack: Stack): string {
  return cloudWatchUrl(stack, `dashboards/dashboard/${dashboardName(stack)}`);
}

/** A log group, by its name. */
export function logGroupUrl(stack: Stack, name: string): string {
  // The console wants names encoded twice, with $ in the place of %. The names that CloudFormation
  // makes up hold nothing to encode.
  return cloudWatchUrl(stack, `logsV2:log-groups/log-group/${name.replaceAll("/", "$252F")}`);
}

/** CloudWatch Logs Insights, where the stack's saved queries are at hand. */
export function logsInsightsUrl(stack: Stack): string {
  return cloudWatchUrl(stack, "logsV2:logs-insights");
}

/** A queue; from there its messages can be read. */
export function queueUrl(queue: IQueue): string {
  const { region, account, urlSuffix } = Stack.of(queue);
  const url = `https%3A%2F%2Fsqs.${region}.${urlSuffix}%2F${account}%2F${queue.queueName}`;
  return `${consoleUrl(region)}/sqs/v3/home?region=${region}#/queues/${url}`;
}

function cloudWatchUrl({ region }: Stack, page: string): string {
  return `${consoleUrl(region)}/cloudwatch/home?region=${region}#${page}`;
}

function consoleUrl(region: string): string {
  return `https://${region}.console.aws.amazon.com`;
}
