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
import { ConfigurationFailure } from "../failures/failures.ts";
import type { OnAnswer } from "../platform/answer-class.ts";
import { SecretFault } from "../secrets/secret-fault.ts";

const UNITS = {
  [GAUGES.timeToGenesys]: MetricUnit.Milliseconds,
  [GAUGES.timeToLine]: MetricUnit.Milliseconds,
  [GAUGES.quotaUsed]: MetricUnit.Count,
  [GAUGES.quotaLimit]: MetricUnit.Count,
  [GAUGES.quotaUsedPercent]: MetricUnit.Percent,
} satisfies Record<GaugeName, string>;

/** Counts something for a brand. The counts leave the function once, at the end of the invocation. */
export type Count = (metric: MetricName, brand: string, amount?: number) => void;

/** Counts METRICS.delivered, for the brand and for the kind of what was delivered. */
export type CountDelivered = (brand: string, kind: InboundKind | OutboundKind) => void;

/** Notes a value for a brand, such as how long something took. It leaves the function with the counts. */
export type Measure = (gauge: GaugeName, brand: string, value: number) => void;

/** Counts an answer of a platform, for the market: a metric per brand would cost more than it tells. */
export type CountAnswer = (metric: AnswerMetric) => void;

/** Notes for how many seconds a message has waited that goes back to its queue; the longest time of an invocation counts. */
export type NoteWait = (seconds: number) => void;

/** Collects counts and values and writes them as one EMF line per brand, per kind delivered, and for the market. */
export interface Counter {
  count: Count;
  countAnswer: CountAnswer;
  countDelivered: CountDelivered;
  measure: Measure;
  noteWait: NoteWait;
  /** Writes what was collected, also when the handler fails. */
  middleware: MiddlewareObj;
}

interface Collected {
  counts: Map<MetricName, number>;
  values: { gauge: GaugeName; value: number }[];
}

export function createCounter(metrics: Metrics): Counter {
  const brands = new Map<string, Collected>();
  const kinds = new Map<string, number>();
  const answers = new Map<AnswerMetric, number>();
  let waited: number | undefined;

  const of = (brand: string): Collected => {
    const collected = brands.get(brand) ?? { counts: new Map(), values: [] };
    brands.set(brand, collected);
    return collected;
  };

  const count: Count = (metric, brand, amount = 1) => add(of(brand).counts, metric, amount);

  const flush = (): void => {
    for (const [brand, { counts, values }] of brands) {
      metrics.addDimension(DIMENSIONS.brand, brand);
      for (const [name, amount] of counts) metrics.addMetric(name, MetricUnit.Count, amount);
      for (const { gauge, value } of values) metrics.addMetric(gauge, UNITS[gauge], value);
      metrics.publishStoredMetrics();
    }
    for (const [kind, amount] of kinds) {
      metrics.addDimension(DIMENSIONS.kind, kind);
      metrics.addMetric(METRICS.delivered, MetricUnit.Count, amount);
      metrics.publishStoredMetrics();
    }
    for (const [name, amount] of answers) metrics.addMetric(name, MetricUnit.Count, amount);
    if (waited !== undefined) metrics.addMetric(WAITED, MetricUnit.Seconds, waited);
    if (answers.size > 0 || waited !== undefined) metrics.publishStoredMetrics();
    brands.clear();
    kinds.clear();
    answers.clear();
    waited = undefined;
  };

  return {
    count,
    countAnswer: (metric) => add(answers, metric, 1),
    countDelivered(brand, kind) {
      count(METRICS.delivered, brand);
      add(kinds, kind, 1);
    },
    measure(gauge, brand, value) {
      of(brand).values.push({ gauge, value });
    },
    noteWait(seconds) {
      waited = Math.max(seconds, waited ?? 0);
    },
    middleware: { after: flush, onError: flush },
  };
}

function add<Key>(counts: Map<Key, number>, key: Key, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

const ACCESS_REFUSED = {
  genesys: METRICS.genesysAccessRefused,
  line: METRICS.lineAccessRefused,
} as const;

/** Counts what waiting does not mend: a secret that cannot be used, access that a platform refuses. */
export function countFault(error: unknown, brand: string, count: Count): void {
  if (error instanceof SecretFault) count(METRICS.secretFault, brand);
  if (error instanceof ConfigurationFailure) count(ACCESS_REFUSED[error.platform], brand);
}

/** Counts a platform's answers by their class. */
export function countAnswers(platform: Platform, countAnswer: CountAnswer): OnAnswer {
  return (answer) => countAnswer(ANSWERS[platform][answer]);
}
