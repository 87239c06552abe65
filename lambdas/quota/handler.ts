import { ConfigurationFailure, errorFields, SecretFault } from "../shared/errors.ts";
import type { LineClient } from "../shared/line/client.ts";
import type { Log } from "../shared/logging.ts";
import type { Count, Measure } from "../shared/metrics.ts";
import { GAUGES, METRICS } from "../shared/names.ts";

export interface QuotaDependencies {
  brands: readonly string[];
  line: Pick<LineClient, "quota">;
  measure: Measure;
  count: Count;
  log: Log;
}

/**
 * Tells how much of each account's messages of this month is used, as LINE counts them. Scheduled;
 * a brand whose account cannot be asked is missing in this hour's metrics.
 */
export function createHandler(deps: QuotaDependencies): () => Promise<void> {
  return async () => {
    await Promise.all(deps.brands.map((brand) => measureBrand(brand, deps)));
  };
}

async function measureBrand(brand: string, deps: QuotaDependencies): Promise<void> {
  try {
    const { limit, used } = await deps.line.quota(brand);
    deps.measure(GAUGES.quotaUsed, brand, used);
    // A plan without a limit has no share that could be used up.
    if (limit === undefined) return;
    deps.measure(GAUGES.quotaLimit, brand, limit);
    deps.measure(GAUGES.quotaUsedPercent, brand, limit === 0 ? 100 : (100 * used) / limit);
  } catch (error) {
    if (error instanceof SecretFault) deps.count(METRICS.secretFault, brand);
    if (error instanceof ConfigurationFailure) deps.count(METRICS.configurationFailure, brand);
    deps.log.warn("Could not get the quota", { brand, ...errorFields(error) });
  }
}
