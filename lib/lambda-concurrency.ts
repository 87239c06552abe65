import type { Market } from "./market-schema.ts";

/** How many functions may run at a time in a region of a new AWS account, and of an ordinary one. */
export const ALLOWED_AT_ONCE = { newAccount: 10, ordinary: 1_000 };

/** An assumption: with a cold start now and then, a webhook's function runs for a tenth of a second. */
const WEBHOOK_SECONDS = 0.1;

const HOURLY_CHECK = 1;

/**
 * How many batches of one queue are worked on at a time: 4 where Genesys Cloud admits 300 requests a minute,
 * and in proportion where it admits more, up to 10. Ten customers' messages of a batch are delivered side by
 * side, so that four batches can use up the limit although an answer takes seconds. It is a cap and reserves
 * nothing: without it one brand could use up the concurrency of the account, which all brands share.
 */
export function batchesAtATime(requestsPerMinute: number): number {
  return Math.min(10, Math.max(4, Math.ceil(requestsPerMinute / 75)));
}

/**
 * How many functions of a market run at a time when all are busy: two queues for each brand, and as many webhooks
 * as the HTTP API lets through. Where Lambda allows fewer, the queues can take the webhooks' share. The function
 * that converts images is not counted: few of agents' images need it, and its events wait where Lambda has no room.
 */
export function functionsAtOnce(market: Market): number {
  const batches = 2 * Object.keys(market.brands).length * batchesAtATime(market.requestsPerMinute);
  const webhooksPerSecond = market.lineWebhooksPerSecond + market.genesysWebhooksPerSecond;
  return batches + Math.ceil(webhooksPerSecond * WEBHOOK_SECONDS) + HOURLY_CHECK;
}

/** The quota to request for so many functions at a time: AWS's ordinary one, or more. */
export function quotaToRequest(atOnce: number): number {
  return ALLOWED_AT_ONCE.ordinary * Math.ceil(atOnce / ALLOWED_AT_ONCE.ordinary);
}
