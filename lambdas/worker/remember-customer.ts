import * as z from "zod";
import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import type { Log } from "../shared/function/log.ts";
import { bridgedCustomerOf, type WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Customer, CustomerTable } from "../shared/tables/customer-table.ts";

/**
 * Remembers what an event says of the customer: that they are there, that they have blocked the
 * account, what marks their message as read. Resolves to what is known of them, undefined for an
 * event that is not bridged or when the table cannot be asked. Throws only when a block could not
 * be remembered: pushes to that customer would vanish in silence.
 */
export type RememberCustomer = (
  brand: string,
  settings: Pick<BrandSettings, "groups" | "markAsRead">,
  event: WebhookEvent,
) => Promise<Customer | undefined>;

/** LINE sends nothing more of someone who blocks the account, or of a group that removes it. */
const BLOCKING = new Set(["unfollow", "leave"]);

const readable = z.looseObject({ message: z.looseObject({ markAsReadToken: z.string() }) });

export function createRememberCustomer(deps: {
  customers: Pick<CustomerTable, "heardFrom" | "blocked">;
  log: Log;
}): RememberCustomer {
  return async (brand, settings, event) => {
    const customer = bridgedCustomerOf(event, settings.groups);
    if (customer === undefined) return undefined;
    if (BLOCKING.has(event.type)) {
      await deps.customers.blocked(brand, customer, event.timestamp);
      return undefined;
    }
    const token = settings.markAsRead && event.mode !== "standby" && readable.safeParse(event);
    try {
      return await deps.customers.heardFrom(
        brand,
        customer,
        event.timestamp,
        token ? token.data?.message.markAsReadToken : undefined,
      );
    } catch (error) {
      deps.log.warn("Could not remember a customer", { brand, ...errorFields(error) });
      return undefined;
    }
  };
}
