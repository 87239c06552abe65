import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import type { Customer } from "../../shared/tables/customer.ts";
import type { Way } from "../../shared/tables/way-table.ts";
import { type BatchBrand, isWayWanted } from "./batch-brands.ts";
import { readCustomer } from "./read-customer.ts";

/** What is known before a message goes out. */
export interface Conversation {
  /** How its first part goes out, where that is decided. */
  way: Way | undefined;
  /** Undefined where the table could not be asked. */
  customer: Customer | undefined;
  /** Whether the customer may have written since then: a token may have come. */
  isOutdated?: boolean | undefined;
}

/**
 * Reads what a message's way and its customer's record say, for all messages of the invocation in one call. Throws
 * where that cannot be read and it matters: nothing is sent on a guess. A first push needs neither: an answer does
 * not wait for them.
 */
export async function readConversation(
  brand: Pick<BatchBrand, "read" | "settings" | "log">,
  { id, channel }: Pick<OutboundMessage, "id" | "channel">,
  attempt: Attempt,
): Promise<Conversation> {
  const to = channel.to.id;
  if (isWayWanted(brand.settings, attempt)) return brand.read(attempt.record, { to, id });
  return { way: undefined, customer: await readCustomer(brand, attempt.record, to, id) };
}
