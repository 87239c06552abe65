import type { Spoken } from "./conversation.ts";
import { isInWindow, LULL_MS, windowOf } from "./troubles.ts";

/**
 * All that is said, in the order in which it is begun, each with the ms after the start at which it is due: a
 * message every `pauseMs`, but for the lull before the window and the burst at the window's beginning.
 */
export function timetable(
  spoken: readonly Spoken[],
  pauseMs: number,
): { one: Spoken; atMs: number }[] {
  const { from } = windowOf(spoken.length);
  const dueMs = ({ index, brandKey }: Spoken) => {
    const isAtOnce = brandKey === "burst" && isInWindow(index, spoken.length);
    return (isAtOnce ? from : index) * pauseMs + (index >= from ? LULL_MS : 0);
  };
  return spoken
    .map((one) => ({ one, atMs: dueMs(one) }))
    .toSorted((one, other) => one.atMs - other.atMs);
}
