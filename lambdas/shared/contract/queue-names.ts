export const DIRECTIONS = ["inbound", "outbound"] as const;

/** `inbound`: from LINE to Genesys Cloud; `outbound`: from Genesys Cloud to LINE. */
export type Direction = (typeof DIRECTIONS)[number];

/**
 * Name of a brand's queue. SQS takes 80 characters; this has at most 79. No market's key and no brand's
 * has a `_`, so that two brands never share a name.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
 */
export function queueName(market: string, direction: Direction, brandKey: string): string {
  return `${market}_${direction}_${brandKey}.fifo`;
}
