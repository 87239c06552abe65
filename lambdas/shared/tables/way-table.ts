import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { RetryableFailure } from "../failures/failures.ts";
import { type Customer, customerFrom } from "./customer.ts";
import { readItems } from "./read-items.ts";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

const way = z.union([
  /** `isUnclear`: a reply was made before, and nobody knows what became of it. */
  z.object({ way: z.literal("push"), isUnclear: z.boolean() }),
  /** `by` names the receive whose sender replies; at `until` (ms) that one has ended, one way or another. */
  z.object({
    way: z.literal("reply"),
    state: z.literal("sending"),
    by: z.string(),
    until: z.number(),
  }),
  z.object({ way: z.literal("reply"), state: z.literal("accepted") }),
]);

/** How the first part of a message goes out. */
export type Way = z.infer<typeof way>;

const expiring = z.object({ expiresAt: z.number() });

/** Longer than a message can be tried. */
const KEPT_SECONDS = 26 * 3_600;

/** By their ids; what DynamoDB has not read is not in here. */
export interface ReadTogether {
  ways: ReadonlyMap<string, Way | undefined>;
  customers: ReadonlyMap<string, Customer>;
}

/**
 * How a brand's messages go out, decided once for each: LINE de-duplicates pushes and no replies, so a later try
 * follows what is written here. Names nobody. Every call throws when DynamoDB cannot be reached.
 */
export interface WayTable {
  /** What is decided for a message, and what is known of its customer, in one call. */
  read(
    messageId: string,
    customerId: string,
  ): Promise<{ way: Way | undefined; customer: Customer }>;
  /** The same for several, all different. Customers alone are not read consistently, for half the price. */
  readTogether(
    messageIds: readonly string[],
    customerIds: readonly string[],
  ): Promise<ReadTogether>;
  /** Decides where nothing is decided. Resolves to what holds then. */
  decide(messageId: string, wanted: Way): Promise<Way>;
  /** Replaces what was decided by what came of it, unless somebody else has. Resolves to what holds then. */
  change(messageId: string, from: "a reply under way" | "a push", to: Way): Promise<Way>;
}

/** DynamoDB compares no undefined: a push has no state. */
const CONDITIONS = {
  "a reply under way": { condition: "#state = :sending", values: { ":sending": "sending" } },
  "a push": {
    condition: "way = :push AND isUnclear = :no",
    values: { ":push": "push", ":no": false },
  },
};

export function createWayTable(brand: string, table: Table): WayTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (messageId: string) => ({ pk: tableKeys.way(brand, messageId) });

  function wayOf(stored: unknown): Way | undefined {
    const { expiresAt = 0 } = expiring.safeParse(stored).data ?? {};
    return expiresAt * 1_000 > now() ? way.safeParse(stored).data : undefined;
  }

  async function put(
    messageId: string,
    to: Way,
    { condition, values }: { condition: string; values: object },
  ): Promise<Way> {
    const Key = keyOf(messageId);
    const expiresAt = Math.floor(now() / 1_000) + KEPT_SECONDS;
    try {
      await documents.send(
        new PutCommand({
          TableName,
          Item: { ...Key, ...to, expiresAt },
          ConditionExpression: condition,
          ...(condition.includes("#state") && { ExpressionAttributeNames: { "#state": "state" } }),
          ExpressionAttributeValues: values,
        }),
      );
      return to;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
    const answer = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    const held = wayOf(answer.Item);
    if (held === undefined) throw new RetryableFailure("What was decided for the message is gone.");
    // The SDK repeats a write whose answer was lost.
    return isDeepStrictEqual(held, to) ? to : held;
  }

  async function readTogether(
    messageIds: readonly string[],
    customerIds: readonly string[],
  ): Promise<ReadTogether> {
    const wayKeys = messageIds.map((id) => ({ id, pk: keyOf(id).pk }));
    const customerKeys = customerIds.map((id) => ({ id, pk: tableKeys.customer(brand, id) }));
    const pks = [...wayKeys, ...customerKeys].map(({ pk }) => pk);
    const items = await readItems(table, pks, messageIds.length > 0);
    const read = ({ pk }: { pk: string }) => items.has(pk);
    return {
      ways: new Map(wayKeys.filter(read).map(({ id, pk }) => [id, wayOf(items.get(pk))])),
      customers: new Map(
        customerKeys.filter(read).map(({ id, pk }) => [id, customerFrom(items.get(pk), now())]),
      ),
    };
  }

  return {
    readTogether,
    async read(messageId, customerId) {
      const { ways, customers } = await readTogether([messageId], [customerId]);
      const customer = customers.get(customerId);
      if (!ways.has(messageId) || customer === undefined) throw notRead();
      return { way: ways.get(messageId), customer };
    },
    decide: (messageId, wanted) =>
      put(messageId, wanted, {
        condition: "attribute_not_exists(pk) OR expiresAt <= :seconds",
        values: { ":seconds": Math.floor(now() / 1_000) },
      }),
    change: (messageId, from, to) => put(messageId, to, CONDITIONS[from]),
  };
}

/** DynamoDB has not read all that it was asked for. */
export function notRead(): RetryableFailure {
  return new RetryableFailure("DynamoDB has not read all that was asked for.");
}
