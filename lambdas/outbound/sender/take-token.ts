import type { Brand } from "../../shared/brand/brand.ts";
import { type Attempt, ensureTime } from "../../shared/queue/attempt.ts";
import type { Customer, StoredReplyToken } from "../../shared/tables/customer.ts";
import type { Conversation } from "./read-conversation.ts";

/**
 * LINE takes a token for a minute from its webhook; the rest of it is for the call.
 * https://developers.line.biz/en/reference/messaging-api/#send-reply-message-reply-token
 */
const USABLE_MS = 45_000;

/**
 * Takes a customer's oldest reply token that is usable now, so that the newer ones are left for later answers;
 * nobody else has it then. Looks again where there is none in a record that is outdated. Undefined where there is
 * none. Throws HeldBack or Postponed before one is taken that could not be used, and what the table throws.
 */
export async function takeToken(
  { id, to }: { id: string; to: string },
  { customer, isOutdated }: Pick<Conversation, "customer" | "isOutdated">,
  { customers, hosts, ways }: Pick<Brand, "customers" | "hosts" | "ways">,
  attempt: Attempt,
  now: () => number,
): Promise<string | undefined> {
  const usable = (customer: Customer | undefined): StoredReplyToken | undefined =>
    customer?.replyTokens.filter(({ receivedAt }) => now() - receivedAt < USABLE_MS).at(-1);

  const read = async () => usable((await ways.read(id, to)).customer);
  const first = usable(customer) ?? (isOutdated ? await read() : undefined);
  if (first === undefined) return undefined;
  await hosts.ensureWorking("line-api", attempt);
  ensureTime(attempt, now());
  if (await customers.takeReplyToken(to, first)) return first.token;
  // A newer event has moved it, or another answer has taken it.
  const second = await read();
  return second !== undefined && (await customers.takeReplyToken(to, second))
    ? second.token
    : undefined;
}
