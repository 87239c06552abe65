import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/**
 * Which messages of a brand's pushes LINE has refused for what is in them, so that every later try makes the
 * same pushes in their place. `path` tells a message's pushes apart. Every call throws when DynamoDB cannot be
 * reached.
 */
export interface RefusedTable {
  /** `parts` are indexes of messages in the push. */
  put(genesysMessageId: string, path: readonly number[], parts: readonly number[]): Promise<void>;
  /** Undefined where LINE has refused nothing. */
  get(genesysMessageId: string, path: readonly number[]): Promise<readonly number[] | undefined>;
}

/** Longer than LINE knows a retry key. */
const KEPT_SECONDS = 2 * 86_400;

const item = z.object({ parts: z.array(z.number()), expiresAt: z.number() });

export function createRefusedTable(brand: string, table: Table): RefusedTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (messageId: string, path: readonly number[]) => ({
    pk: tableKeys.refused(brand, messageId, path),
  });

  return {
    async put(genesysMessageId, path, parts) {
      const expiresAt = Math.floor(now() / 1_000) + KEPT_SECONDS;
      await documents.send(
        new PutCommand({ TableName, Item: { ...keyOf(genesysMessageId, path), parts, expiresAt } }),
      );
    },
    async get(genesysMessageId, path) {
      const Key = keyOf(genesysMessageId, path);
      const answer = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const { data } = item.safeParse(answer.Item);
      return data !== undefined && data.expiresAt * 1_000 > now() ? data.parts : undefined;
    },
  };
}
