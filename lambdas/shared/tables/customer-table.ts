import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { LineProfile } from "../line/client.ts";
import {
  type Customer,
  customerFrom,
  DAY_MS,
  PROFILE,
  PROFILE_DAYS,
  profileItem,
  type StoredReplyToken,
  TOKENS,
} from "./customer.ts";
import { type Heard, newsIn, writeOf } from "./heard.ts";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/** What is known of one brand's customers. Every call throws when DynamoDB cannot be reached. */
export interface CustomerTable {
  /** Somebody unknown has no profile and is not blocked. A profile is kept for 90 days, a block for 3 years. */
  get(id: string): Promise<Customer>;
  /**
   * Remembers what events of the customer tell, whichever order they come in, and resolves to what is known then.
   * `isAgain`: they have been taken up before, so that mostly nothing is to be written.
   */
  heardFrom(id: string, heard: readonly Heard[], isAgain?: boolean): Promise<Customer>;
  /**
   * Remembers for 3 years that the customer has blocked the account at `at` (ms), and nothing else that is known of
   * them.
   */
  blocked(id: string, at: number): Promise<void>;
  /** Keeps the profile. A field that is there without a value removes what was kept. */
  named(id: string, profile: LineProfile): Promise<void>;
  /** Forgets the token, unless a newer message has brought another one. */
  markedAsRead(id: string, markAsReadToken: string): Promise<void>;
  /** Takes a token, which nobody else can take then. False where it has been taken, or has moved to another slot. */
  takeReplyToken(id: string, token: StoredReplyToken): Promise<boolean>;
}

const KEPT_DAYS = PROFILE_DAYS;
/** Nobody who has blocked the account is heard from, and LINE says so only once. */
const BLOCKED_KEPT_DAYS = 3 * 365;
/** How often somebody else may be faster with newer events of the customer. */
const MAX_ROUNDS = 4;

export function createCustomerTable(brand: string, table: Table): CustomerTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (id: string) => ({ pk: tableKeys.customer(brand, id) });

  const customerOf = (stored: unknown) => customerFrom(stored, now());

  const expiryIn = (days: number) => Math.floor((now() + days * DAY_MS) / 1_000);

  /**
   * Sets attributes, those in `also` by expressions of their own, and removes others. Resolves to the item, or to
   * undefined where the condition does not hold.
   */
  async function update(
    id: string,
    changes: Record<string, unknown>,
    condition: string,
    more: {
      values?: Record<string, unknown>;
      also?: readonly string[];
      removed?: readonly string[];
    } = {},
  ): Promise<unknown> {
    const { values = {}, also = [], removed = [] } = more;
    const set = [...Object.keys(changes).map((name) => `${name} = :${name}`), ...also].join(", ");
    const remove = removed.length === 0 ? "" : ` REMOVE ${removed.join(", ")}`;
    try {
      const answer = await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(id),
          UpdateExpression: `SET ${set}${remove}`,
          ConditionExpression: condition,
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries({ ...changes, ...values }).map(([name, value]) => [`:${name}`, value]),
          ),
          ReturnValues: "ALL_NEW",
        }),
      );
      return answer.Attributes;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return undefined;
    }
  }

  async function read(id: string, ConsistentRead = false): Promise<unknown> {
    const answer = await documents.send(
      new GetCommand({ TableName, Key: keyOf(id), ...(ConsistentRead && { ConsistentRead }) }),
    );
    return answer.Item;
  }

  /** Writes what the stored item does not say yet. Mostly that is all, and one write; else it is read first. */
  async function hear(id: string, heard: readonly Heard[], isAgain: boolean): Promise<unknown> {
    let stored: unknown;
    for (let round = isAgain ? 1 : 0; round < MAX_ROUNDS; round += 1) {
      if (round > 0) stored = await read(id, true);
      const write = writeOf(newsIn(heard, stored, isAgain));
      if (write === undefined) break;
      const changes = { ...write.changes, expiresAt: expiryIn(KEPT_DAYS) };
      const item = await update(id, changes, write.condition, write);
      if (item !== undefined) return item;
    }
    return stored;
  }

  return {
    get: async (id) => customerOf(await read(id)),
    heardFrom: async (id, heard, isAgain = false) => customerOf(await hear(id, heard, isAgain)),
    async blocked(id, at) {
      await update(
        id,
        { blockedAt: at, expiresAt: expiryIn(BLOCKED_KEPT_DAYS) },
        // Whoever has been heard of since has unblocked the account again.
        `${isNotAfter("blockedAt")} AND ${isNotAfter("heardAt", "blockedAt")}`,
        { removed: [...PROFILE, ...TOKENS, "heardAt", "tokenAt"] },
      );
    },
    async named(id, profile) {
      const namedAt = now();
      const changes = { ...profileItem(profile), namedAt, expiresAt: expiryIn(KEPT_DAYS) };
      // Nothing is kept of who has blocked the account; a profile may come late.
      const isBlocked =
        "attribute_exists(blockedAt) AND (attribute_not_exists(heardAt) OR heardAt < blockedAt)";
      await update(id, changes, `${isNotAfter("namedAt")} AND NOT (${isBlocked})`);
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
    async takeReplyToken(id, { slot, token }) {
      try {
        await documents.send(
          new UpdateCommand({
            TableName,
            Key: keyOf(id),
            UpdateExpression: "REMOVE #slot",
            ConditionExpression: "#slot.#token = :token",
            ExpressionAttributeNames: { "#slot": slot, "#token": "token" },
            ExpressionAttributeValues: { ":token": token },
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return false;
      }
    },
  };
}

/** A condition: no time is stored under the name that is later than the value. */
function isNotAfter(name: string, value = name): string {
  return `(attribute_not_exists(${name}) OR ${name} <= :${value})`;
}
