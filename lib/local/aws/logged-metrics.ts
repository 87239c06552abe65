import * as z from "zod";
import type { LogLine } from "../log-line.ts";
import { parseJson } from "./aws-json.ts";

/** What a metric is known by in CloudWatch. */
interface MetricIdentity {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

/** The sums of what the functions have counted, by minutes as in CloudWatch. */
export interface LoggedMetrics {
  /** Takes the values of a line in the Embedded Metric Format; other lines are none of its business. */
  take(line: LogLine): void;
  /** The sum for each minute, in ms since 1970, in which there was a value. */
  sums(metric: MetricIdentity): ReadonlyMap<number, number>;
}

const MINUTE_MS = 60_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const embeddedMetrics = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

const metricValues = z.union([z.number().transform((one) => [one]), z.array(z.number())]);

export function createLoggedMetrics(): LoggedMetrics {
  const metrics = new Map<string, Map<number, number>>();

  function add(metric: MetricIdentity, minute: number, amount: number): void {
    const key = keyOf(metric);
    const sums = metrics.get(key) ?? new Map<number, number>();
    metrics.set(key, sums.set(minute, (sums.get(minute) ?? 0) + amount));
  }

  return {
    take({ stream, text }) {
      // Most lines are logs, which are not parsed for nothing.
      if (stream !== "stdout" || !text.startsWith('{"_aws":')) return;
      const parsed = embeddedMetrics.safeParse(parseJson(Buffer.from(text)));
      // A function that is killed can leave half a line.
      if (!parsed.success) return;
      const { _aws, ...members } = parsed.data;
      const minute = Math.floor(_aws.Timestamp / MINUTE_MS) * MINUTE_MS;
      for (const { Namespace: namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
        for (const names of Dimensions) {
          const dimensions = Object.fromEntries(names.map((name) => [name, String(members[name])]));
          for (const { Name: name } of Metrics) {
            for (const value of metricValues.parse(members[name])) {
              add({ namespace, name, dimensions }, minute, value);
            }
          }
        }
      }
    },
    sums: (metric) => metrics.get(keyOf(metric)) ?? new Map(),
  };
}

/** The order of dimensions is of no importance. */
function keyOf({ namespace, name, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
