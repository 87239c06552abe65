import type { Caused } from "../simulators/line/customer-acts.ts";
import type { LinePlatform } from "../simulators/line/line-platform.ts";
import type { CustomerAct } from "./customer-act.ts";
import type { Phone } from "./state.ts";

/** The phones of the customers in the console. */
export interface Phones {
  /** Resolves with LINE's webhook delivery; when the chat is opened, with what the phone found. */
  act(act: CustomerAct): Promise<object>;
  of(brand: string): Phone[];
}

export function createPhones(line: LinePlatform | undefined): Phones {
  return {
    async act(act) {
      if (line === undefined)
        throw new Error("This run does not simulate LINE: a flag names another server.");
      const { brand, customer } = act;
      const { userId } = line.customers.named(customer);
      if ("look" in act) return { userId, media: await line.open(brand, userId) };
      const caused = await causedBy(act, line);
      return { userId, ...caused, settled: undefined };
    },
    of(brand) {
      if (line === undefined) return [];
      return line.customers.list().map(({ userId, displayName }) => ({
        customer: displayName ?? userId,
        userId,
        lines: line.chat(brand, userId),
        loadingUntil: line.loadingUntil(brand, userId),
        hasBlocked: line.customers.hasBlocked(brand, userId),
      }));
    },
  };
}

function causedBy(
  act: Exclude<CustomerAct, { look: true }>,
  line: LinePlatform,
): Promise<Caused & { messageId?: string }> {
  const { brand, customer } = act;
  if ("content" in act) {
    const { content, media } = act;
    return line.send(brand, customer, content, media === undefined ? {} : { media });
  }
  if ("tap" in act) {
    const { data, displayText, params } = act.tap;
    return line.tap(brand, customer, {
      data,
      ...(displayText !== undefined && { displayText }),
      ...(params !== undefined && { params }),
    });
  }
  if ("follow" in act) {
    return line.cause(brand, { customer }, { type: "follow", follow: { isUnblocked: false } });
  }
  if ("unsend" in act) return line.unsend(brand, customer, act.unsend);
  return act.block ? line.block(brand, customer) : line.unblock(brand, customer);
}
