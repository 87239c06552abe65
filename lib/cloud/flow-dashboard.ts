import { Duration, Stack } from "aws-cdk-lib";
import { AlarmStatusWidget, Dashboard, type IAlarm } from "aws-cdk-lib/aws-cloudwatch";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { QUOTA_PERCENT } from "./brand-alarms.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import { dashboardName } from "./console-urls.ts";
import { costRows } from "./cost-rows.ts";
import {
  answersRow,
  billedRow,
  deliveryRows,
  functionRows,
  queueRow,
  quotaRow,
  webhookRow,
} from "./dashboard-rows.ts";
import type { GenesysToLine } from "./genesys-to-line.ts";
import { DASHBOARD_WIDTH } from "./graph.ts";
import type { LineToGenesys } from "./line-to-genesys.ts";
import type { MediaHosting } from "./media-hosting.ts";
import { MAX_AGE_SECONDS } from "./part-alarms.ts";
import { SectionHeaders } from "./section-headers.ts";
import type { WebhookApi } from "./webhook-api.ts";

export interface FlowDashboardProps {
  market: NamedMarket;
  lineToGenesys: LineToGenesys;
  genesysToLine: GenesysToLine;
  api: WebhookApi;
  table: Table;
  media: MediaHosting;
  /** All functions of the market. */
  functions: BridgeFunction[];
  metrics: BridgeMetrics;
  alarms: IAlarm[];
}

/** CloudWatch shows at most this many in one widget. */
const ALARMS_PER_WIDGET = 100;

/** The market's dashboard, read from top to bottom in the order in which a message travels. */
export class FlowDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: FlowDashboardProps) {
    const { market, lineToGenesys, genesysToLine, api, functions, metrics } = props;
    const { worker, outboundSender } = SERVICES;
    const at = new SectionHeaders(scope, market);
    const webhookSections = ["Signature failures", "Webhook server errors"];
    const queueSections = ["Oldest message", "Dead letters"];
    super(scope, id, {
      dashboardName: dashboardName(Stack.of(scope)),
      defaultInterval: Duration.hours(6),
      widgets: [
        at.header(
          `# LINE ↔ Genesys Cloud · ${market.name}`,
          at.queries(),
          at.accessLog(api),
          at.runbook("Watch it"),
        ),
        ...alarmRows(props.alarms),
        at.header(
          "## 1 · LINE webhook: customers' messages arrive",
          at.log(lineToGenesys.webhook),
          at.runbook(...webhookSections),
        ),
        webhookRow("line", lineToGenesys.webhook, props.api, metrics),
        at.header(
          "## 2 · Inbound queues: customers' messages wait, each customer's in order",
          ...at.queues(lineToGenesys.queues),
          at.runbook(...queueSections),
        ),
        queueRow("Inbound", lineToGenesys.queues, worker, metrics, MAX_AGE_SECONDS),
        at.header(
          "## 3 · Worker: customers' messages go to Genesys Cloud",
          at.log(lineToGenesys.worker),
          at.runbook("Held back", "Function errors"),
        ),
        ...deliveryRows("genesys", worker, metrics),
        at.header(
          "## 4 · Genesys Cloud answers",
          at.log(lineToGenesys.worker),
          at.runbook("Platform errors", "Genesys access refused"),
        ),
        answersRow("genesys", metrics),
        at.header(
          "## 5 · Genesys webhook: agents' messages arrive",
          at.log(genesysToLine.webhook),
          at.runbook(...webhookSections),
        ),
        webhookRow("genesys", genesysToLine.webhook, props.api, metrics),
        at.header(
          "## 6 · Outbound queues: agents' messages wait, each customer's in order",
          ...at.queues(genesysToLine.queues),
          at.runbook(...queueSections),
        ),
        queueRow("Outbound", genesysToLine.queues, outboundSender, metrics, MAX_AGE_SECONDS),
        at.header(
          "## 7 · Sender: agents' messages go to LINE",
          at.log(genesysToLine.sender),
          at.runbook("Held back", "Function errors"),
        ),
        ...deliveryRows("line", outboundSender, metrics),
        at.header(
          "## 8 · LINE answers",
          at.log(genesysToLine.sender),
          at.runbook("Platform errors", "LINE access refused"),
        ),
        answersRow("line", metrics),
        at.header(
          "## 9 · What LINE bills: pushes, not replies",
          at.log(genesysToLine.sender),
          at.runbook("Monthly quota", "Expired reply tokens"),
        ),
        billedRow(metrics),
        quotaRow(metrics, Object.values(QUOTA_PERCENT)),
        at.header(
          "## Underneath: functions, the HTTP API, and faults of a brand, whichever function finds them",
          ...functions.map((each) => at.log(each)),
          at.runbook(
            "Function errors",
            "Throttling",
            "Secret fault",
            "Refused webhooks",
            "Held back",
          ),
        ),
        ...functionRows(functions, api, metrics),
        at.header("## Cost drivers: what AWS charges for, as sums of five minutes"),
        ...costRows({
          functions,
          queues: { inbound: lineToGenesys.queues, outbound: genesysToLine.queues },
          table: props.table,
          distribution: props.media.distribution,
          api,
        }),
      ],
    });
  }
}

function alarmRows(alarms: IAlarm[]): AlarmStatusWidget[][] {
  const rows = Math.ceil(alarms.length / ALARMS_PER_WIDGET);
  return Array.from({ length: rows }, (_, index) => [
    new AlarmStatusWidget({
      title: "Alarms",
      alarms: alarms.slice(index * ALARMS_PER_WIDGET, (index + 1) * ALARMS_PER_WIDGET),
      width: DASHBOARD_WIDTH,
      height: 6,
    }),
  ]);
}
