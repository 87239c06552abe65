import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";

const followEvent = z.looseObject({
  follow: z.looseObject({ isUnblocked: z.boolean().nullish() }).nullish(),
});

/**
 * Whether a customer who had blocked the account is back. LINE does not guarantee that it says so.
 * https://developers.line.biz/en/reference/messaging-api/#follow-event
 */
export function isUnblocking(event: WebhookEvent): boolean {
  return event.type === "follow" && followEvent.parse(event).follow?.isUnblocked === true;
}

export function followNote(): string {
  return "[LINE FOLLOW: the customer has added the account as a friend]";
}

export function unblockNote(): string {
  return "[LINE UNBLOCK: the customer has unblocked the account]";
}

/** https://developers.line.biz/en/reference/messaging-api/#unfollow-event */
export function unfollowNote(): string {
  return "[LINE UNFOLLOW: the customer has blocked the account]";
}
