import type { Watching } from "./alarms.ts";
import { evaluate, type Values } from "./metric-math.ts";

/** A value that a metric got in a minute, counted from 0. Dimensions are those of the template, references included. */
export interface Datum {
  namespace: string;
  name: string;
  dimensions: Record<string, unknown>;
  minute: number;
  value: number;
}

/** An alarm of a template. */
export interface Alarm extends Watching {
  Threshold: number;
  EvaluationPeriods: number;
  DatapointsToAlarm: number;
  TreatMissingData: string;
  Namespace?: string;
  Period?: number;
  Statistic?: string;
}

interface Watched {
  id: string;
  key: string;
  minutes: number;
  statistic: string;
}

const STATISTICS: Record<string, (values: number[]) => number> = {
  Sum: (values) => values.reduce((sum, one) => sum + one, 0),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

/**
 * The minutes of the first `minutes` at whose end the alarm is on. CloudWatch looks every minute at the periods that end
 * there; what is missing is no value of an expression that does not fill it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function minutesOn(alarm: Alarm, data: readonly Datum[], minutes: number): number[] {
  const watched = watchedBy(alarm);
  const period = watched[0]?.minutes ?? 1;
  const byKey = Map.groupBy(data, keyOf);
  const valueAt = (end: number): number | undefined => {
    const values: Values = Object.fromEntries(
      watched.map(({ id, key, statistic }) => {
        const within = (byKey.get(key) ?? []).filter(
          ({ minute }) => minute >= end - period && minute < end,
        );
        const compute = STATISTICS[statistic];
        if (compute === undefined) throw new Error(`statistic ${statistic}`);
        return [id, within.length === 0 ? undefined : compute(within.map(({ value }) => value))];
      }),
    );
    const expression = alarm.Metrics?.find(({ Expression }) => Expression)?.Expression;
    return expression === undefined ? values[watched[0]?.id ?? ""] : evaluate(expression, values);
  };
  const on: number[] = [];
  for (let at = 0; at < minutes; at++) {
    const values = Array.from({ length: alarm.EvaluationPeriods }, (_, n) =>
      valueAt(at + 1 - n * period),
    );
    const tooHigh = values.filter((value) => value !== undefined && value > alarm.Threshold);
    const isUnknown = values.every((value) => value === undefined);
    const isKept = isUnknown && alarm.TreatMissingData === "ignore" && on.at(-1) === at - 1;
    if (tooHigh.length >= alarm.DatapointsToAlarm || isKept) on.push(at);
  }
  return on;
}

function watchedBy(alarm: Alarm): Watched[] {
  const { Metrics, Namespace = "", MetricName = "", Dimensions = [], Period = 0 } = alarm;
  if (Metrics === undefined) {
    const key = keyOf({ namespace: Namespace, name: MetricName, dimensions: byName(Dimensions) });
    return [{ id: "metric", key, minutes: Period / 60, statistic: alarm.Statistic ?? "" }];
  }
  return Metrics.flatMap(({ Id, MetricStat }) => {
    if (MetricStat === undefined) return [];
    const { Metric, Period: seconds, Stat } = MetricStat;
    const dimensions = byName(Metric.Dimensions);
    const key = keyOf({ namespace: Metric.Namespace, name: Metric.MetricName, dimensions });
    return [{ id: Id, key, minutes: seconds / 60, statistic: Stat }];
  });
}

function byName(dimensions: { Name: string; Value: unknown }[]): Record<string, unknown> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}

function keyOf({ namespace, name, dimensions }: Omit<Datum, "minute" | "value">): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
