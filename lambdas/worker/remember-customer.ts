import * as z from "zod";
import type { Brand } from "../shared/brand/brand.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { bridgedCustomerOf, type WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Customer } from "../shared/tables/customer-table.ts";

/** LINE sends nothing more of someone who blocks the account, or of a group that removes it. */
const BLOCKING = new Set(["unfollow", "leave"]);

const readable = z.looseObject({ message: z.looseObject({ markAsReadToken: z.string() }) });

/**
 * Remembers what an event says of the customer: that they are there, that they have blocked the
 * account, what marks their message as read. Resolves to what is known of them, undefined for an
 * event that is not bridged or when the table cannot be asked. Throws only when a block could not
 * be remembered: pushes to that customer would vanish in silence.
 */
export async function rememberCustomer(
  { customers, settings, log }: Pick<Brand, "customers" | "settings" | "log">,
  event: WebhookEvent,
): Promise<Customer | undefined> {
  const customer = bridgedCustomerOf(event, settings.groups);
  if (customer === undefined) return undefined;
  if (BLOCKING.has(event.type)) {
    await customers.blocked(customer, event.timestamp);
    return undefined;
  }
  const token = settings.markAsRead && event.mode !== "standby" && readable.safeParse(event);
  try {
    return await customers.heardFrom(
      customer,
      event.timestamp,
      token ? token.data?.message.markAsReadToken : undefined,
    );
  } catch (error) {
    log.warn("Could not remember a customer", errorFields(error));
    return undefined;
  }
}
