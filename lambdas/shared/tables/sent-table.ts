import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { SentParts } from "../queue/sent-parts.ts";
import { OUTLIVES_LETTERS_SECONDS, type Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/**
 * Which pushes of a brand's messages LINE has accepted; of messages with one push nothing is kept. Every call
 * throws when DynamoDB cannot be reached.
 */
export interface SentTable {
  /**
   * Adds a push of a message that is split into `parts`. `path` tells a message's pushes apart. Throws also where
   * pushes of another split have been added.
   */
  add(genesysMessageId: string, path: readonly number[], parts: number): Promise<void>;
  /** Undefined where nothing was added in the last 16 days. */
  get(genesysMessageId: string): Promise<SentParts | undefined>;
}

const item = z.object({
  parts: z.int().positive(),
  sent: z.set(z.string()),
  expiresAt: z.number(),
});

export function createSentTable(brand: string, table: Table): SentTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (messageId: string) => ({ pk: tableKeys.sent(brand, messageId) });

  return {
    async add(genesysMessageId, path, parts) {
      await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(genesysMessageId),
          // A later try begins with part 1 again: nothing is to be taken away by it.
          ConditionExpression: "attribute_not_exists(parts) OR parts = :parts",
          UpdateExpression: "SET parts = :parts, expiresAt = :expiresAt ADD sent :sent",
          ExpressionAttributeValues: {
            ":parts": parts,
            ":sent": new Set([path.join(".")]),
            ":expiresAt": Math.floor(now() / 1_000) + OUTLIVES_LETTERS_SECONDS,
          },
        }),
      );
    },
    async get(genesysMessageId) {
      const answer = await documents.send(
        new GetCommand({ TableName, Key: keyOf(genesysMessageId), ConsistentRead: true }),
      );
      const { data } = item.safeParse(answer.Item);
      if (data === undefined || data.expiresAt * 1_000 <= now()) return undefined;
      return { parts: data.parts, sent: [...data.sent].sort() };
    },
  };
}
