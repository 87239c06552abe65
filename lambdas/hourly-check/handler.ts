import { GAUGES } from "../shared/contract/metric-names.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { ConfigurationFailure, RetryableFailure } from "../shared/failures/failures.ts";
import { type Count, countFault, type Measure } from "../shared/function/counter.ts";
import type { Log } from "../shared/function/log.ts";
import type { LineClient } from "../shared/line/client.ts";
import { SecretFault } from "../shared/secrets/secret-fault.ts";
import type { SignIn } from "./sign-in.ts";

export interface QuotaDependencies {
  brands: readonly string[];
  line: Pick<LineClient, "quota">;
  signIn: SignIn;
  measure: Measure;
  count: Count;
  log: Log;
}

/**
 * Tells how much of each account's messages of this month is used, as LINE counts them, and proves
 * that the credentials of both sides are still good, before a message needs them. Scheduled. Throws at
 * the end where something could not be found out, so that Lambda runs it again, twice.
 */
export function createHandler(deps: QuotaDependencies): () => Promise<void> {
  return async () => {
    const outcomes = await Promise.all(
      deps.brands.flatMap((brand) => [
        attempt("get the quota", brand, () => measureQuota(brand, deps), deps),
        attempt("sign in to Genesys Cloud", brand, () => deps.signIn(brand), deps),
      ]),
    );
    const unknown = outcomes.filter((outcome) => outcome === "unknown").length;
    if (unknown > 0) throw new RetryableFailure(`${unknown} checks could not be made.`);
  };
}

async function measureQuota(brand: string, { line, measure }: QuotaDependencies): Promise<void> {
  const { limit, used } = await line.quota(brand);
  measure(GAUGES.quotaUsed, brand, used);
  if (limit !== undefined) measure(GAUGES.quotaLimit, brand, limit);
  measure(GAUGES.quotaUsedPercent, brand, usedPercent(used, limit));
}

/** Of a plan without a limit nothing is used up; to say so ends an alarm from before. */
function usedPercent(used: number, limit: number | undefined): number {
  if (limit === undefined) return 0;
  return limit === 0 ? 100 : (100 * used) / limit;
}

/** `told` also where credentials are refused: that is a metric of its own, and another try mends nothing. */
async function attempt(
  what: string,
  brand: string,
  act: () => Promise<void>,
  { count, log }: QuotaDependencies,
): Promise<"told" | "unknown"> {
  try {
    await act();
    return "told";
  } catch (error) {
    countFault(error, brand, count);
    log.warn(`Could not ${what}`, { brand, ...errorFields(error) });
    return error instanceof SecretFault || error instanceof ConfigurationFailure
      ? "told"
      : "unknown";
  }
}
