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

interface Dimension {
  Name: string;
  /** Text, or a reference. */
  Value: unknown;
}

interface MetricData {
  Id: string;
  Expression?: string;
  MetricStat?: {
    Period: number;
    Stat: string;
    Metric: { Namespace: string; MetricName: string; Dimensions: Dimension[] };
  };
}

/** What an alarm watches: one metric, or several by an expression. */
export interface Watching {
  Metrics?: MetricData[];
  MetricName?: string;
  Dimensions?: Dimension[];
}

/** The metrics of an alarm, each of which AWS bills: `inbound Accepted`, or only the name where it has no service. */
export function metricsOf({ Metrics, MetricName = "", Dimensions = [] }: Watching): string[] {
  if (Metrics === undefined) return [described(MetricName, Dimensions)];
  return Metrics.flatMap(({ MetricStat }) =>
    MetricStat === undefined
      ? []
      : [described(MetricStat.Metric.MetricName, MetricStat.Metric.Dimensions)],
  );
}

function described(name: string, dimensions: Dimension[]): string {
  const service = dimensions.find(({ Name }) => Name === "service")?.Value;
  return service === undefined ? name : `${service} ${name}`;
}
