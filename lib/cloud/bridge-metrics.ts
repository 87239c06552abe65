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
  FAULTS,
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

  /** One line per brand, named after the brand key. Without a service for the faults, which have none. */
  perBrand(metric: MetricName, service?: string): MathExpression[] {
    return this.#brandKeys.map((key) => {
      const id = this.#id(service ?? "any", metric, key);
      return filled(id, key, this.ofBrand(key, metric, service));
    });
  }

  /** The count for one brand, with gaps where nothing was counted. Without a service for the faults, which have none. */
  ofBrand(brandKey: string, name: MetricName, service?: string): Metric {
    if (FAULTS.includes(name) !== (service === undefined)) throw new Error(`${name} of ${service}`);
    return this.#metric(name, service, brandKey, { statistic: Stats.SUM });
  }

  /** A line per brand: how many messages a service has delivered, for each of which it notes the time that it took. */
  delivered(time: GaugeName, service: string): MathExpression[] {
    return this.#brandKeys.map((brandKey) => {
      const metric = this.#metric(time, service, brandKey, { statistic: Stats.SAMPLE_COUNT });
      return filled(this.#id(service, `${time}Count`, brandKey), brandKey, metric);
    });
  }

  /**
   * The count of the market: a search, which names no brand, because the template has an end. For the dashboard
   * alone: an alarm takes no search.
   */
  total(label: string, metric: MetricName, service: string): MathExpression {
    const found = this.#search(metric, service);
    return new MathExpression({ expression: `SUM(FILL(${found},0))`, label, period: PERIOD });
  }

  /**
   * A line per brand, like `perBrand`, but by a search that names no brand, because the template has an end; none for
   * what has not been counted for two weeks. For the dashboard alone.
   */
  foundPerBrand(metric: MetricName, service?: string): MathExpression {
    return new MathExpression({
      expression: `FILL(${this.#search(metric, service)},0)`,
      label: `\${PROP('Dim.${DIMENSIONS.brand}')}`,
      period: PERIOD,
    });
  }

  /** All requests to a platform, and a line per class of answers that are not 2xx. */
  answers(platform: Platform): MathExpression[] {
    const { all, "4xx": refused, throttled, "5xx": faulty, none } = ANSWERS[platform];
    const line = (label: string, name: AnswerMetric) => {
      const metric = this.#metric(name, undefined, undefined, { statistic: Stats.SUM });
      return filled(this.#id("any", name, undefined), label, metric);
    };
    return [
      line("all", all),
      line("4xx except 429", refused),
      line("429", throttled),
      line("5xx", faulty),
      line("no answer", none),
    ];
  }

  /**
   * Percent of the requests to a platform that were answered with 429 or 5xx, or not at all, within 15 minutes;
   * 0 while these are fewer than `least`, so that one failure at night does not count.
   */
  failedShare(platform: Platform, least: number): MathExpression {
    const period = Duration.minutes(15);
    const sum = (name: AnswerMetric) =>
      this.#metric(name, undefined, undefined, { statistic: Stats.SUM, period });
    return new MathExpression({
      expression: `IF(FILL(failed,0) >= ${least}, 100 * FILL(failed,0) / FILL(all,1), 0)`,
      usingMetrics: { failed: sum(ANSWERS[platform].failed), all: sum(ANSWERS[platform].all) },
      label: "failed (%)",
      period,
    });
  }

  /**
   * How many requests to a brand's webhook were refused for their signature within 15 minutes in which none had the
   * right one; 0 as soon as one had. One genuine request proves the secret, so that all others were a stranger's. It
   * counts as accepted with any number, also with 0 where it holds nothing to forward.
   */
  refusedAlone(brandKey: string, service: string): MathExpression {
    const period = Duration.minutes(15);
    const sum = (name: MetricName) =>
      this.#metric(name, service, brandKey, { statistic: Stats.SUM, period });
    return new MathExpression({
      expression: "IF(FILL(accepted,-1) >= 0, 0, FILL(refused,0))",
      usingMetrics: { refused: sum(METRICS.signatureFailure), accepted: sum(METRICS.accepted) },
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

  /** A metric of one brand or of the whole market, of one service or of all. */
  #metric(
    metricName: string,
    service: string | undefined,
    brandKey: string | undefined,
    options: { statistic: string; label?: string; period?: Duration },
  ): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: {
        ...(service === undefined ? {} : { [DIMENSIONS.service]: service }),
        [DIMENSIONS.market]: this.#market.name,
        ...(brandKey === undefined ? {} : { [DIMENSIONS.brand]: brandKey }),
      },
      period: PERIOD,
      ...options,
    });
  }

  /**
   * All counts of the market by brand, of the last two weeks.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
   */
  #search(metric: MetricName, service: string | undefined): string {
    const ofService = service === undefined ? [] : [`${DIMENSIONS.service}="${service}"`];
    const schema = [
      METRICS_NAMESPACE,
      ...(service === undefined ? [] : [DIMENSIONS.service]),
      DIMENSIONS.market,
      DIMENSIONS.brand,
    ];
    const wanted = [
      `MetricName="${metric}"`,
      ...ofService,
      `${DIMENSIONS.market}="${this.#market.name}"`,
    ];
    return `SEARCH('{${schema.join(",")}} ${wanted.join(" ")}','Sum',${PERIOD.toSeconds()})`;
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
