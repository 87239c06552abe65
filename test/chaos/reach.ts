import type { Spoken } from "./conversation.ts";
import type { Ledger } from "./ledger.ts";
import { isHealthy, isInWindow } from "./troubles.ts";

/** How long some messages took, in ms. */
export interface Times {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** When messages had arrived as a whole, by index, in ms of the harness's clock. */
type Arrived = ReadonlyMap<number, number>;

/** How long healthy brands' messages of the window took, from the webhook's post, while the troubles went on. */
export function besideTroubles(
  ledger: Ledger,
  said: readonly Spoken[],
  arrived: Arrived,
  until = Number.POSITIVE_INFINITY,
): Times {
  const measured = said.filter(
    ({ index, brandKey }) =>
      isHealthy(brandKey) &&
      isInWindow(index, ledger.spoken.length) &&
      (ledger.askedAt.get(index) ?? 0) < until,
  );
  return times(measured.map(({ index }) => since(arrived.get(index), ledger.askedAt.get(index))));
}

/**
 * How long the messages of the window of the brand that was down took from when it was up again. Nobody
 * measures the customer of the message that stayed stuck.
 */
export function afterTroubles(
  ledger: Ledger,
  said: readonly Spoken[],
  arrived: Arrived,
  { until, stuck }: { until: number | undefined; stuck: Spoken | undefined },
): Times {
  const measured = said.filter(
    ({ index, brandKey, customer }) =>
      brandKey === "down" &&
      isInWindow(index, ledger.spoken.length) &&
      customer.userId !== stuck?.customer.userId,
  );
  return times(measured.map(({ index }) => since(arrived.get(index), until)));
}

/** What has not arrived is judged as lost. */
function since(at: number | undefined, from: number | undefined): number | undefined {
  return at === undefined || from === undefined ? undefined : Math.max(0, at - from);
}

function times(measured: readonly (number | undefined)[]): Times {
  const sorted = measured.filter((ms) => ms !== undefined).toSorted((one, other) => one - other);
  const quantile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { count: sorted.length, p50: quantile(0.5), p95: quantile(0.95), max: quantile(1) };
}
