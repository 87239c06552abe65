import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import {
  DIMENSIONS,
  type GAUGES,
  type METRICS,
  METRICS_NAMESPACE,
} from "../../lambdas/shared/names.ts";
import type { NamedMarket } from "../markets.ts";

const PERIOD = Duration.minutes(5);

type BridgeMetric = (typeof METRICS)[keyof typeof METRICS];
type BridgeGauge = (typeof GAUGES)[keyof typeof GAUGES];

/**
 * The metrics that the functions of one market emit. They have a dimension per brand and exist only
 * when something was counted, so every one is filled with zeros and totals are sums over brands.
 */
export class BridgeMetrics {
  readonly #market: NamedMarket;

  constructor(market: NamedMarket) {
    this.#market = market;
  }

  /** One line per brand, named after the brand key. */
  perBrand(metric: BridgeMetric, ...services: string[]): MathExpression[] {
    return Object.keys(this.#market.brands).map((key) => this.ofBrand(key, metric, ...services));
  }

  /** The count for one brand, summed over the services. */
  ofBrand(brandKey: string, metric: BridgeMetric, ...services: string[]): MathExpression {
    return this.#sum(brandKey, metric, [brandKey], services);
  }

  /** The count of all brands, summed over the services. */
  total(label: string, metric: BridgeMetric, ...services: string[]): MathExpression {
    return this.#sum(label, metric, Object.keys(this.#market.brands), services);
  }

  /** A line per brand and statistic. Not filled: where nothing happened there is no value, not 0. */
  gauges(gauge: BridgeGauge, service: string, ...statistics: string[]): Metric[] {
    return Object.keys(this.#market.brands).flatMap((brandKey) =>
      statistics.map((statistic) => this.gauge(brandKey, gauge, service, statistic)),
    );
  }

  gauge(brandKey: string, gauge: BridgeGauge, service: string, statistic: string): Metric {
    const label = statistic === Stats.MAXIMUM ? brandKey : `${brandKey} ${statistic}`;
    return this.#metric(brandKey, gauge, service, { statistic, label });
  }

  #metric(
    brandKey: string,
    metricName: string,
    service: string,
    options: { statistic: string; label?: string },
  ): Metric {
    return new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: {
        [DIMENSIONS.service]: service,
        [DIMENSIONS.market]: this.#market.name,
        [DIMENSIONS.brand]: brandKey,
      },
      period: PERIOD,
      ...options,
    });
  }

  #sum(
    label: string,
    metricName: BridgeMetric,
    brandKeys: string[],
    services: string[],
  ): MathExpression {
    const parts = services.flatMap((service) =>
      brandKeys.map((brandKey): [string, Metric] => [
        this.#id(service, metricName, brandKey),
        this.#metric(brandKey, metricName, service, { statistic: Stats.SUM }),
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
  #id(service: string, metricName: string, brandKey: string): string {
    const index = Object.keys(this.#market.brands).indexOf(brandKey);
    return `${service.replaceAll("-", "")}${metricName}${index}`;
  }
}

/**
 * A metric of AWS without gaps. `gap` is what stands in for a missing value: 0, or REPEAT where
 * missing means unchanged.
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
