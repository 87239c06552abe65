import { errorFields } from "../shared/failures/bridge-error.ts";
import { Postponed } from "../shared/failures/failures.ts";
import type { Log } from "../shared/function/log.ts";
import type { CountedPart, DeliveryTable } from "./delivery-table.ts";

/**
 * Takes a part for this worker, once. Throws Postponed where the part has been delivered or another worker holds
 * it, and what the table throws.
 */
export type Claim = () => Promise<void>;

/**
 * Runs `deliver` for a part, which calls `claim` before it posts anything. Resolves to whether it was delivered now:
 * false where it has been within the last 16 days. Throws what `deliver` throws (the part can then be tried again),
 * Postponed while another worker holds the part, and what the table throws before anything is delivered. `endsAt`
 * (ms) is when this worker's time is up.
 */
export type DeliverOnce = (
  brand: { deliveries: DeliveryTable; log: Log },
  key: CountedPart,
  endsAt: number,
  deliver: (claim: Claim) => Promise<void>,
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
    let claimed: Awaited<ReturnType<DeliveryTable["claim"]>> | undefined;
    try {
      await deliver(claim);
    } catch (failure) {
      if (claimed === "delivered") return false;
      if (claimed === "claimed") await release();
      throw failure;
    }
    await note();
    return true;

    async function claim(): Promise<void> {
      if (claimed === "claimed") return;
      claimed = await deliveries.claim(key, endsAt);
      if (claimed === "claimed") return;
      const by = "Another worker has delivered the message, or is delivering it.";
      throw new Postponed(by, HELD_SECONDS);
    }

    async function release(): Promise<void> {
      try {
        await deliveries.release(key, endsAt);
      } catch (error) {
        // The next try waits until this worker's time is up.
        log.warn("Could not release a delivery", { ...about, ...errorFields(error) });
      }
    }

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
