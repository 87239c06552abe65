import type { Receive } from "./receives.ts";

/** A part of a message, the first time that it arrived at the other side. */
export interface FirstArrival {
  index: number;
  part: number;
  /** By the harness's clock, in ms. */
  at: number;
  /** The message's de-duplication id in its queue. */
  id: string;
  /** Its place in the queue; 0 for one that SQS was never seen to store. */
  sequence: bigint;
  /** When it was written, in ms of a clock that all messages of its direction share. */
  time: number | undefined;
}

/** Pairs of messages of one customer that arrived in another order than one of the two. */
export interface Swaps {
  /** Where what the function received explains it. */
  explained: { byTime: number; bySequence: number };
  /** Messages that arrived too early, though nothing explains it. */
  unexplained: { byTime: number[]; bySequence: number[] };
}

export function noSwaps(): Swaps {
  return {
    explained: { byTime: 0, bySequence: 0 },
    unexplained: { byTime: [], bySequence: [] },
  };
}

/**
 * Judges the order in which one customer's messages of one direction arrived, and adds to `swaps`. The
 * bridge goes by the queue's order from receive to receive, and by time within one. So a pair that is
 * swapped by time needs a receive that held one without the other; a pair that is swapped by sequence
 * needs a receive that held both.
 */
export function judgeOrder(
  arrived: readonly FirstArrival[],
  receives: ReadonlyMap<string, readonly Receive[]>,
  swaps: Swaps,
): void {
  // A pair of messages counts once, however many parts they have.
  const pairs = { byTime: new Set<string>(), bySequence: new Set<string>() };
  const tooEarly = { byTime: new Set<number>(), bySequence: new Set<number>() };
  for (const [place, first] of arrived.entries()) {
    for (const second of arrived.slice(place + 1)) {
      const swap = swapOf(first, second);
      if (swap === undefined) continue;
      if (isExplained(first, second, receives)) pairs[swap].add(`${first.index} ${second.index}`);
      else tooEarly[swap].add(first.index);
    }
  }
  for (const by of ["byTime", "bySequence"] as const) {
    swaps.explained[by] += pairs[by].size;
    swaps.unexplained[by].push(...tooEarly[by]);
  }
}

/** What is swapped by both is, first of all, swapped by sequence. */
function swapOf(first: FirstArrival, second: FirstArrival): keyof Swaps["explained"] | undefined {
  if (first.index === second.index) return first.part > second.part ? "bySequence" : undefined;
  if (first.sequence >= second.sequence) return "bySequence";
  return isLater(first, second) ? "byTime" : undefined;
}

/** Whether the function, by what it was given, had to deliver `first` before `second`. */
function isExplained(
  first: FirstArrival,
  second: FirstArrival,
  receives: ReadonlyMap<string, readonly Receive[]>,
): boolean {
  if (first.index === second.index) return false;
  return underWay(receives.get(first.id) ?? [], first.at).some(({ ids, isTimed }) => {
    if (!ids.includes(second.id)) return first.sequence < second.sequence;
    const goByTime = isTimed && first.time !== second.time;
    return goByTime ? isLater(second, first) : ids.indexOf(first.id) < ids.indexOf(second.id);
  });
}

/** The receives of a message that may have led to its arrival: the last one before, and each that was not over by then. */
function underWay(receives: readonly Receive[], arrivedAt: number): Receive[] {
  const before = receives.filter(({ at }) => at <= arrivedAt);
  return before.filter((receive) => receive.isExposed || receive === before.at(-1));
}

function isLater(one: FirstArrival, other: FirstArrival): boolean {
  return one.time !== undefined && other.time !== undefined && one.time > other.time;
}
