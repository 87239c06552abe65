import { errorFields } from "../shared/failures/bridge-error.ts";
import { Postponed } from "../shared/failures/failures.ts";
import type { Log } from "../shared/function/log.ts";
import type { CountedPart, DeliveryTable } from "./delivery-table.ts";

/**
 * Runs `deliver` unless it has succeeded for this part within the last 16 days. Resolves to whether it ran.
 * Throws what `deliver` throws (the part can then be tried again), Postponed while another worker holds
 * the part, and what the table throws before anything is delivered. `endsAt` (ms) is when this worker's
 * time is up.
 */
export type DeliverOnce = (
  brand: { deliveries: DeliveryTable; log: Log },
  key: CountedPart,
  endsAt: number,
  deliver: () => Promise<void>,
) => Promise<boolean>;

/** A worker that was killed holds its parts for the rest of its minute. */
const HELD_SECONDS = 10;
/** Pauses before further tries to note a delivery, which doubles if it stays unnoted. */
const NOTE_PAUSES_MS = [0, 200, 1_000, 3_000];

/**
 * Genesys documents no de-duplication, so a record per part of a message does it. A part is delivered
 * twice only if Genesys accepted it and its answer was lost, or the worker was killed before the record
 * said so.
 */
export function createDeliverOnce(sleep: (ms: number) => Promise<void>): DeliverOnce {
  return async ({ deliveries, log }, key, endsAt, deliver) => {
    const about = { correlationId: key.webhookEventId, part: key.part };
    const claim = await deliveries.claim(key, endsAt);
    if (claim === "delivered") return false;
    if (claim === "held") {
      throw new Postponed("Another worker is delivering the message.", HELD_SECONDS);
    }
    try {
      await deliver();
    } catch (failure) {
      await deliveries.release(key, endsAt).catch((error: unknown) => {
        // The next try waits until this worker's time is up.
        log.warn("Could not release a delivery", { ...about, ...errorFields(error) });
      });
      throw failure;
    }
    await note();
    return true;

    /** Never throws: to try the delivery again would double it for certain. */
    async function note(): Promise<void> {
      let last: unknown;
      for (const pause of NOTE_PAUSES_MS) {
        if (pause > 0) await sleep(pause);
        try {
          return await deliveries.delivered(key);
        } catch (error) {
          last = error;
        }
      }
      log.error("Delivered, but could not record it", { ...about, ...errorFields(last) });
    }
  };
}
