import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import {
  ANSWERS,
  type AnswerMetric,
  type Platform,
} from "../../lambdas/shared/contract/answers.ts";
import {
  DIMENSIONS,
  type GaugeName,
  METRICS,
  METRICS_NAMESPACE,
  type MetricName,
  WAITED,
} from "../../lambdas/shared/contract/metric-names.ts";
import type { NamedMarket } from "../markets.ts";
import { PERIOD } from "./graph.ts";

/**
 * The metrics that the functions of one market emit: counts for each brand, platforms' answers for the
 * market. A metric exists only once something was counted, so every count is filled with zeros, and
 * totals are sums over brands.
 */
export class BridgeMetrics {
  readonly #market: NamedMarket;
  readonly #brandKeys: string[];

  constructor(market: NamedMarket) {
    this.#market = market;
    this.#brandKeys = Object.keys(market.brands);
  }

  /** One line per brand, named after the brand key. */
  perBrand(metric: MetricName, ...services: string[]): MathExpression[] {
    return this.#brandKeys.map((key) => this.ofBrand(key, metric, ...services));
  }

  /** The count for one brand, summed over the services. */
  ofBrand(brandKey: string, metric: MetricName, ...services: string[]): MathExpression {
    return this.#sum(brandKey, [metric], services, brandKey);
  }

  /**
   * The count of the market, summed over the services: a search, which names no brand, because the template has
   * an end. For the dashboard alone: an alarm takes no search.
   */
  total(label: string, metric: MetricName, ...services: string[]): MathExpression {
    const found = this.#search(DIMENSIONS.brand, metric, ...services);
    return new MathExpression({ expression: `SUM(FILL(${found},0))`, label, period: PERIOD });
  }

  /** A line per kind of message that a service has delivered. */
  deliveredByKind(service: string): MathExpression {
    return this.#found(DIMENSIONS.kind, METRICS.delivered, service);
  }

  /** A line per brand, like `perBrand`, but by a search that names no brand, because the template has an end. */
  foundPerBrand(metric: MetricName, service: string): MathExpression {
    return this.#found(DIMENSIONS.brand, metric, service);
  }

  /** A line per class of a platform's answers to the services. */
  answers(platform: Platform, ...services: string[]): MathExpression[] {
    const { "2xx": accepted, "4xx": refused, throttled, "5xx": faulty, none } = ANSWERS[platform];
    const line = (label: string, answer: AnswerMetric) => this.#sum(label, [answer], services);
    return [
      line("2xx", accepted),
      line("4xx, but 429", refused),
      line("429", throttled),
      line("5xx", faulty),
      line("no answer", none),
    ];
  }

  /**
   * Percent of a service's requests to a platform that were answered with 429 or 5xx, or not at all,
   * within 15 minutes; 0 while these are fewer than `least`, so that one failure at night does not count.
   */
  failedShare(platform: Platform, service: string, least: number): MathExpression {
    const { throttled, "5xx": faulty, none, ...others } = ANSWERS[platform];
    const failures = [throttled, faulty, none];
    const answers = [...failures, ...Object.values(others)];
    return new MathExpression({
      expression: `IF(failed >= ${least}, 100 * failed / answered, 0)`,
      usingMetrics: {
        failed: this.#sum("failed", failures, [service]),
        answered: this.#sum("answered", answers, [service]),
      },
      label: "failed (%)",
      period: Duration.minutes(15),
    });
  }

  /**
   * How many requests to a brand's webhook were refused for their signature within 15 minutes in which none had the
   * right one; 0 as soon as one had. One genuine request proves the secret, so that all others were a stranger's.
   * `genuine` are the counts of signed requests.
   */
  refusedAlone(brandKey: string, service: string, genuine: MetricName[]): MathExpression {
    const period = Duration.minutes(15);
    const sum = (name: MetricName) =>
      this.#metric(name, service, brandKey, { statistic: Stats.SUM, period });
    const signed = genuine.map((name): [string, Metric] => [name.toLowerCase(), sum(name)]);
    const total = signed.map(([id]) => `FILL(${id},0)`).join(" + ");
    return new MathExpression({
      expression: `IF(${total} > 0, 0, FILL(refused,0))`,
      usingMetrics: { refused: sum(METRICS.signatureFailure), ...Object.fromEntries(signed) },
      period,
    });
  }

