import type { MessageWay, Origin } from "../../message-way.ts";
import { pauseText } from "../local-time.ts";

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

const RETRY = "Will try a message again";

/**
 * For example ` after 7 tries in 1 min 22 s`, of a message that has been delivered; nothing where it was at the first
 * try.
 */
export function triesText({ outcome, steps, leftOut }: MessageWay): string {
  const retries = steps.filter(({ message }) => message === RETRY).length;
  const [first, last] = [
    steps[0],
    steps.findLast(({ message }) => message.startsWith("Delivered")),
  ];
  if (outcome !== "delivered" || retries === 0 || first === undefined || last === undefined)
    return "";
  const atLeast = leftOut > 0 ? "more than " : "";
  return ` after ${atLeast}${retries + 1} tries in ${pauseText(last.at - first.at)}`;
}
