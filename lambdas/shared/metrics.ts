import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MiddlewareObj } from "@middy/core";
import { DIMENSIONS, GAUGES, type METRICS } from "./names.ts";

export type MetricName = (typeof METRICS)[keyof typeof METRICS];
export type GaugeName = (typeof GAUGES)[keyof typeof GAUGES];

const UNITS = {
  [GAUGES.timeToGenesys]: MetricUnit.Milliseconds,
  [GAUGES.timeToLine]: MetricUnit.Milliseconds,
  [GAUGES.quotaUsed]: MetricUnit.Count,
  [GAUGES.quotaLimit]: MetricUnit.Count,
  [GAUGES.quotaUsedPercent]: MetricUnit.Percent,
} satisfies Record<GaugeName, string>;

/** Counts something for a brand. The counts leave the function once, at the end of the invocation. */
export type Count = (metric: MetricName, brand: string, amount?: number) => void;

/** Notes a value for a brand, such as how long something took. It leaves the function with the counts. */
export type Measure = (gauge: GaugeName, brand: string, value: number) => void;

/** Collects counts and values and writes them as one EMF line per brand. */
export interface Counter {
  count: Count;
  measure: Measure;
  /** Writes what was collected, also when the handler fails. */
  middleware: MiddlewareObj;
}

interface Collected {
  counts: Map<MetricName, number>;
  values: { gauge: GaugeName; value: number }[];
}

export function createCounter(metrics: Metrics): Counter {
  const brands = new Map<string, Collected>();

  const of = (brand: string): Collected => {
    const collected = brands.get(brand) ?? { counts: new Map(), values: [] };
    brands.set(brand, collected);
    return collected;
  };

  const flush = (): void => {
    for (const [brand, { counts, values }] of brands) {
      metrics.addDimension(DIMENSIONS.brand, brand);
      for (const [name, amount] of counts) metrics.addMetric(name, MetricUnit.Count, amount);
      for (const { gauge, value } of values) metrics.addMetric(gauge, UNITS[gauge], value);
      metrics.publishStoredMetrics();
    }
    brands.clear();
  };

  return {
    count(metric, brand, amount = 1) {
      const { counts } = of(brand);
      counts.set(metric, (counts.get(metric) ?? 0) + amount);
    },
    measure(gauge, brand, value) {
      of(brand).values.push({ gauge, value });
    },
    middleware: { after: flush, onError: flush },
  };
}
