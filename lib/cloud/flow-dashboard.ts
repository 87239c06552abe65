import { Duration, Stack } from "aws-cdk-lib";
import { AlarmStatusWidget, Dashboard, type IAlarm, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { SERVICES } from "../../lambdas/shared/names.ts";
import type { NamedMarket } from "../markets.ts";
import type { BridgeMetrics } from "./bridge-metrics.ts";
import {
  credentialsRow,
  DASHBOARD_WIDTH,
  deliveryRow,
  functionsRow,
  queueRow,
  quotaRow,
  webhookRow,
} from "./dashboard-rows.ts";
import type { GenesysToLine } from "./genesys-to-line.ts";
import type { LineToGenesys } from "./line-to-genesys.ts";
import type { QuotaWatch } from "./quota-watch.ts";
import type { WebhookApi } from "./webhook-api.ts";

export interface FlowDashboardProps {
  market: NamedMarket;
  lineToGenesys: LineToGenesys;
  genesysToLine: GenesysToLine;
  quotaWatch: QuotaWatch;
  api: WebhookApi;
  metrics: BridgeMetrics;
  alarms: IAlarm[];
  /** Age in seconds from which the oldest message of a queue is alarming. */
  maxAgeSeconds: number;
  /** Share of the monthly messages from which their use is alarming. */
  quotaPercent: number;
}

/** The market's dashboard, read from top to bottom in the order in which a message travels. */
export class FlowDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: FlowDashboardProps) {
    const { lineToGenesys, genesysToLine, metrics, maxAgeSeconds } = props;
    const { inbound, worker, outboundWebhook, outboundSender } = SERVICES;
    super(scope, id, {
      dashboardName: Stack.of(scope).stackName,
      defaultInterval: Duration.hours(6),
      widgets: [
        [header(`# LINE ↔ Genesys Cloud · ${props.market.name}`)],
        [
          new AlarmStatusWidget({
            title: "Alarms",
            alarms: props.alarms,
            width: DASHBOARD_WIDTH,
            height: 4,
          }),
        ],
        [header("## 1 · LINE webhook: customers' messages arrive")],
        webhookRow("LINE", inbound, metrics),
        [header("## 2 · Inbound queue: customers' messages wait, each customer's in order")],
        queueRow("Inbound", lineToGenesys.queue, maxAgeSeconds),
        [header("## 3 · Worker: customers' messages go to Genesys Cloud")],
        deliveryRow("Genesys Cloud", worker, metrics),
        [header("## 4 · Genesys webhook: agents' messages arrive")],
        webhookRow("Genesys", outboundWebhook, metrics),
        [header("## 5 · Outbound queue: agents' messages wait, each customer's in order")],
        queueRow("Outbound", genesysToLine.queue, maxAgeSeconds),
        [header("## 6 · Sender: agents' messages go to LINE")],
        deliveryRow("LINE", outboundSender, metrics),
        quotaRow(metrics, props.quotaPercent),
        [header("## Underneath: credentials, functions and the HTTP API")],
        credentialsRow(metrics),
        functionsRow(
          [
            lineToGenesys.webhook,
            lineToGenesys.worker,
            genesysToLine.webhook,
            genesysToLine.sender,
            props.quotaWatch.function,
          ],
          props.api,
        ),
      ],
    });
  }
}

function header(markdown: string): TextWidget {
  return new TextWidget({ markdown, width: DASHBOARD_WIDTH, height: 1 });
}
