import { Duration } from "aws-cdk-lib";
import { type IMetric, type IWidget, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Platform } from "../../lambdas/shared/contract/answers.ts";
import { GAUGES, METRICS } from "../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { BrandQueues } from "./brand-queues.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import { type BridgeMetrics, filled } from "./bridge-metrics.ts";
import { graph, PERIOD, row } from "./graph.ts";
import type { WebhookApi } from "./webhook-api.ts";

const PERCENTILES = ["p50", "p95", "p99"];
/** How long a platform waits for a webhook's answer. */
const ANSWER_MS = { genesys: 10_000, line: 2_000 };
const NAMES = { genesys: "Genesys Cloud", line: "LINE" };

/**
 * What a webhook accepted, what it could not store or did not believe, and how long that took: the function alone,
 * and the whole answer with cold starts and gateway, which is measured for both webhooks together.
 */
export function webhookRow(
  platform: Platform,
  { service, function: webhook }: BridgeFunction,
  { api }: WebhookApi,
  metrics: BridgeMetrics,
): IWidget[] {
  const from = platform === "genesys" ? "Genesys" : "LINE";
  return row(
    graph(`${from} webhook: accepted`, metrics.perBrand(METRICS.accepted, service)),
    graph(`${from} webhook: not stored (503)`, [
      metrics.total("not stored", METRICS.notStored, service),
    ]),
    graph(
      `${from} webhook: signature failures`,
      metrics.perBrand(METRICS.signatureFailure, service),
    ),
    graph(
      `${from} webhook: latency (ms)`,
      [
        ...PERCENTILES.map((statistic) =>
          webhook.metricDuration({ statistic, period: PERIOD, label: `function ${statistic}` }),
        ),
        api.metricLatency({
          statistic: "p99",
          period: PERIOD,
          label: "whole answer p99, both webhooks",
        }),
      ],
      { lines: [{ value: ANSWER_MS[platform], label: `${from} gives up` }] },
    ),
  );
}

/** What waits in the queues that `consumer` empties, by brand. Above the age `alarming`, in seconds, an alarm goes off. */
export function queueRow(
  name: string,
  { queues, deadLetterQueue }: BrandQueues,
  consumer: string,
  metrics: BridgeMetrics,
  alarming: number,
): IWidget[] {
  const highest = { statistic: Stats.MAXIMUM, period: PERIOD };
  const perBrand = (line: (queue: Queue, brandKey: string, index: string) => IMetric) =>
    [...queues].map(([brandKey, queue], index) => line(queue, brandKey, String(index)));
  return row(
    graph(
      `${name} queues: age of the oldest message (s)`,
      perBrand((queue, brandKey, index) =>
        metrics.oldestMessage(queue, brandKey, consumer, PERIOD, index),
      ),
      { lines: [alarmLine(alarming)] },
    ),
    graph(
      `${name} queues: messages waiting`,
      perBrand((queue, brandKey, index) =>
        filled(
          `waiting${index}`,
          brandKey,
          queue.metricApproximateNumberOfMessagesVisible(highest),
        ),
      ),
    ),
    graph(
      `${name} queues: messages in flight or backing off`,
      perBrand((queue, brandKey, index) =>
        filled(
          `inFlight${index}`,
          brandKey,
          queue.metricApproximateNumberOfMessagesNotVisible(highest),
        ),
      ),
    ),
    graph(`${name}: dead letters of all brands`, [
      // SQS stops reporting on a queue that nobody touches, while its messages are still there.
      filled(
        "letters",
        "dead letters",
        deadLetterQueue.metricApproximateNumberOfMessagesVisible(highest),
        "REPEAT",
      ),
      filled(
        "held",
        "dead letters that somebody has received",
        deadLetterQueue.metricApproximateNumberOfMessagesNotVisible(highest),
      ),
    ]),
  );
}

/** What a consumer delivers, how long that takes, and what happens to its other messages. */
export function deliveryRows(
  platform: Platform,
  service: string,
  metrics: BridgeMetrics,
): IWidget[][] {
  const to = NAMES[platform];
  const time = platform === "genesys" ? GAUGES.timeToGenesys : GAUGES.timeToLine;
  return [
    row(
      graph(`To ${to}: delivered`, metrics.delivered(time, service)),
      graph(`To ${to}: time of delivery (ms)`, metrics.gauges(time, service, ...PERCENTILES)),
    ),
    row(
      graph(`To ${to}: retried`, metrics.perBrand(METRICS.retried, service)),
      graph(`To ${to}: put off without a try`, metrics.perBrand(METRICS.putOff, service)),
      graph(`To ${to}: failed`, [
        metrics.total("failed", METRICS.failed, service),
        ...(platform === "line"
          ? [
              metrics.total("customer has blocked the account", METRICS.recipientBlocked, service),
              metrics.total("refused by LINE, sent as text", METRICS.sentAsText, service),
              metrics.total("monthly quota is used up", METRICS.quotaExceeded, service),
            ]
          : []),
      ]),
    ),
  ];
}

/** How a platform answers the functions that call it. */
export function answersRow(platform: Platform, metrics: BridgeMetrics): IWidget[] {
  const name = NAMES[platform];
  const refused = platform === "genesys" ? METRICS.genesysAccessRefused : METRICS.lineAccessRefused;
  return row(
    graph(`${name}: requests, and answers that are not 2xx`, metrics.answers(platform)),
    graph(`${name}: access refused`, metrics.perBrand(refused)),
  );
}

/** The share of this month's messages, as LINE counts them every hour. */
export function quotaRow(metrics: BridgeMetrics, alarming: number[]): IWidget[] {
  const hourly = metrics
    .gauges(GAUGES.quotaUsedPercent, SERVICES.hourlyCheck, Stats.MAXIMUM)
    .map((each) => each.with({ period: Duration.hours(1) }));
  return row(
    graph("LINE: this month's messages used (%)", hourly, { lines: alarming.map(alarmLine) }),
  );
}

/** What the sender has brought to LINE, by what LINE bills of it. */
export function billedRow(metrics: BridgeMetrics): IWidget[] {
  const { outboundSender } = SERVICES;
  return row(
    graph("LINE: pushes, which LINE bills", [
      metrics.foundPerBrand(METRICS.pushed, outboundSender),
    ]),
    graph("LINE: replies, which are free", [
      metrics.foundPerBrand(METRICS.replied, outboundSender),
    ]),
    graph("LINE: replies that may have arrived, and what became of them", [
      metrics.total("then pushed", METRICS.replyUnclearPushed, outboundSender),
      metrics.total("failed for the agent", METRICS.replyUnclearFailed, outboundSender),
    ]),
  );
}

function alarmLine(value: number) {
  return { value, label: "alarm" };
}

/**
 * The health of the functions and of the HTTP API in front of them, and what is wrong with a brand, whichever
 * function finds it.
 */
export function functionRows(
  functions: BridgeFunction[],
  { api }: WebhookApi,
  metrics: BridgeMetrics,
): IWidget[][] {
  const sum = { statistic: Stats.SUM, period: PERIOD };
  return [
    row(
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
    ),
    row(
      graph("HTTP API: answers that are errors", [
        filled("clientErrors", "4xx", api.metricClientError(sum)),
        filled("serverErrors", "5xx", api.metricServerError(sum)),
      ]),
      graph("Secret faults", metrics.perBrand(METRICS.secretFault)),
      graph("Signed events that cannot be read", metrics.perBrand(METRICS.refused)),
      graph("Messages held back by a breaker", metrics.perBrand(METRICS.heldBack)),
    ),
  ];
}
