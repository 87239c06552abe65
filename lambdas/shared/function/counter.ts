import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { MiddlewareObj } from "@middy/core";
import { ANSWERS, type AnswerMetric, type Platform } from "../contract/answers.ts";
import type { InboundKind, OutboundKind } from "../contract/delivered-kinds.ts";
import {
  DIMENSIONS,
  GAUGES,
  type GaugeName,
  METRICS,
  type MetricName,
  WAITED,
} from "../contract/metric-names.ts";
import type { CountAnswer } from "../platform/count-answer.ts";
import { type MetricDocument, mergeDocuments } from "./merge-documents.ts";

const UNITS = {
  [GAUGES.timeToGenesys]: MetricUnit.Milliseconds,
  [GAUGES.timeToLine]: MetricUnit.Milliseconds,
  [GAUGES.quotaUsed]: MetricUnit.Count,
  [GAUGES.quotaLimit]: MetricUnit.Count,
  [GAUGES.quotaUsedPercent]: MetricUnit.Percent,
} satisfies Record<GaugeName, string>;

/** Counts something for a brand, once if no amount is given. */
export type Count = (metric: MetricName, amount?: number) => void;

/** The counts and values of one brand. They leave the function once, at the end of the invocation. */
export interface BrandCounter {
  count: Count;
  /** Counts METRICS.delivered, for the brand and for the kind of what was delivered. */
  countDelivered(kind: InboundKind | OutboundKind): void;
  /** Notes a value, such as how long something took. */
  measure(gauge: GaugeName, value: number): void;
}

/**
 * Collects counts and values, by brand, by kind delivered, and for the market, and writes them at the end of an
 * invocation in as few lines as the embedded metric format needs: mostly one.
 */
export interface Counter {
  forBrand(key: string): BrandCounter;
  /** Counts a platform's answers for the market: a metric per brand would cost more than it tells. */
  forAnswersOf(platform: Platform): CountAnswer;
  /** Notes for how many seconds a brand's message has waited that goes back to its queue; the longest time of an invocation counts. */
  noteWait(brand: string, seconds: number): void;
  /** Writes what was collected, also when the handler fails. */
  middleware: MiddlewareObj;
}

interface Collected {
  counts: Map<MetricName, number>;
  values: { gauge: GaugeName; value: number }[];
  waited?: number;
}

export function createCounter(metrics: Metrics, write: (line: string) => void): Counter {
  const brands = new Map<string, Collected>();
  const kinds = new Map<string, number>();
  const answers = new Map<AnswerMetric, number>();

  function collectedOf(brand: string): Collected {
    const collected = brands.get(brand) ?? { counts: new Map(), values: [] };
    brands.set(brand, collected);
    return collected;
  }

  /** What has been added to the metrics. */
  function take(): MetricDocument {
    const document = metrics.serializeMetrics();
    metrics.clearMetrics();
    metrics.clearDimensions();
    return document;
  }

  function flush(): void {
    const documents: MetricDocument[] = [];
    for (const [brand, { counts, values, waited }] of brands) {
      metrics.addDimension(DIMENSIONS.brand, brand);
      for (const [name, amount] of counts) metrics.addMetric(name, MetricUnit.Count, amount);
      for (const { gauge, value } of values) metrics.addMetric(gauge, UNITS[gauge], value);
      if (waited !== undefined) metrics.addMetric(WAITED, MetricUnit.Seconds, waited);
      documents.push(take());
    }
    for (const [kind, amount] of kinds) {
      metrics.addDimension(DIMENSIONS.kind, kind);
      metrics.addMetric(METRICS.delivered, MetricUnit.Count, amount);
      documents.push(take());
    }
    for (const [name, amount] of answers) metrics.addMetric(name, MetricUnit.Count, amount);
    if (answers.size > 0) documents.push(take());
    for (const document of mergeDocuments(documents)) write(`${JSON.stringify(document)}\n`);
    brands.clear();
    kinds.clear();
    answers.clear();
  }

  return {
    forBrand(key) {
      const count: Count = (metric, amount = 1) => add(collectedOf(key).counts, metric, amount);
      return {
        count,
        countDelivered(kind) {
          count(METRICS.delivered);
          add(kinds, kind, 1);
        },
        measure(gauge, value) {
          collectedOf(key).values.push({ gauge, value });
        },
      };
    },
    forAnswersOf: (platform) => (answer) => add(answers, ANSWERS[platform][answer], 1),
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
