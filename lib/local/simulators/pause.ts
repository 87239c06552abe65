import { setTimeout as wait } from "node:timers/promises";

/** Waits; false when the simulator closes meanwhile. */
export async function pause(milliseconds: number, closing: AbortSignal): Promise<boolean> {
  try {
    await wait(milliseconds, undefined, { signal: closing });
    return true;
  } catch {
    return false;
  }
}
