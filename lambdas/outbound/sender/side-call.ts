import { errorFields } from "../../shared/failures/bridge-error.ts";
import type { Log } from "../../shared/function/log.ts";
import { withTimeout } from "../../shared/platform/with-timeout.ts";

const TIMEOUT_MS = 2_000;

/** Makes a call that only adds comfort: once, within 2 s, and a failure is a warning. Never throws. */
export async function sideCall(
  what: string,
  about: { brand: string; correlationId: string | undefined },
  call: () => Promise<void>,
  log: Log,
): Promise<void> {
  try {
    await withTimeout(TIMEOUT_MS, call());
  } catch (error) {
    log.warn(`Could not ${what}`, { ...about, ...errorFields(error) });
  }
}
