import * as z from "zod";
import type { Brand } from "../shared/brand/brand.ts";
import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { bridgedCustomerOf, type WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Attempt } from "../shared/queue/attempt.ts";
import type { Customer, EventTokens } from "../shared/tables/customer.ts";
import type { BatchEvent } from "./batch-customers.ts";
import type { QueuedEvent } from "./queued-event.ts";

/** LINE sends nothing more of someone who blocks the account, or of a group that removes it. */
const BLOCKING = new Set(["unfollow", "leave"]);

const readable = z.looseObject({ message: z.looseObject({ markAsReadToken: z.string() }) });

/** LINE once sent tokens of one digit to check a webhook. */
const repliable = z.looseObject({
  replyToken: z.string().regex(/^(?!0+$|f+$)./),
  deliveryContext: z.looseObject({ isRedelivery: z.literal(false) }),
});

/** Whom an event comes from and what it tells of them; undefined for an event that is not bridged. */
export function toldBy(
  { event, receivedAt }: Pick<QueuedEvent, "event" | "receivedAt">,
  settings: Pick<BrandSettings, "groups" | "markAsRead">,
): { customer: string; told: BatchEvent } | undefined {
  const customer = bridgedCustomerOf(event, settings.groups);
  if (customer === undefined) return undefined;
  const isBlock = BLOCKING.has(event.type);
  const tokens = isBlock ? {} : tokensOf(event, receivedAt, settings);
  return { customer, told: { at: event.timestamp, isBlock, ...tokens } };
}

/**
 * Remembers what an event says of the customer: that they are there, that they have blocked the
 * account, what marks their message as read, what replies to it. Resolves to what is known of them, undefined for an
 * event that is not bridged or when the table cannot be asked. Throws only when a block could not
 * be remembered: pushes to that customer would vanish in silence.
 */
export async function rememberCustomer({
  brand: { customers, settings, log },
  attempt,
  ...queued
}: Pick<QueuedEvent, "event" | "receivedAt"> & {
  brand: Pick<Brand, "customers" | "settings" | "log">;
  attempt: Pick<Attempt, "receives">;
}): Promise<Customer | undefined> {
  const { customer, told } = toldBy(queued, settings) ?? {};
  if (customer === undefined || told === undefined) return undefined;
  const { isBlock, ...heard } = told;
  if (isBlock) {
    // For a note of it: what is known is forgotten with the block.
    const known = await customers.get(customer).catch(() => undefined);
    await customers.blocked(customer, heard.at);
    return known;
  }
  try {
    return await customers.heardFrom(customer, [heard], attempt.receives > 1);
  } catch (error) {
    log.warn("Could not remember a customer", errorFields(error));
    return undefined;
  }
}

/** In standby another channel holds the conversation. A redelivered token has a time of its own that nobody tells. */
function tokensOf(
  event: WebhookEvent,
  receivedAt: number | undefined,
  { markAsRead }: Pick<BrandSettings, "markAsRead">,
): EventTokens {
  if (event.mode === "standby") return {};
  const markAsReadToken = readable.safeParse(event).data?.message.markAsReadToken;
  const token = repliable.safeParse(event).data?.replyToken;
  return {
    ...(markAsRead && markAsReadToken !== undefined && { markAsReadToken }),
    ...(receivedAt !== undefined && token !== undefined && { replyToken: { token, receivedAt } }),
  };
}
