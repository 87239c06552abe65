import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import {
  type Customer,
  customerFrom,
  DAY_MS,
  type EventTokens,
  type ReplyToken,
  SLOTS,
  type StoredReplyToken,
} from "./customer.ts";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/** What is known of one brand's customers. Every call throws when DynamoDB cannot be reached. */
export interface CustomerTable {
  /** Somebody unknown has no name and is not blocked. A name is kept for 90 days, a block for 3 years. */
  get(id: string): Promise<Customer>;
  /** Remembers that an event of the customer happened at `at` (ms), whichever order events come in. */
  heardFrom(id: string, at: number, tokens?: EventTokens): Promise<Customer>;
  /** Remembers for 3 years that the customer has blocked the account at `at` (ms). */
  blocked(id: string, at: number): Promise<void>;
  named(id: string, displayName: string): Promise<void>;
  /** Forgets the token, unless a newer message has brought another one. */
  markedAsRead(id: string, markAsReadToken: string): Promise<void>;
  /** Takes a token, which nobody else can take then. False where it has been taken, or has moved to another slot. */
  takeReplyToken(id: string, token: StoredReplyToken): Promise<boolean>;
}

const KEPT_DAYS = 90;
/** Nobody who has blocked the account is heard from, and LINE says so only once. */
const BLOCKED_KEPT_DAYS = 3 * 365;

export function createCustomerTable(brand: string, table: Table): CustomerTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (id: string) => ({ pk: tableKeys.customer(brand, id) });

  const customerOf = (stored: unknown) => customerFrom(stored, now());

  /** Sets attributes where `time` is not older than what is stored; resolves to the item, changed or not. */
  async function set(
    id: string,
    time: { attribute: "heardAt" | "blockedAt" | "namedAt"; at: number },
    values: Record<string, string>,
    keptDays = KEPT_DAYS,
  ): Promise<unknown> {
    const { attribute, at } = time;
    const changes = { ...values, [attribute]: at, expiresAt: expiryIn(keptDays) };
    const isNotOlder = `attribute_not_exists(${attribute}) OR ${attribute} <= :${attribute}`;
    return (await update(id, changes, isNotOlder)) ?? (await read(id));
  }

  /** As `set` at `heardAt`, with a token that is newer than all that are stored. Undefined where it is not, and nothing has changed. */
  function setReplyToken(
    id: string,
    at: number,
    values: Record<string, string>,
    token: ReplyToken,
  ): Promise<unknown> {
    const changes = { ...values, heardAt: at, tokenAt: at, expiresAt: expiryIn(KEPT_DAYS) };
    const isNewer =
      "(attribute_not_exists(heardAt) OR heardAt <= :heardAt) AND (attribute_not_exists(tokenAt) OR tokenAt < :tokenAt)";
    const moved = SLOTS.slice(1).map((slot, at) => `${slot} = if_not_exists(${SLOTS[at]}, :none)`);
    return update(id, { ...changes, rt1: token }, isNewer, { also: moved, none: null });
  }

  const expiryIn = (days: number) => Math.floor((now() + days * DAY_MS) / 1_000);

  /** Sets attributes; resolves to the item, or to undefined where the condition does not hold. */
  async function update(
    id: string,
    changes: Record<string, unknown>,
    condition: string,
    { also = [], ...values }: { also?: string[]; none?: null } = {},
  ): Promise<unknown> {
    const set = [...Object.keys(changes).map((name) => `${name} = :${name}`), ...also];
    try {
      const answer = await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(id),
          UpdateExpression: `SET ${set.join(", ")}`,
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

  async function read(id: string): Promise<unknown> {
    const answer = await documents.send(new GetCommand({ TableName, Key: keyOf(id) }));
    return answer.Item;
  }

  return {
    get: async (id) => customerOf(await read(id)),
    async heardFrom(id, at, { replyToken, ...values } = {}) {
      const item = replyToken && (await setReplyToken(id, at, values, replyToken));
      return customerOf(item ?? (await set(id, { attribute: "heardAt", at }, values)));
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
