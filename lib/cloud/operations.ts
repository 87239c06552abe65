import type { Table } from "aws-cdk-lib/aws-dynamodb";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import type { NamedMarket } from "../markets.ts";
import { AlarmTopic } from "./alarm-topic.ts";
import { brandAlarms } from "./brand-alarms.ts";
import { BridgeMetrics } from "./bridge-metrics.ts";
import { FlowDashboard } from "./flow-dashboard.ts";
import type { GenesysToLine } from "./genesys-to-line.ts";
import type { HourlyCheck } from "./hourly-check.ts";
import { ImpactAlarm } from "./impact-alarm.ts";
import type { LineToGenesys } from "./line-to-genesys.ts";
import type { MediaHosting } from "./media-hosting.ts";
import {
  errorAlarm,
  platformAlarms,
  queueAlarms,
  throttleAlarm,
  webhookAlarms,
} from "./part-alarms.ts";
import { SavedQueries } from "./saved-queries.ts";
import type { WebhookApi } from "./webhook-api.ts";

export interface OperationsProps {
  market: NamedMarket;
  lineToGenesys: LineToGenesys;
  genesysToLine: GenesysToLine;
  hourlyCheck: HourlyCheck;
  api: WebhookApi;
  table: Table;
  media: MediaHosting;
}

/** What people who run a market look at: alarms that say whom they hurt, and one dashboard, unless the market wants none. */
export class Operations extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { market, lineToGenesys, genesysToLine, hourlyCheck, api } = props;
    const topic = new AlarmTopic(this, "Alarms", market.alarmEmail);
    this.topic = topic;
    const metrics = new BridgeMetrics(market);
    const functions = {
      Inbound: lineToGenesys.webhook,
      Worker: lineToGenesys.worker,
      OutboundWebhook: genesysToLine.webhook,
      OutboundSender: genesysToLine.sender,
      OutboundImages: genesysToLine.images,
      HourlyCheck: hourlyCheck.function,
    };

    const { Inbound, Worker, OutboundWebhook, OutboundSender } = functions;
    const specs = [
      queueAlarms("Inbound", lineToGenesys.queues, SERVICES.worker, metrics),
      queueAlarms("Outbound", genesysToLine.queues, SERVICES.outboundSender, metrics),
      ...Object.entries(functions).map(([name, each]) => errorAlarm(name, each)),
      // Lambda runs the others later: the hourly check for six hours at most, images for a minute, and then again.
      throttleAlarm([Inbound, Worker, OutboundWebhook, OutboundSender]),
      webhookAlarms(api),
      platformAlarms(metrics),
      ...Object.keys(market.brands).map((brandKey) => brandAlarms(brandKey, metrics)),
    ];
    const alarms = specs
      .flatMap(Object.entries)
      .map(([alarmId, spec]) => new ImpactAlarm(this, alarmId, { ...spec, market, topic }));

    new SavedQueries(this, "Queries", Object.values(functions), api);
    if (market.dashboard) {
      new FlowDashboard(this, "Dashboard", {
        ...props,
        functions: Object.values(functions),
        metrics,
        alarms,
      });
    }
  }
}
