import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MiddlewareObj } from "@middy/core";
import { DIMENSIONS, type METRICS } from "./names.ts";

export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** Counts something for a brand. The counts leave the function once, at the end of the invocation. */
export type Count = (metric: MetricName, brand: string, amount?: number) => void;

/** Collects counts and writes them as one EMF line per brand. */
export interface Counter {
  count: Count;
  /** Writes what was counted, also when the handler fails. */
  middleware: MiddlewareObj;
}

export function createCounter(metrics: Metrics): Counter {
  const counts = new Map<string, Map<MetricName, number>>();

  const flush = (): void => {
    for (const [brand, amounts] of counts) {
      metrics.addDimension(DIMENSIONS.brand, brand);
      for (const [name, amount] of amounts) metrics.addMetric(name, MetricUnit.Count, amount);
      metrics.publishStoredMetrics();
    }
    counts.clear();
  };

  return {
    count(metric, brand, amount = 1) {
      const amounts = counts.get(brand) ?? new Map<MetricName, number>();
      amounts.set(metric, (amounts.get(metric) ?? 0) + amount);
      counts.set(brand, amounts);
    },
    middleware: { after: flush, onError: flush },
  };
}
