import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { Platform } from "../../lambdas/shared/contract/answers.ts";
import { type BrandQueues, RETENTION } from "./brand-queues.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import { PERIOD } from "./graph.ts";
import type { AlarmSpec } from "./impact-alarm.ts";
import type { WebhookApi } from "./webhook-api.ts";

/** Age of a queue's oldest message above which its alarm goes off. */
export const MAX_AGE_SECONDS = 300;

/** Two tries of a message are at most 15 minutes apart; the invocation that records it comes on top. */
const LONGEST_PAUSE_MINUTES = 17;

const HIGHEST_OF_A_MINUTE = { statistic: Stats.MAXIMUM, period: Duration.minutes(1) };

/**
 * Percent of the requests to a platform that may fail; fewer failures than `least` do not count. Fewer of LINE's, because
 * the worker's and the sender's are counted together: where one half of them fails, the other half thins that out.
 */
const FAILED = { percent: { genesys: 10, line: 5 }, least: 5 };

/** Minutes. The operator's commands hold letters for ten. */
const LETTERS_HELD_FOR = 15;

/** SQS deletes a letter after 14 days: this leaves a weekend and two working days. */
const MAX_LETTER_AGE = Duration.days(10);

/** The queues that `consumer` empties: one alarm for each brand, and two for the dead letters of all. */
export function queueAlarms(
  id: string,
  { queues, deadLetterQueue, impact }: BrandQueues,
  consumer: string,
  metrics: BridgeMetrics,
): Record<string, AlarmSpec> {
  return {
    [`${id}DeadLetters`]: {
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible(HIGHEST_OF_A_MINUTE),
      threshold: 0,
      // Letters that somebody has received are not among the visible: the alarm must not end meanwhile.
      heldFor: LETTERS_HELD_FOR,
      severity: "high",
      impact: impact.deadLetters,
      runbook: "Dead letters",
      // SQS stops reporting on a queue that nobody has called for six hours, while its messages are still there. The
      // hourly check calls it, but may fail.
      treatMissingData: TreatMissingData.IGNORE,
    },
    [`${id}DeadLettersExpire`]: {
      // In a FIFO queue the age begins when the letter was parked. The hourly check keeps SQS reporting.
      metric: deadLetterQueue.metricApproximateAgeOfOldestMessage({
        statistic: Stats.MAXIMUM,
        period: Duration.hours(1),
      }),
      threshold: MAX_LETTER_AGE.toSeconds(),
      severity: "high",
      impact: `Letters have been in the dead-letter queue for ${MAX_LETTER_AGE.toDays()} days: SQS deletes each one ${RETENTION.toDays()} days after it was parked, and then it cannot be delivered any more. ${impact.deadLetters}`,
      runbook: "Dead letters",
    },
    ...Object.fromEntries(
      [...queues].map(([brandKey, queue]): [string, AlarmSpec] => [
        `${id}OldestMessage-${brandKey}`,
        {
          metric: metrics.oldestMessage(queue, brandKey, consumer, HIGHEST_OF_A_MINUTE.period),
          heldFor: LONGEST_PAUSE_MINUTES,
          threshold: MAX_AGE_SECONDS,
          severity: "high",
          impact: impact.oldestMessage(brandKey),
          runbook: "Oldest message",
        },
      ]),
    ),
  };
}

const SUM = { statistic: Stats.SUM, period: PERIOD };

/** None for a webhook's function: what it does not answer, API Gateway answers with 5xx, for which there is an alarm. */
export function errorAlarm(
  id: string,
  { function: watched, impact, tries }: BridgeFunction,
): Record<string, AlarmSpec> {
  if (impact === undefined) return {};
  return {
    [`${id}Errors`]: {
      // Lambda tries again after one and two minutes; a failure does not count if the next try succeeds.
      metric: watched.metricErrors(tries > 1 ? { ...SUM, period: Duration.hours(1) } : SUM),
      threshold: tries - 1,
      severity: "medium",
      impact,
      runbook: "Function errors",
    },
  };
}

/** One for these functions: they share the account's concurrency, so that they are throttled together. */
export function throttleAlarm(functions: BridgeFunction[]): Record<string, AlarmSpec> {
  const metrics = functions.map(({ function: each }, index): [string, IMetric] => [
    `throttles${index}`,
    each.metricThrottles(SUM),
  ]);
  return {
    Throttles: {
      metric: new MathExpression({
        expression: `SUM([${metrics.map(([id]) => `FILL(${id},0)`).join(",")}])`,
        usingMetrics: Object.fromEntries(metrics),
        label: "throttles",
        period: PERIOD,
      }),
      threshold: 0,
      severity: "high",
      impact:
        "Lambda did not run a function, because the account's concurrency in this region is used up. Messages in the queues are late. Webhooks that were not taken are lost, unless the platform sends them again.",
      runbook: "Throttling",
    },
  };
}

/**
 * A webhook that cannot store a message answers 5xx by design, which Lambda counts as a success. API Gateway does so for a
 * function that fails, runs out of time or is throttled.
 */
export function webhookAlarms({ api, impact }: WebhookApi): Record<string, AlarmSpec> {
  return {
    WebhookServerErrors: {
      metric: api.metricServerError({ statistic: Stats.SUM, period: PERIOD }),
      threshold: 0,
      severity: "high",
      impact,
      runbook: "Webhook server errors",
    },
  };
}

/** One for each platform on whose answers messages depend. */
export function platformAlarms(metrics: BridgeMetrics): Record<string, AlarmSpec> {
  const watch = (platform: Platform, name: string, impact: string): AlarmSpec => ({
    metric: metrics.failedShare(platform, FAILED.least),
    threshold: FAILED.percent[platform],
    severity: "medium",
    impact: `More than ${FAILED.percent[platform]} % of the requests to ${name} of 15 minutes were answered with 429 or 5xx, or not at all. ${impact}`,
    runbook: "Platform errors",
  });
  return {
    GenesysErrors: watch(
      "genesys",
      "Genesys Cloud",
      "Customers' messages reach the agents late; they are tried again until patience ends.",
    ),
    LineErrors: watch(
      "line",
      "LINE",
      "Agents' messages reach customers late, and are tried again until patience ends; or customers' images, videos, audio and files reach the agents late or as a note, and agents do not see customers' names.",
    ),
  };
}
