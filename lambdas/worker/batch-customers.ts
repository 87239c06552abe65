import type { Customer } from "../shared/tables/customer.ts";
import type { CustomerTable } from "../shared/tables/customer-table.ts";
import type { Heard } from "../shared/tables/heard.ts";

/** An event of a customer in a batch; `isBlock`: the customer blocks the account by it. */
export interface BatchEvent extends Heard {
  isBlock: boolean;
}

interface Remembered {
  /** The times (ms) of the first and the last event of it. */
  from: number;
  to: number;
  customer: Customer;
}

/**
 * The customers of one invocation, by id: what all events of a customer tell is written with the first of them,
 * before anything is posted, and nobody is read twice. A block is written in its place. Another invocation has
 * events of a customer at the same time only where this one takes longer than the queue waits, and then the same
 * ones: the table keeps the reply token of each of them once.
 */
export function createBatchCustomers(
  table: CustomerTable,
  eventsOf: (id: string) => readonly BatchEvent[],
): CustomerTable {
  const remembered = new Map<string, Remembered>();
  const read = new Map<string, Customer>();

  /** What can be written with an event that happened then (ms). */
  function later(id: string, at: number): readonly BatchEvent[] {
    const events = eventsOf(id)
      .filter((event) => event.at >= at)
      .toSorted((one, other) => one.at - other.at);
    const blockedFrom = events.findIndex(({ isBlock }) => isBlock);
    return blockedFrom < 0 ? events : events.slice(0, blockedFrom);
  }

  return {
    ...table,
    async get(id) {
      const known = read.get(id) ?? (await table.get(id));
      read.set(id, known);
      return known;
    },
    async heardFrom(id, own, isAgain) {
      const known = remembered.get(id);
      if (known !== undefined && own.every(({ at }) => known.from <= at && at <= known.to)) {
        return known.customer;
      }
      const times = own.map(({ at }) => at);
      const all = [...own, ...later(id, Math.max(...times))];
      const customer = await table.heardFrom(id, all, isAgain);
      const to = Math.max(...all.map(({ at }) => at));
      remembered.set(id, { from: Math.min(...times), to, customer });
      return customer;
    },
    async named(id, named) {
      const profile = { ...named, isStale: false };
      const told = remembered.get(id);
      if (told !== undefined) told.customer = { ...told.customer, profile };
      const known = read.get(id);
      if (known !== undefined) read.set(id, { ...known, profile });
      await table.named(id, named);
    },
  };
}
