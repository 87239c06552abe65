import { Duration } from "aws-cdk-lib";
import { GraphWidget, type IMetric, type IWidget, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { GAUGES, METRICS, SERVICES } from "../../lambdas/shared/names.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import { type BridgeMetrics, filled } from "./bridge-metrics.ts";
import type { FifoQueue } from "./fifo-queue.ts";
import type { WebhookApi } from "./webhook-api.ts";

/** CloudWatch's grid has 24 columns. */
export const DASHBOARD_WIDTH = 24;

const PERIOD = Duration.minutes(5);

/** What came in at a webhook, and what did not get in. */
export function webhookRow(from: string, service: string, metrics: BridgeMetrics): IWidget[] {
  return row(
    graph(`${from} webhook: accepted`, metrics.perBrand(METRICS.accepted, service)),
    graph(`${from} webhook: refused and ignored`, [
      metrics.total("refused", METRICS.refused, service),
      metrics.total("ignored", METRICS.ignored, service),
    ]),
    graph(
      `${from} webhook: signature failures`,
      metrics.perBrand(METRICS.signatureFailure, service),
    ),
  );
}

/** What waits in a queue; `alarming` is the age in seconds at which its alarm goes off. */
export function queueRow(
  name: string,
  { queue, deadLetterQueue }: FifoQueue,
  alarming: number,
): IWidget[] {
  const highest = { statistic: Stats.MAXIMUM, period: PERIOD };
  return row(
    graph(
      `${name} queue: age of the oldest message (s)`,
      [filled("age", "oldest", queue.metricApproximateAgeOfOldestMessage(highest))],
      alarming,
    ),
    graph(`${name} queue: messages`, [
      filled("waiting", "waiting", queue.metricApproximateNumberOfMessagesVisible(highest)),
      filled(
        "inFlight",
        "in flight or backing off",
        queue.metricApproximateNumberOfMessagesNotVisible(highest),
      ),
    ]),
    graph(`${name} queue: dead letters`, [
      // SQS stops reporting on a queue that nobody touches, while its letters are still there.
      filled(
        "letters",
        "dead letters",
        deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
        "REPEAT",
      ),
    ]),
  );
}

/** How the deliveries of a consumer end, and how long they take. */
export function deliveryRow(to: string, service: string, metrics: BridgeMetrics): IWidget[] {
  return row(
    graph(`To ${to}: delivered`, metrics.perBrand(METRICS.delivered, service)),
    graph(
      `To ${to}: time of delivery (ms)`,
      metrics.gauges(
        service === SERVICES.worker ? GAUGES.timeToGenesys : GAUGES.timeToLine,
        service,
        "p50",
        "p95",
        "p99",
      ),
    ),
    graph(`To ${to}: retried and put off`, [
      ...metrics.perBrand(METRICS.retried, service),
      metrics.total("put off", METRICS.putOff, service),
    ]),
    graph(`To ${to}: failed and ignored`, [
      metrics.total("failed", METRICS.failed, service),
      ...(service === SERVICES.outboundSender
        ? [
            metrics.total("customer has blocked the account", METRICS.recipientBlocked, service),
            metrics.total("monthly quota is used up", METRICS.quotaExceeded, service),
          ]
        : [metrics.total("ignored", METRICS.ignored, service)]),
    ]),
  );
}

/** LINE's messages of this month, as LINE counts them every hour. */
export function quotaRow(metrics: BridgeMetrics, alarming: number): IWidget[] {
  const { quota } = SERVICES;
  return row(
    graph(
      "LINE: used of this month's messages (%)",
      metrics.gauges(GAUGES.quotaUsedPercent, quota, Stats.MAXIMUM),
      alarming,
    ),
    graph("LINE: used messages", metrics.gauges(GAUGES.quotaUsed, quota, Stats.MAXIMUM)),
    graph("LINE: messages of the plan", metrics.gauges(GAUGES.quotaLimit, quota, Stats.MAXIMUM)),
  );
}

/** Secrets that cannot be used, and credentials that the other side refuses. */
export function credentialsRow(metrics: BridgeMetrics): IWidget[] {
  const { worker, outboundSender } = SERVICES;
  return row(
    graph("Secret faults", metrics.perBrand(METRICS.secretFault, ...Object.values(SERVICES))),
    graph(
      "Configuration failures",
      metrics.perBrand(METRICS.configurationFailure, worker, outboundSender),
    ),
  );
}

/** The health of the functions and of the HTTP API before them. */
export function functionsRow(functions: BridgeFunction[], { api }: WebhookApi): IWidget[] {
  const sum = { statistic: Stats.SUM, period: PERIOD };
  return row(
    graph(
      "Functions: errors",
      functions.map((each, index) =>
        filled(`errors${index}`, each.service, each.function.metricErrors(sum)),
      ),
    ),
    graph(
      "Functions: throttles",
      functions.map((each, index) =>
        filled(`throttles${index}`, each.service, each.function.metricThrottles(sum)),
      ),
    ),
    graph(
      "Functions: duration, 95th percentile (ms)",
      functions.map((each) =>
        each.function.metricDuration({ statistic: "p95", period: PERIOD, label: each.service }),
      ),
    ),
    graph("HTTP API: answers that are errors", [
      filled("clientErrors", "4xx", api.metricClientError(sum)),
      filled("serverErrors", "5xx", api.metricServerError(sum)),
    ]),
  );
}

type Graph = (width: number) => GraphWidget;

function graph(title: string, left: IMetric[], alarming?: number): Graph {
  return (width) =>
    new GraphWidget({
      title,
      left,
      width,
      height: 6,
      leftYAxis: { min: 0, showUnits: false },
      leftAnnotations: alarming === undefined ? [] : [{ value: alarming, label: "alarm" }],
    });
}

/** Graphs that share the width of the dashboard evenly. */
function row(...graphs: Graph[]): GraphWidget[] {
  return graphs.map((make) => make(DASHBOARD_WIDTH / graphs.length));
}
