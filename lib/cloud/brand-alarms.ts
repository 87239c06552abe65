import { Duration } from "aws-cdk-lib";
import { Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { GAUGES, METRICS, type MetricName } from "../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import type { AlarmSpec } from "./impact-alarm.ts";

/** Percent of the month's messages above which an alarm goes off, by severity. */
export const QUOTA_PERCENT = { medium: 80, high: 95 } as const;

/** Fewer requests without the right signature within 15 minutes are nobody's webhooks: a stranger's try, or a test. */
const FAILED_SIGNATURES = 5;

/**
 * In periods of five minutes. It is longer than the hour after which the hourly check finds the same
 * fault again, so one fault is one alarm and not one for each message.
 */
const HELD_FOR = 15;

/**
 * What is watched for each brand, by the alarm's id. Not for the market as a whole, because an alarm
 * names its brand. AWS bills an alarm by the metrics that it reads.
 */
export function brandAlarms(brandKey: string, metrics: BridgeMetrics): Record<string, AlarmSpec> {
  const { inbound, outboundWebhook, outboundSender } = SERVICES;
  const count = (metric: MetricName, service?: string) => ({
    metric: metrics.ofBrand(brandKey, metric, service),
    threshold: 0,
    heldFor: HELD_FOR,
  });
  const refusedAlone = (service: string) => ({
    metric: metrics.refusedAlone(brandKey, service),
    threshold: FAILED_SIGNATURES - 1,
    heldFor: HELD_FOR / 3,
    severity: "high" as const,
    runbook: "Signature failures",
  });
  return {
    [`LineSignatureFailures-${brandKey}`]: {
      ...refusedAlone(inbound),
      impact: `Customers' messages to ${brandKey} do not reach the agents: for 15 minutes, LINE's webhook has got no request with the right signature and ${FAILED_SIGNATURES} or more with a wrong one.`,
    },
    [`GenesysSignatureFailures-${brandKey}`]: {
      ...refusedAlone(outboundWebhook),
      impact: `Agents' messages of ${brandKey} do not reach customers: for 15 minutes, Genesys Cloud's webhook has got no request with the right signature and ${FAILED_SIGNATURES} or more with a wrong one.`,
    },
    [`RefusedWebhooks-${brandKey}`]: {
      ...count(METRICS.refused),
      severity: "high",
      impact: `Signed events of ${brandKey} were refused, because they cannot be read or are too large. They are lost: the platforms do not send them in another form.`,
      runbook: "Refused webhooks",
    },
    [`SecretFault-${brandKey}`]: {
      ...count(METRICS.secretFault),
      severity: "high",
      impact: `A secret of ${brandKey} is a placeholder, incomplete or unreadable. The brand's messages are refused or wait in the queue; other brands are not affected.`,
      runbook: "Secret fault",
    },
    [`GenesysAccessRefused-${brandKey}`]: {
      ...count(METRICS.genesysAccessRefused),
      severity: "high",
      impact: `Genesys Cloud refuses the OAuth client, the permission or the integration of ${brandKey}. Customers' messages do not reach the agents: they wait in the queue until that is fixed, and are parked when patience ends.`,
      runbook: "Genesys access refused",
    },
    [`LineAccessRefused-${brandKey}`]: {
      ...count(METRICS.lineAccessRefused),
      severity: "high",
      impact: `LINE refuses the credentials or the permission of ${brandKey}. Agents' messages do not reach customers, and customers' media does not reach the agents: they wait in the queue until that is fixed, and are parked when patience ends.`,
      runbook: "LINE access refused",
    },
    [`HeldBack-${brandKey}`]: {
      metric: metrics.ofBrand(brandKey, METRICS.heldBack),
      threshold: 0,
      severity: "high",
      impact: `Genesys Cloud or LINE does not work for ${brandKey}, or refuses it. Messages wait, and are parked when patience ends.`,
      runbook: "Held back",
    },
    [`QuotaExceeded-${brandKey}`]: {
      ...count(METRICS.quotaExceeded, outboundSender),
      severity: "high",
      impact: `LINE refuses the messages of ${brandKey}, because this month's messages of the account's plan are used up, or have been reserved for a broadcast for 15 minutes. Agents' answers do not reach customers: each one is parked, and the agent sees it as failed.`,
      runbook: "Monthly quota",
    },
    ...quotaAlarm(brandKey, "medium", metrics),
    ...quotaAlarm(brandKey, "high", metrics),
  };
}

function quotaAlarm(
  brandKey: string,
  severity: keyof typeof QUOTA_PERCENT,
  metrics: BridgeMetrics,
): Record<string, AlarmSpec> {
  const percent = QUOTA_PERCENT[severity];
  return {
    [`Quota${percent}Percent-${brandKey}`]: {
      metric: metrics
        .gauge(brandKey, GAUGES.quotaUsedPercent, SERVICES.hourlyCheck, Stats.MAXIMUM)
        .with({ period: Duration.hours(1) }),
      threshold: percent,
      severity,
      impact: `${brandKey} has used more than ${percent} % of this month's messages of its plan. When all are used, agents' answers no longer reach customers.`,
      runbook: "Monthly quota",
      // The share is measured once an hour, and some hour may be missing.
      treatMissingData: TreatMissingData.IGNORE,
    },
  };
}
