import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MiddlewareObj } from "@middy/core";
import { ANSWERS, type AnswerMetric, type Platform } from "../contract/answers.ts";
import {
  FAULTS,
  GAUGES,
  type GaugeName,
  type MetricName,
  WAITED,
} from "../contract/metric-names.ts";
import type { CountAnswer } from "../platform/count-answer.ts";
import { type MetricDocument, mergeDocuments } from "./merge-documents.ts";

const UNITS = {
  [GAUGES.timeToGenesys]: MetricUnit.Milliseconds,
  [GAUGES.timeToLine]: MetricUnit.Milliseconds,
  [GAUGES.quotaUsedPercent]: MetricUnit.Percent,
} satisfies Record<GaugeName, string>;

/** Counts something for a brand, once if no amount is given. */
export type Count = (metric: MetricName, amount?: number) => void;

/** The counts and values of one brand. They leave the function once, at the end of the invocation. */
export interface BrandCounter {
  count: Count;
  /** Notes a value, such as how long something took. */
  measure(gauge: GaugeName, value: number): void;
}

/**
 * Collects counts and values, by brand, its faults, and for the market, and writes them at the end of an
 * invocation in as few lines as the embedded metric format needs: mostly one.
 */
export interface Counter {
  forBrand(key: string): BrandCounter;
  /** Counts a platform's answers for the market: a metric per brand would cost more than it tells. */
  forAnswersOf(platform: Platform): CountAnswer;
  /**
   * Notes for how many seconds a brand's message has waited that goes back to its queue; the longest time of an
   * invocation counts.
   */
  noteWait(brand: string, seconds: number): void;
  /** Writes what was collected, also when the handler fails. */
  middleware: MiddlewareObj;
}

interface Collected {
  counts: Map<MetricName, number>;
  values: { gauge: GaugeName; value: number }[];
  waited?: number;
}

/** `metrics` have the dimensions service and market, `ofAllServices` have none. */
export function createCounter(
  { metrics, ofAllServices, market }: { metrics: Metrics; ofAllServices: Metrics; market: string },
  write: (line: string) => void,
): Counter {
  const brands = new Map<string, Collected>();
  const answers = new Map<AnswerMetric, number>();

  function collectedOf(brand: string): Collected {
    const collected = brands.get(brand) ?? { counts: new Map(), values: [] };
    brands.set(brand, collected);
    return collected;
  }

  function flush(): void {
    const documents: MetricDocument[] = [];
    for (const [brand, { counts, values, waited }] of brands) {
      const faults = [...counts].filter(([name]) => FAULTS.includes(name));
      const others = [...counts].filter(([name]) => !FAULTS.includes(name));
      for (const [name, amount] of others) metrics.addMetric(name, MetricUnit.Count, amount);
      for (const { gauge, value } of values) metrics.addMetric(gauge, UNITS[gauge], value);
      if (waited !== undefined) metrics.addMetric(WAITED, MetricUnit.Seconds, waited);
      if (metrics.hasStoredMetrics()) documents.push(documentOf(metrics, { brand }));
      if (faults.length > 0) documents.push(ofAll(faults, { brand }));
    }
    if (answers.size > 0) documents.push(ofAll(answers, {}));
    for (const document of mergeDocuments(documents)) write(`${JSON.stringify(document)}\n`);
    brands.clear();
    answers.clear();
  }

  function ofAll(counts: Iterable<[string, number]>, dimensions: { brand?: string }) {
    for (const [name, amount] of counts) {
      ofAllServices.addMetric(name, MetricUnit.Count, amount);
    }
    return documentOf(ofAllServices, { ...dimensions, market });
  }

  return {
    forBrand(key) {
      const count: Count = (metric, amount = 1) => add(collectedOf(key).counts, metric, amount);
      return {
        count,
        measure(gauge, value) {
          collectedOf(key).values.push({ gauge, value });
        },
      };
    },
    forAnswersOf(platform) {
      const names = ANSWERS[platform];
      return (answer) => {
        add(answers, names.all, 1);
        if (answer !== "2xx") add(answers, names[answer], 1);
        if (answer !== "2xx" && answer !== "4xx") add(answers, names.failed, 1);
      };
    },
    noteWait(brand, seconds) {
      const collected = collectedOf(brand);
      collected.waited = Math.max(seconds, collected.waited ?? 0);
    },
    middleware: { after: flush, onError: flush },
  };
}

function add<Key>(counts: Map<Key, number>, key: Key, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

/** What has been added to the metrics. */
function documentOf(metrics: Metrics, dimensions: Record<string, string>): MetricDocument {
  for (const [name, value] of Object.entries(dimensions)) metrics.addDimension(name, value);
  const document = metrics.serializeMetrics();
  metrics.clearMetrics();
  metrics.clearDimensions();
  return document;
}
