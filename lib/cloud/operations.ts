import { Duration } from "aws-cdk-lib";
import { type Dashboard, Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import { GAUGES, METRICS, SERVICES } from "../../lambdas/shared/names.ts";
import type { NamedMarket } from "../markets.ts";
import { AlarmTopic } from "./alarm-topic.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import { BridgeMetrics } from "./bridge-metrics.ts";
import type { FifoQueue } from "./fifo-queue.ts";
import { FlowDashboard } from "./flow-dashboard.ts";
import type { GenesysToLine } from "./genesys-to-line.ts";
import { ImpactAlarm, type ImpactAlarmProps } from "./impact-alarm.ts";
import type { LineToGenesys } from "./line-to-genesys.ts";
import type { QuotaWatch } from "./quota-watch.ts";
import { SavedQueries } from "./saved-queries.ts";
import type { WebhookApi } from "./webhook-api.ts";

const MINUTE = Duration.minutes(1);
const MAX_AGE_SECONDS = 300;
const QUOTA_PERCENT = { medium: 80, high: 95 } as const;

export interface OperationsProps {
  market: NamedMarket;
  lineToGenesys: LineToGenesys;
  genesysToLine: GenesysToLine;
  quotaWatch: QuotaWatch;
  api: WebhookApi;
}

/** What people who run a market look at: alarms that say whom they hurt, and one dashboard. */
export class Operations extends Construct {
  readonly dashboard: Dashboard;
  readonly #topic: AlarmTopic;
  readonly #metrics: BridgeMetrics;
  readonly #alarms: ImpactAlarm[] = [];

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { market, lineToGenesys, genesysToLine, quotaWatch, api } = props;
    this.#topic = new AlarmTopic(this, "Alarms", market.alarmEmail);
    this.#metrics = new BridgeMetrics(market);

    this.#watchQueue("Inbound", lineToGenesys.queue);
    this.#watchQueue("Outbound", genesysToLine.queue);
    this.#watchFunction("InboundErrors", lineToGenesys.webhook);
    this.#watchFunction("WorkerErrors", lineToGenesys.worker);
    this.#watchFunction("OutboundWebhookErrors", genesysToLine.webhook);
    this.#watchFunction("OutboundSenderErrors", genesysToLine.sender);
    this.#watchFunction("QuotaErrors", quotaWatch.function);
    this.#watchWebhooks(api);
    for (const brandKey of Object.keys(market.brands)) {
      this.#watchBrand(brandKey);
      this.#watchQuota(brandKey, "medium");
      this.#watchQuota(brandKey, "high");
    }

    new SavedQueries(this, "Queries", [
      lineToGenesys.webhook,
      lineToGenesys.worker,
      genesysToLine.webhook,
      genesysToLine.sender,
      quotaWatch.function,
    ]);
    this.dashboard = new FlowDashboard(this, "Dashboard", {
      ...props,
      metrics: this.#metrics,
      alarms: this.#alarms,
      maxAgeSeconds: MAX_AGE_SECONDS,
      quotaPercent: QUOTA_PERCENT.medium,
    });
  }

  #watchQueue(id: string, { queue, deadLetterQueue, impact }: FifoQueue): void {
    this.#alarm(`${id}DeadLetters`, {
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({
        statistic: Stats.MAXIMUM,
        period: MINUTE,
      }),
      threshold: 0,
      severity: "high",
      impact: impact.deadLetters,
      runbook: "dead-letters",
      // SQS stops reporting on a queue that nobody touched for six hours: the letters are still there.
      treatMissingData: TreatMissingData.IGNORE,
    });
    this.#alarm(`${id}OldestMessage`, {
      metric: queue.metricApproximateAgeOfOldestMessage({
        statistic: Stats.MAXIMUM,
        period: MINUTE,
      }),
      threshold: MAX_AGE_SECONDS,
      severity: "high",
      impact: impact.oldestMessage,
      runbook: "oldest-message",
    });
  }

  #watchFunction(id: string, { function: watched, impact }: BridgeFunction): void {
    this.#alarm(id, {
      metric: watched.metricErrors({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 0,
      severity: "medium",
      impact,
      runbook: "function-errors",
    });
  }

  /** A webhook that cannot store a message answers 5xx by design, which Lambda counts as a success. */
  #watchWebhooks({ api, impact }: WebhookApi): void {
    this.#alarm("WebhookServerErrors", {
      metric: api.metricServerError({ statistic: Stats.SUM, period: Duration.minutes(5) }),
      threshold: 0,
      severity: "high",
      impact,
      runbook: "webhook-server-errors",
    });
  }

  /** One alarm per brand, not per market: it names the brand, and an alarm reads 10 metrics at most. */
  #watchBrand(brandKey: string): void {
    const { inbound, worker, outboundWebhook, outboundSender } = SERVICES;
    const count = (metric: (typeof METRICS)[keyof typeof METRICS], ...services: string[]) =>
      this.#metrics.ofBrand(brandKey, metric, ...services);

    this.#alarm(`LineSignatureFailures-${brandKey}`, {
      metric: count(METRICS.signatureFailure, inbound),
      threshold: 0,
      severity: "medium",
      impact: `Requests for ${brandKey} did not carry LINE's signature and were refused. If they came from LINE, its customers' messages do not reach the agents: the stored channel secret is not the channel's.`,
      runbook: "signature-failures",
    });
    this.#alarm(`GenesysSignatureFailures-${brandKey}`, {
      metric: count(METRICS.signatureFailure, outboundWebhook),
      threshold: 0,
      severity: "medium",
      impact: `Requests for ${brandKey} did not carry Genesys Cloud's signature and were refused. If they came from Genesys Cloud, its agents' messages do not reach customers: the stored webhook secret is not the integration's.`,
      runbook: "signature-failures",
    });
    this.#alarm(`SecretFault-${brandKey}`, {
      metric: count(METRICS.secretFault, inbound, worker, outboundWebhook, outboundSender),
      threshold: 0,
      severity: "high",
      impact: `A secret of ${brandKey} is a placeholder, incomplete or unreadable. The brand's messages are refused or wait in the queue; other brands are not affected.`,
      runbook: "secret-fault",
    });
    this.#alarm(`ConfigurationFailure-${brandKey}`, {
      metric: count(METRICS.configurationFailure, worker, outboundSender),
      threshold: 0,
      severity: "high",
      impact: `Genesys Cloud (worker) or LINE (outbound-sender) refuses the credentials or permissions of ${brandKey}. The brand's messages wait in the queue until that is mended, and are parked when patience ends.`,
      runbook: "configuration-failure",
    });
    this.#alarm(`QuotaExceeded-${brandKey}`, {
      metric: count(METRICS.quotaExceeded, outboundSender),
      threshold: 0,
      severity: "high",
      impact: `LINE refuses the messages of ${brandKey}, because those of the account's plan are used up for this month. Agents' answers do not reach customers: each is parked and fails in the agent's view.`,
      runbook: "monthly-quota",
    });
  }

  #watchQuota(brandKey: string, severity: keyof typeof QUOTA_PERCENT): void {
    const percent = QUOTA_PERCENT[severity];
    this.#alarm(`Quota${percent}Percent-${brandKey}`, {
      metric: this.#metrics
        .gauge(brandKey, GAUGES.quotaUsedPercent, SERVICES.quota, Stats.MAXIMUM)
        .with({ period: Duration.hours(1) }),
      threshold: percent,
      severity,
      impact: `More than ${percent} % of the messages of this month's plan are used by ${brandKey}. When all are used, agents' answers do not reach customers any more.`,
      runbook: "monthly-quota",
      // The share is measured once an hour, and some hour may be missing.
      treatMissingData: TreatMissingData.IGNORE,
    });
  }

  #alarm(id: string, props: Omit<ImpactAlarmProps, "topic">): void {
    this.#alarms.push(new ImpactAlarm(this, id, { ...props, topic: this.#topic }));
  }
}
