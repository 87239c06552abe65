import * as z from "zod";
import type { Brand } from "../shared/brand/brand.ts";
import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { bridgedCustomerOf, type WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Customer, EventTokens } from "../shared/tables/customer.ts";

/** LINE sends nothing more of someone who blocks the account, or of a group that removes it. */
const BLOCKING = new Set(["unfollow", "leave"]);

const readable = z.looseObject({ message: z.looseObject({ markAsReadToken: z.string() }) });

/** LINE once sent tokens of one digit to check a webhook. */
const repliable = z.looseObject({
  replyToken: z.string().regex(/^(?!0+$|f+$)./),
  deliveryContext: z.looseObject({ isRedelivery: z.literal(false) }),
});

/**
 * Remembers what an event says of the customer: that they are there, that they have blocked the
 * account, what marks their message as read, what replies to it. Resolves to what is known of them, undefined for an
 * event that is not bridged or when the table cannot be asked. Throws only when a block could not
 * be remembered: pushes to that customer would vanish in silence.
 */
export async function rememberCustomer({
  brand: { customers, settings, log },
  event,
  receivedAt,
}: {
  brand: Pick<Brand, "customers" | "settings" | "log">;
  event: WebhookEvent;
  receivedAt?: number | undefined;
}): Promise<Customer | undefined> {
  const customer = bridgedCustomerOf(event, settings.groups);
  if (customer === undefined) return undefined;
  if (BLOCKING.has(event.type)) {
    await customers.blocked(customer, event.timestamp);
    return undefined;
  }
  const tokens = tokensOf(event, receivedAt, settings);
  try {
    return await customers.heardFrom(customer, event.timestamp, tokens);
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
