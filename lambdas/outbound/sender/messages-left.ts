import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import { within } from "../../shared/platform/within.ts";

const ASKED_EVERY_MS = 60_000;
const TIMEOUT_MS = 5_000;

/**
 * Whether the account has messages of this month left, as LINE counts them; true where LINE cannot be asked. Asks
 * once a minute at most, and never throws.
 */
export type MessagesLeft = (brand: Pick<Brand, "key" | "line" | "log">) => Promise<boolean>;

/** What was heard lives in a function's memory. `now` in ms. */
export function createMessagesLeft(now: () => number): MessagesLeft {
  const asked = new Map<string, { at: number; areLeft: Promise<boolean> }>();
  return (brand) => {
    const last = asked.get(brand.key);
    if (last !== undefined && now() - last.at < ASKED_EVERY_MS) return last.areLeft;
    const areLeft = ask(brand);
    asked.set(brand.key, { at: now(), areLeft });
    return areLeft;
  };
}

async function ask({ line, log }: Pick<Brand, "line" | "log">): Promise<boolean> {
  const late = new RetryableFailure(`LINE did not answer within ${TIMEOUT_MS} ms.`);
  try {
    const { limit, used } = await within(TIMEOUT_MS, line.quota(), late);
    return limit === undefined || used < limit;
  } catch (error) {
    log.warn("Could not get the quota", errorFields(error));
    return true;
  }
}
