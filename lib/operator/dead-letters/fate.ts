import * as z from "zod";
import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import { RETRY_KEY_TRUSTED_MS } from "../../../lambdas/shared/contract/redriven.ts";
import { QUOTA_EXCEEDED, REPLY_UNCLEAR } from "../../../lambdas/shared/line/failures.ts";
import { SPLIT_CHANGED } from "../../../lambdas/shared/queue/sent-parts.ts";
import type { Letter } from "./dead-letters.ts";

/** Which dead letters redrive takes. */
export interface Choice {
  reason?: string | undefined;
  brand?: string | undefined;
  /** Takes also messages that may have arrived already. */
  allowDuplicate: boolean;
}

/**
 * `heldBack`: chosen, but LINE may have the message, or nobody knows which parts have arrived. `withoutQueue`:
 * chosen, but its brand has been removed, and its queue with it. `others`: not chosen.
 */
export type Fate = "redriven" | "heldBack" | "withoutQueue" | "others";

/** Reasons for which not even the bridge's own records tell what has arrived. */
const UNKNOWN_TO_ALL: ReadonlySet<string | undefined> = new Set([SPLIT_CHANGED, REPLY_UNCLEAR]);

/**
 * What redrive does with a letter. `brandQueue` is its brand's queue, `triedSince` a time (ms) before its
 * first try, if they are known.
 */
export function fateOf(
  { reason, groupId }: Letter,
  queue: Direction,
  { allowDuplicate, ...chosen }: Choice,
  brandQueue: string | undefined,
  triedSince: number | undefined,
  now: number,
): Fate {
  if (!isChosen({ reason, groupId }, chosen)) return "others";
  if (brandQueue === undefined) return "withoutQueue";
  if (UNKNOWN_TO_ALL.has(reason)) return allowDuplicate ? "redriven" : "heldBack";
  // The bridge knows what Genesys Cloud has accepted; LINE has not sent a message that it refused for the quota,
  // except for the parts that the letter names.
  const isSafe =
    queue === "inbound" || reason === QUOTA_EXCEEDED || isRetryKeyTrusted(triedSince, now);
  return isSafe || allowDuplicate ? "redriven" : "heldBack";
}

/** Whether a letter is one of this reason and brand; undefined chooses all. */
export function isChosen(
  { reason, groupId }: Pick<Letter, "reason" | "groupId">,
  chosen: Pick<Choice, "reason" | "brand">,
): boolean {
  if (chosen.reason !== undefined && reason !== chosen.reason) return false;
  return chosen.brand === undefined || brandOfGroup(groupId) === chosen.brand;
}

/** Whether LINE still recognizes the retry keys of a message that was first tried after this time (ms). */
export function isRetryKeyTrusted(triedSince: number | undefined, now: number): boolean {
  return triedSince !== undefined && now - triedSince < RETRY_KEY_TRUSTED_MS;
}

const outboundBody = z.object({
  message: z.object({ channel: z.object({ time: z.iso.datetime({ offset: true }) }) }),
});

/** When the agent wrote the message, in ms: a time before its first try. Undefined if it does not say. */
export function triedSinceOf({ body }: Letter): number | undefined {
  try {
    return Date.parse(outboundBody.parse(JSON.parse(body)).message.channel.time);
  } catch {
    return undefined;
  }
}
