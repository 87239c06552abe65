import { createHash } from "node:crypto";

/** A person with the LINE app. The id is the same for all channels, as within one LINE provider. */
export interface LineCustomer {
  userId: string;
  /** Absent if only the id is known (see `adopt`). */
  displayName?: string;
}

/** The people of the simulated LINE. Everyone is a friend of every account unless blocked. */
export interface LineCustomers {
  /**
   * The customer with this display name, made on first use; the same name gives the same id. Somebody of whom
   * only the id is known is named by it.
   */
  named(displayName: string): LineCustomer;
  /**
   * Makes an id known that the platform has not seen. Real LINE refuses ids of other providers with
   * 400; here every well-formed id is accepted, because tests send webhooks that they make themselves.
   * Groups and rooms are not customers.
   */
  adopt(userId: string): void;
  byId(userId: string): LineCustomer | undefined;
  list(): LineCustomer[];
  /** State only; `LinePlatform.block` also tells the channel. */
  block(brandKey: string, userId: string): void;
  unblock(brandKey: string, userId: string): void;
  hasBlocked(brandKey: string, userId: string): boolean;
}

const USER_ID = /^U[0-9a-f]{32}$/;

export function createLineCustomers(): LineCustomers {
  const customers = new Map<string, LineCustomer>();
  const blocked = new Set<string>();
  return {
    named(displayName) {
      const known = customers.get(displayName);
      if (known !== undefined) return known;
      const digest = createHash("sha256").update(displayName).digest("hex");
      const customer = { userId: `U${digest.slice(0, 32)}`, displayName };
      customers.set(customer.userId, customer);
      return customer;
    },
    adopt(userId) {
      if (USER_ID.test(userId) && !customers.has(userId)) {
        customers.set(userId, { userId });
      }
    },
    byId: (userId) => customers.get(userId),
    list: () => [...customers.values()],
    block: (brandKey, userId) => void blocked.add(`${brandKey} ${userId}`),
    unblock: (brandKey, userId) => void blocked.delete(`${brandKey} ${userId}`),
    hasBlocked: (brandKey, userId) => blocked.has(`${brandKey} ${userId}`),
  };
}
