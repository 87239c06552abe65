import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { firstCharacters } from "../text/shorten.ts";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/** What a message says, for whoever quotes it later. */
export interface Quotable {
  /** Of the LINE message. */
  messageId: string;
  /** In one line; only its first 80 characters are kept. */
  text: string;
  /** When it was written or edited, in ms: nothing older takes its place. */
  writtenAt: number;
  /** The member of a group or room who wrote it, so that `forget` finds it. */
  author?: string | undefined;
}

/**
 * How the messages of a brand's customers and agents begin, where the brand asks for it: LINE tells only the id of
 * a message that is quoted. An item is kept for 7 days under its customer's key. Every call throws when DynamoDB
 * cannot be reached.
 */
export interface QuoteTable {
  /** `customer` is the user, group or room in whose chat the message is. */
  keep(customer: string, quotable: Quotable): Promise<void>;
  /** Deletes what is kept of a message that was unsent at `unsentAt` (ms); an older copy of it is not kept again. */
  unsent(customer: string, messageId: string, unsentAt: number): Promise<void>;
  /** Deletes what is kept of a message, and leaves nothing. */
  forget(customer: string, messageId: string): Promise<void>;
  /** How a message begins, with "…" where it goes on; undefined where nothing is kept of it. */
  get(customer: string, messageId: string): Promise<string | undefined>;
}

const MAX_CHARACTERS = 80;
const KEPT_SECONDS = 7 * 86_400;

const item = z.object({ said: z.string(), expiresAt: z.number() });

export function createQuoteTable(brand: string, table: Table): QuoteTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (customer: string, messageId: string) => ({
    pk: tableKeys.quote(brand, customer, messageId),
  });

  async function put(key: object, writtenAt: number, kept: Record<string, string>): Promise<void> {
    const expiresAt = Math.floor(now() / 1_000) + KEPT_SECONDS;
    try {
      await documents.send(
        new PutCommand({
          TableName,
          Item: { ...key, writtenAt, ...kept, expiresAt },
          ConditionExpression: "attribute_not_exists(pk) OR writtenAt <= :writtenAt",
          ExpressionAttributeValues: { ":writtenAt": writtenAt },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  return {
    async keep(customer, { messageId, text, writtenAt, author }) {
      const begin = firstCharacters(text, MAX_CHARACTERS);
      const said = begin.length < text.length ? `${begin}…` : begin;
      await put(keyOf(customer, messageId), writtenAt, { said, ...(author && { author }) });
    },
    async unsent(customer, messageId, unsentAt) {
      await put(keyOf(customer, messageId), unsentAt, {});
    },
    async forget(customer, messageId) {
      await documents.send(new DeleteCommand({ TableName, Key: keyOf(customer, messageId) }));
    },
    async get(customer, messageId) {
      const Key = keyOf(customer, messageId);
      const answer = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const { data } = item.safeParse(answer.Item);
      return data !== undefined && data.expiresAt * 1_000 > now() ? data.said : undefined;
    },
  };
}
