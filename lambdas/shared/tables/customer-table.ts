import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/** What the table keeps of a customer (a user, group or room) or of a group's member; never message text. */
export interface Customer {
  name: { displayName: string; isStale: boolean } | undefined;
  /** Has blocked the account (or removed it from the group) and not been heard of since. */
  isBlocked: boolean;
  /** Of the customer's newest message that no agent has answered; kept only where a brand marks messages as read. */
  markAsReadToken: string | undefined;
}

/** What is known of one brand's customers. Every call throws when DynamoDB cannot be reached. */
export interface CustomerTable {
  /** Somebody unknown has no name and is not blocked. A name is kept for 90 days, a block for 3 years. */
  get(id: string): Promise<Customer>;
  /** Remembers that an event of the customer happened at `at` (ms), whichever order events come in. */
  heardFrom(id: string, at: number, markAsReadToken?: string): Promise<Customer>;
  /** Remembers for 3 years that the customer has blocked the account at `at` (ms). */
  blocked(id: string, at: number): Promise<void>;
  named(id: string, displayName: string): Promise<void>;
  /** Forgets the token, unless a newer message has brought another one. */
  markedAsRead(id: string, markAsReadToken: string): Promise<void>;
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;
/** Nobody who has blocked the account is heard from, and LINE says so only once. */
const BLOCKED_KEPT_DAYS = 3 * 365;

const item = z.object({
  displayName: z.string().optional(),
  namedAt: z.number().optional(),
  heardAt: z.number().optional(),
  blockedAt: z.number().optional(),
  markAsReadToken: z.string().optional(),
  expiresAt: z.number(),
});

const UNKNOWN: Customer = { name: undefined, isBlocked: false, markAsReadToken: undefined };

export function createCustomerTable(brand: string, table: Table): CustomerTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (id: string) => ({ pk: tableKeys.customer(brand, id) });

  function customerOf(stored: unknown): Customer {
    const { data } = item.safeParse(stored);
    // DynamoDB deletes expired items late.
    if (data === undefined || data.expiresAt * 1_000 <= now()) return UNKNOWN;
    const { displayName, namedAt = 0, heardAt = 0, blockedAt, markAsReadToken } = data;
    return {
      name:
        displayName === undefined ? undefined : { displayName, isStale: now() - namedAt > DAY_MS },
      isBlocked: blockedAt !== undefined && blockedAt > heardAt,
      markAsReadToken,
    };
  }

  /** Sets attributes where `time` is not older than what is stored; resolves to the item, changed or not. */
  async function set(
    id: string,
    time: { attribute: "heardAt" | "blockedAt" | "namedAt"; at: number },
    values: Record<string, string>,
    keptDays = KEPT_DAYS,
  ): Promise<unknown> {
    const set = {
      ...values,
      [time.attribute]: time.at,
      expiresAt: Math.floor((now() + keptDays * DAY_MS) / 1_000),
    };
    const names = Object.keys(set);
    try {
      const answer = await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(id),
          UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(", ")}`,
          ConditionExpression: `attribute_not_exists(${time.attribute}) OR ${time.attribute} <= :${time.attribute}`,
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(set).map(([name, value]) => [`:${name}`, value]),
          ),
          ReturnValues: "ALL_NEW",
        }),
      );
      return answer.Attributes;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return read(id);
    }
  }

  async function read(id: string): Promise<unknown> {
    const answer = await documents.send(new GetCommand({ TableName, Key: keyOf(id) }));
    return answer.Item;
  }

  return {
    get: async (id) => customerOf(await read(id)),
    async heardFrom(id, at, markAsReadToken) {
      const values = markAsReadToken === undefined ? {} : { markAsReadToken };
      return customerOf(await set(id, { attribute: "heardAt", at }, values));
    },
    async blocked(id, at) {
      await set(id, { attribute: "blockedAt", at }, {}, BLOCKED_KEPT_DAYS);
    },
    async named(id, displayName) {
      await set(id, { attribute: "namedAt", at: now() }, { displayName });
    },
    async markedAsRead(id, markAsReadToken) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(id),
            UpdateExpression: "REMOVE markAsReadToken",
            ConditionExpression: "markAsReadToken = :token",
            ExpressionAttributeValues: { ":token": markAsReadToken },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
