import type { SQSRecord } from "aws-lambda";
import type { Brand } from "../../shared/brand/brand.ts";
import type { Customer } from "../../shared/tables/customer.ts";
import { notRead, type ReadTogether, type Way } from "../../shared/tables/way-table.ts";

/** What a record needs to know before it is attempted: of this customer, and the way of the message with this id. */
export interface Wanted {
  to: string;
  id?: string;
}

/** The table as the records of one invocation use it. */
export interface BatchTable {
  /**
   * What a record needs to know. The first that asks reads for all that have not asked yet, in one call. What is
   * read is used for two seconds, and a message's way once: another copy of the message has it read again. Throws
   * RetryableFailure where DynamoDB has left it out, and when DynamoDB cannot be reached.
   */
  read(
    record: Pick<SQSRecord, "messageId">,
    wanted: Wanted,
  ): Promise<{ way: Way | undefined; customer: Customer }>;
  /** They note which tokens are used, so that later records do not try to use them again. */
  customers: Brand["customers"];
}

/** A customer may block the account meanwhile: LINE would accept the rest of the batch's messages and drop them. */
const FRESH_MS = 2_000;

interface Reading {
  at: number;
  /** Messages whose way nobody has used. */
  unused: Set<string>;
  customers: ReadonlySet<string>;
  result: Promise<ReadTogether>;
}

/** `wantedBy` gives what the records of the invocation need to know, by their ids in the queue; `now` in ms. */
export function createBatchTable(
  { ways, customers }: Pick<Brand, "ways" | "customers">,
  wantedBy: () => Map<string, Wanted>,
  now: () => number,
): BatchTable {
  const usedTokens = new Set<string>();
  let waiting: Map<string, Wanted> | undefined;
  let last: Reading | undefined;

  function readFor(own: Wanted, others: Iterable<Wanted>): Reading {
    const all = [own, ...others];
    const messageIds = new Set(all.flatMap(({ id }) => id ?? []));
    const customerIds = new Set(all.map(({ to }) => to));
    const result = ways.readTogether([...messageIds], [...customerIds]);
    return { at: now(), unused: messageIds, customers: customerIds, result };
  }

  function isUsable(reading: Reading, { to, id }: Wanted): boolean {
    const isFresh = now() - reading.at < FRESH_MS;
    return isFresh && reading.customers.has(to) && (id === undefined || reading.unused.has(id));
  }

  function withoutUsed({ markAsReadToken, replyTokens, ...customer }: Customer): Customer {
    const isUsed = markAsReadToken !== undefined && usedTokens.has(markAsReadToken);
    return {
      ...customer,
      markAsReadToken: isUsed ? undefined : markAsReadToken,
      replyTokens: replyTokens.filter(({ token }) => !usedTokens.has(token)),
    };
  }

  return {
    async read({ messageId }, wanted) {
      waiting ??= wantedBy();
      waiting.delete(messageId);
      const { to, id } = wanted;
      const reading =
        last !== undefined && isUsable(last, wanted) ? last : readFor(wanted, waiting.values());
      last = reading;
      if (id !== undefined) reading.unused.delete(id);
      const read = await reading.result;
      const customer = read.customers.get(to);
      if (customer === undefined) throw notRead();
      if (id === undefined) return { way: undefined, customer: withoutUsed(customer) };
      if (!read.ways.has(id)) throw notRead();
      return { way: read.ways.get(id), customer: withoutUsed(customer) };
    },
    customers: {
      ...customers,
      async takeReplyToken(id, stored) {
        const isTaken = await customers.takeReplyToken(id, stored);
        if (isTaken) usedTokens.add(stored.token);
        // Something has changed since it was read.
        else last = undefined;
        return isTaken;
      },
      async markedAsRead(id, token) {
        usedTokens.add(token);
        await customers.markedAsRead(id, token);
      },
    },
  };
}
