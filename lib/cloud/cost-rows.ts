import type { Distribution } from "aws-cdk-lib/aws-cloudfront";
import { type IMetric, type IWidget, MathExpression, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { BrandQueues } from "./brand-queues.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import { filled } from "./bridge-metrics.ts";
import { graph, PERIOD, row } from "./graph.ts";
import type { WebhookApi } from "./webhook-api.ts";

const SUM = { statistic: Stats.SUM, period: PERIOD };

/** Where CloudFront keeps its metrics, wherever it is used. */
const CLOUDFRONT_REGION = "us-east-1";

export interface CostProps {
  functions: BridgeFunction[];
  /** By the names that the graphs show. */
  queues: Record<string, BrandQueues>;
  table: Table;
  /** Serves the media. */
  distribution: Distribution;
  api: WebhookApi;
}

/** What AWS charges for, as sums of five minutes. */
export function costRows(props: CostProps): IWidget[][] {
  const { functions, queues, table, distribution, api } = props;
  const perFunction = (id: string, metricOf: (each: BridgeFunction) => IMetric) =>
    functions.map((each, index) => filled(`${id}${index}`, each.service, metricOf(each)));
  // The dimensions are written by hand, because CDK leaves out the region (https://github.com/aws/aws-cdk/issues/19245).
  const { distributionId: DistributionId } = distribution;
  const served = { ...SUM, dimensionsMap: { DistributionId, Region: "Global" } };
  return [
    row(
      graph("HTTP API: requests", [filled("requests", "requests", api.api.metricCount(SUM))]),
      graph(
        "Functions: invocations",
        perFunction("invocations", (each) => each.function.metricInvocations(SUM)),
      ),
      graph("Functions: GB-seconds", functions.map(gigabyteSeconds)),
    ),
    row(
      graph(
        "Queues: messages sent, and receives that found no message",
        Object.entries(queues).flatMap(([name, each]) => [
          sumOfQueues(`${name}Sent`, `${name}: sent`, each, (queue) =>
            queue.metricNumberOfMessagesSent(SUM),
          ),
          sumOfQueues(`${name}Empty`, `${name}: empty`, each, (queue) =>
            queue.metricNumberOfEmptyReceives(SUM),
          ),
        ]),
      ),
      graph("Table: request units", [
        filled("read", "read", table.metricConsumedReadCapacityUnits(SUM)),
        filled("written", "written", table.metricConsumedWriteCapacityUnits(SUM)),
      ]),
      graph("Logs: bytes", [
        ...perFunction("bytes", (each) => incomingBytes(each.logGroup)),
        filled("accessLog", "HTTP API", incomingBytes(api.accessLog)),
      ]),
    ),
    row(
      graph("Media: requests", [filled("fetched", "all", distribution.metricRequests(served))], {
        region: CLOUDFRONT_REGION,
      }),
      graph("Media: bytes", [filled("bytes", "all", distribution.metricBytesDownloaded(served))], {
        region: CLOUDFRONT_REGION,
      }),
    ),
  ];
}

/** A metric of the brands' queues, all brands together. */
function sumOfQueues(
  id: string,
  label: string,
  { queues }: BrandQueues,
  metricOf: (queue: Queue) => IMetric,
): IMetric {
  const parts = [...queues.values()].map((queue, index) => [`${id}${index}`, metricOf(queue)]);
  return new MathExpression({
    expression: `SUM([${parts.map(([part]) => `FILL(${part},0)`).join(",")}])`,
    usingMetrics: Object.fromEntries(parts),
    label,
    period: PERIOD,
  });
}

/** With its dimension, which CDK leaves out. */
function incomingBytes(logGroup: LogGroup): IMetric {
  const { logGroupName: LogGroupName } = logGroup;
  return logGroup.metricIncomingBytes({ ...SUM, dimensionsMap: { LogGroupName } });
}

/** Lambda bills the duration by the memory that a function has. */
function gigabyteSeconds({ function: fn, memorySize, service }: BridgeFunction, index: number) {
  const id = `milliseconds${index}`;
  return new MathExpression({
    expression: `FILL(${id},0) / 1000 * ${memorySize} / 1024`,
    usingMetrics: { [id]: fn.metricDuration(SUM) },
    label: service,
    period: PERIOD,
  });
}
