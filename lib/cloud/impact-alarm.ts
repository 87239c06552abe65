import { Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import type { NamedMarket } from "../markets.ts";
import { runbookAt } from "./runbook.ts";

/** What an alarm watches, and what it says. */
export interface AlarmSpec {
  metric: IMetric;
  /** The alarm goes off when one value is above this. */
  threshold: number;
  /** `high`: messages are lost or stuck, act now. `medium`: look today. */
  severity: "high" | "medium";
  /** What it means for customers and agents, in words. */
  impact: string;
  /** Heading in lib/cloud/RUNBOOK.md that says what to do. */
  runbook: string;
  /** For how many values the alarm stays on after the last one that was too high; 1 if left out. */
  heldFor?: number;
  /** Default: no data is no problem. */
  treatMissingData?: TreatMissingData;
}

export interface ImpactAlarmProps extends AlarmSpec {
  market: NamedMarket;
  /** Told when the alarm goes off and when it ends. */
  topic: ITopic;
}

/** An alarm that cannot be made without saying whom it hurts and what to do about it. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    const runbook = runbookAt(props.market, props.runbook);
    super(scope, id, {
      alarmName: `${Stack.of(scope).stackName}-${id}`,
      alarmDescription: `Severity: ${props.severity}. Impact: ${props.impact} Runbook: ${runbook}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: props.heldFor ?? 1,
      datapointsToAlarm: 1,
      treatMissingData: props.treatMissingData ?? TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
    this.addOkAction(new SnsAction(props.topic));
  }
}
