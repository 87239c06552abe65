import { GAUGES } from "../shared/contract/metric-names.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { ConfigurationFailure, RetryableFailure } from "../shared/failures/failures.ts";
import { countFault } from "../shared/function/count-fault.ts";
import type { BrandCounter, Count } from "../shared/function/counter.ts";
import type { Log } from "../shared/function/log.ts";
import type { LineClient } from "../shared/line/client.ts";
import { SecretFault } from "../shared/secrets/secret-fault.ts";
import type { SignIn } from "./sign-in.ts";

/** A brand as far as it is checked. */
export interface CheckedBrand extends Pick<BrandCounter, "count" | "measure"> {
  line: Pick<LineClient, "quota">;
  signIn: SignIn;
  /** Each line names the brand. */
  log: Log;
}

export interface HourlyCheckDependencies {
  brands: readonly CheckedBrand[];
  /** One call for each dead-letter queue, without which its alarms would see nothing after six hours. */
  keepReporting: readonly (() => Promise<void>)[];
  log: Log;
}

/**
 * Measures how much of each account's messages of this month is used, as LINE counts them, and proves
 * that the credentials of both sides are still good, before a message needs them. Asks about the dead-letter
 * queues, so that SQS reports on them. Scheduled. Throws at the end where something could not be found out, so that
 * Lambda runs it again, twice.
 */
export function createHandler({
  brands,
  keepReporting,
  log,
}: HourlyCheckDependencies): () => Promise<void> {
  return async () => {
    const outcomes = await Promise.all([
      ...brands.flatMap((brand) => [
        attempt("get the quota", brand, () => measureQuota(brand)),
        attempt("sign in to Genesys Cloud", brand, brand.signIn),
      ]),
      ...keepReporting.map((ask) => attempt("ask about a dead-letter queue", { log }, ask)),
    ]);
    const unknown = outcomes.filter((outcome) => outcome === "unknown").length;
    if (unknown > 0) throw new RetryableFailure(`${unknown} checks could not be made.`);
  };
}

async function measureQuota({ line, measure, log }: CheckedBrand): Promise<void> {
  const { limit, used } = await line.quota();
  log.info("LINE's messages of this month", { used, limit });
  measure(GAUGES.quotaUsedPercent, usedPercent(used, limit));
}

/** Nothing is used up of a plan without a limit; to say so ends an alarm from before. */
function usedPercent(used: number, limit: number | undefined): number {
  if (limit === undefined) return 0;
  return limit === 0 ? 100 : (100 * used) / limit;
}

/** `told` also where credentials are refused: that is a metric of its own, and another try fixes nothing. */
async function attempt(
  what: string,
  { count, log }: { count?: Count; log: Log },
  act: () => Promise<void>,
): Promise<"told" | "unknown"> {
  try {
    await act();
    return "told";
  } catch (error) {
    if (count !== undefined) countFault(error, count);
    log.warn(`Could not ${what}`, errorFields(error));
    return error instanceof SecretFault || error instanceof ConfigurationFailure
      ? "told"
      : "unknown";
  }
}
