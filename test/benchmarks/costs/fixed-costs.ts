import * as z from "zod";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import {
  HOURLY_CHECK_MILLISECONDS,
  ORDINARY_METRICS,
  POLLING,
  SECRET_READ_MINUTES,
} from "./counts.ts";
import { alarmMetrics, functionsOf, ofType, type Resource } from "./market-template.ts";
import type { Prices } from "./prices.ts";

/** What there is to pay for in a month, whether anybody writes or not. */
export interface FixedUnits {
  brands: number;
  alarmMetrics: number;
  /** Of our own: in a month in which people write all day and night, and in one in which nobody writes. */
  metrics: { busy: number; quiet: number };
  dashboards: number;
  secrets: number;
  secretReads: { busy: number; quiet: number };
  /** Receives that find nothing. */
  queueRequests: number;
  hourlyGigabyteSeconds: number;
}

const HOURS = 24 * 30;

const role = z.object({
  Policies: z.array(
    z.object({
      PolicyDocument: z.object({
        Statement: z.array(
          z.object({
            Action: z.union([z.string(), z.array(z.string())]),
            Resource: z.unknown(),
          }),
        ),
      }),
    }),
  ),
});

/** Counted in a market's template. */
export function fixedUnits(resources: readonly Resource[], brands: number): FixedUnits {
  const hourly = functionsOf(resources).get(SERVICES.hourlyCheck);
  // It reads two of each brand, and no function of messages reads all of its.
  const hourlyReads = 2 * brands;
  const busyReads = readableSecrets(resources) - hourlyReads;
  const queues = ofType(resources, "AWS::Lambda::EventSourceMapping").length;
  const { market, brand, quietBrand } = ORDINARY_METRICS;
  return {
    brands,
    alarmMetrics: alarmMetrics(resources),
    metrics: {
      busy: market.length + brands * brand.length,
      quiet: brands * quietBrand.length,
    },
    dashboards: ofType(resources, "AWS::CloudWatch::Dashboard").length,
    secrets: ofType(resources, "AWS::SecretsManager::Secret").length,
    secretReads: {
      busy: HOURS * (hourlyReads + (busyReads * 60) / SECRET_READ_MINUTES),
      quiet: HOURS * hourlyReads,
    },
    queueRequests: queues * POLLING.receives * ((HOURS * 3_600) / POLLING.seconds),
    hourlyGigabyteSeconds:
      (HOURS * HOURLY_CHECK_MILLISECONDS * (hourly?.megabytes ?? 0)) / 1_024_000,
  };
}

/** How many secrets the functions may read, each function for itself. */
function readableSecrets(resources: readonly Resource[]): number {
  return ofType(resources, "AWS::IAM::Role")
    .flatMap(({ Properties }) => role.parse(Properties).Policies)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes("secretsmanager:GetSecretValue"))
    .reduce((sum, { Resource: allowed }) => sum + [allowed].flat().length, 0);
}

/** USD a month for each kind of unit. */
export function fixedCosts(units: FixedUnits, prices: Prices, month: "busy" | "quiet") {
  return {
    alarms: units.alarmMetrics * prices.alarmMetric.usd,
    metrics: units.metrics[month] * prices.metric.usd,
    dashboard: units.dashboards * prices.dashboard.usd,
    secrets: units.secrets * prices.secret.usd,
    secretReads: (units.secretReads[month] / 1e6) * prices.secretReads.usd,
    polling: (units.queueRequests / 1e6) * prices.queueRequests.usd,
    hourlyCheck: units.hourlyGigabyteSeconds * prices.gigabyteSecond.usd,
  };
}

export function total(costs: Record<string, number>): number {
  return Object.values(costs).reduce((sum, each) => sum + each, 0);
}
