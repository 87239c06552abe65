import type { MessageWay, Origin } from "../../message-way.ts";

/** Messages that wait for their next try. */
export interface Retries {
  count: number;
  /** When the first of them is tried; milliseconds since 1970, undefined where nothing says it. */
  nextTryAt: number | undefined;
}

/** The retries under way of a brand's messages from one side. */
export function retriesOf(ways: readonly MessageWay[], brand: string, from: Origin): Retries {
  const waiting = ways.filter(
    (way) =>
      way.brand === brand &&
      way.from === from &&
      (way.outcome === "trying again" || way.outcome === "waiting"),
  );
  const times = waiting.flatMap(({ nextTryAt }) => nextTryAt ?? []);
  return {
    count: waiting.length,
    nextTryAt: times.length > 0 ? Math.min(...times) : undefined,
  };
}