  /**
   * Age (s) of a brand's oldest message in a queue. SQS may leave out a message that was received three
   * times; the consumer's own metric, which is missing while none fails or is put off, has it. `index` keeps
   * the brands of one graph apart.
   */
  oldestMessage(queue: Queue, brandKey: string, consumer: string, period: Duration, index = "") {
    return new MathExpression({
      expression: `MAX([FILL(age${index},0),FILL(waited${index},0)])`,
      usingMetrics: {
        [`age${index}`]: queue.metricApproximateAgeOfOldestMessage({
          statistic: Stats.MAXIMUM,
          period,
        }),
        [`waited${index}`]: this.#metric(WAITED, consumer, brandKey, {
          statistic: Stats.MAXIMUM,
          period,
        }),
      },
      label: brandKey,
      period,
    });
  }

  /** A line per brand and statistic. Not filled: where nothing happened there is no value, not 0. */
  gauges(gauge: GaugeName, service: string, ...statistics: string[]): Metric[] {
    return this.#brandKeys.flatMap((brandKey) =>
      statistics.map((statistic) => this.gauge(brandKey, gauge, service, statistic)),
    );
  }

  gauge(brandKey: string, gauge: GaugeName, service: string, statistic: string): Metric {
    const label = statistic === Stats.MAXIMUM ? brandKey : `${brandKey} ${statistic}`;
    return this.#metric(gauge, service, brandKey, { statistic, label });
  }

  /** A metric of one brand, or of the whole market. */
  #metric(
    metricName: string,
    service: string,
    brandKey: string | undefined,
    options: { statistic: string; label?: string; period?: Duration },
  ): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: {
        [DIMENSIONS.service]: service,
        [DIMENSIONS.market]: this.#market.name,
        ...(brandKey === undefined ? {} : { [DIMENSIONS.brand]: brandKey }),
      },
      period: PERIOD,
      ...options,
    });
  }

  /** A line per value of this further dimension; none for what has not been counted for two weeks. For the dashboard alone. */
  #found(dimension: string, metric: MetricName, service: string): MathExpression {
    return new MathExpression({
      expression: `FILL(${this.#search(dimension, metric, service)},0)`,
      label: `\${PROP('Dim.${dimension}')}`,
      period: PERIOD,
    });
  }

  /** All counts of the market with this further dimension, of the last two weeks. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html */
  #search(dimension: string, metric: MetricName, ...services: string[]): string {
    const schema = [METRICS_NAMESPACE, DIMENSIONS.service, DIMENSIONS.market, dimension];
    const any = services.map((service) => `${DIMENSIONS.service}="${service}"`).join(" OR ");
    const wanted = [
      `MetricName="${metric}"`,
      services.length > 1 ? `(${any})` : any,
      `${DIMENSIONS.market}="${this.#market.name}"`,
    ];
    return `SEARCH('{${schema.join(",")}} ${wanted.join(" ")}','Sum',${PERIOD.toSeconds()})`;
  }

  #sum(
    label: string,
    metricNames: (MetricName | AnswerMetric)[],
    services: string[],
    brandKey?: string,
  ): MathExpression {
    const parts = services.flatMap((service) =>
      metricNames.map((metricName): [string, Metric] => [
        this.#id(service, metricName, brandKey),
        this.#metric(metricName, service, brandKey, { statistic: Stats.SUM }),
      ]),
    );
    const filled = parts.map(([id]) => `FILL(${id},0)`);
    return new MathExpression({
      expression: filled.length === 1 ? filled.join() : `SUM([${filled.join(",")}])`,
      usingMetrics: Object.fromEntries(parts),
      label,
      period: PERIOD,
    });
  }

  /** Unique among all metrics of a widget; CloudWatch wants a lower-case letter first. */
  #id(service: string, metricName: string, brandKey: string | undefined): string {
    const index = brandKey === undefined ? "" : this.#brandKeys.indexOf(brandKey);
    return `${service.replaceAll("-", "")}${metricName}${index}`;
  }
}

/**
 * A metric of AWS without gaps. `gap` replaces a missing value: 0, or REPEAT where missing means
 * unchanged.
 */
export function filled(
  id: string,
  label: string,
  metric: IMetric,
  gap: "0" | "REPEAT" = "0",
): MathExpression {
  return new MathExpression({
    expression: `FILL(${id},${gap})`,
    usingMetrics: { [id]: metric },
    label,
    period: PERIOD,
  });
}
