import type { Template } from "aws-cdk-lib/assertions";

/** The alarms of a template. */
export function alarmsOf(template: Template) {
  return Object.entries(template.findResources("AWS::CloudWatch::Alarm")).map(([id, alarm]) => ({
    id,
    ...alarm.Properties,
  }));
}

/** The end of the alarm's name, `SecretFault-retail-thai` for example. */
export function alarmOf(template: Template, name: string) {
  const found = alarmsOf(template).find(
    ({ AlarmName }) => AlarmName === `LineGenesysBridge-Thailand-${name}`,
  );
  if (found === undefined) throw new Error(`no alarm ${name}`);
  return found;
}

export interface MetricData {
  Id: string;
  Expression?: string;
  MetricStat?: {
    Period: number;
    Metric: { MetricName: string; Dimensions: { Name: string; Value: string }[] };
  };
}

/** The metrics of an alarm on an expression: `worker GenesysAnswered429`. */
export function metricsOf({ Metrics }: { Metrics?: MetricData[] }): string[] {
  return (Metrics ?? []).flatMap(({ MetricStat }) => {
    if (MetricStat === undefined) return [];
    const { MetricName, Dimensions } = MetricStat.Metric;
    return `${Dimensions.find(({ Name }) => Name === "service")?.Value} ${MetricName}`;
  });
}
