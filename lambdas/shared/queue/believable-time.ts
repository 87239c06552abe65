import type { SQSRecord } from "aws-lambda";

/** The platforms' clocks may be ahead of ours by a minute or so. */
export const AHEAD_MS = 2 * 60_000;

/**
 * When something happened (ms) that a platform says happened at `said`: what lies in the future when it is
 * stored in the queue has happened by then. Believed, a time years ahead would be newer than all that
 * comes later, and a customer's block would never count.
 */
export function believableTime(
  said: number,
  { attributes }: Pick<SQSRecord, "attributes">,
): number {
  const arrivedAt = Number(attributes.SentTimestamp);
  return said > arrivedAt + AHEAD_MS ? arrivedAt : said;
}
