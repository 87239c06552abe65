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

export interface ImpactAlarmProps {
  metric: IMetric;
  /** The alarm goes off when one value is above this. */
  threshold: number;
  /** `high`: messages are lost or stuck, act now. `medium`: look today. */
  severity: "high" | "medium";
  /** What it means for customers and agents, in words. */
  impact: string;
  /** Heading in README.md that says what to do, as an anchor without `#`. */
  runbook: string;
  /** Told when the alarm goes off and when it ends. */
  topic: ITopic;
  /** Default: no data is no problem. */
  treatMissingData?: TreatMissingData;
}

/** An alarm that cannot be made without saying whom it hurts and what to do about it. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    super(scope, id, {
      alarmName: `${Stack.of(scope).stackName}-${id}`,
      alarmDescription: `Severity: ${props.severity}. Impact: ${props.impact} Runbook: README.md#${props.runbook}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: props.treatMissingData ?? TreatMissingData.NOT_BREACHING,
    });
    this.addAlarmAction(new SnsAction(props.topic));
    this.addOkAction(new SnsAction(props.topic));
  }
}
