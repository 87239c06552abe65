import { setTimeout as delay } from "node:timers/promises";

/** Repeats `look` until it gives something; fails after `milliseconds`. */
export async function eventually<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
  milliseconds = 4_000,
): Promise<Value> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const value = await look();
    if (value !== undefined) return value;
    await delay(20);
  }
  throw new Error(`did not happen within ${milliseconds} ms`);
}
