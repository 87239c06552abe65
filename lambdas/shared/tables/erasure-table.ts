import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "./table.ts";
import { tableKeys } from "./table-keys.ts";

/**
 * Which media was erased in the last 26 hours, so that what is still being fetched is not kept. Media is
 * named by the prefix of its keys, see media-keys.ts, which tells nothing of the customer. Every call throws
 * when DynamoDB cannot be reached.
 */
export interface ErasureTable {
  /** To be called before the media is deleted. */
  erased(prefix: string): Promise<void>;
  /** Whether it was erased; of a customer's media, whether it was after `sentAt` (ms). */
  isErased(prefix: string, sentAt?: number): Promise<boolean>;
}

/** Longer than any message is tried. */
const KEPT_SECONDS = 26 * 3_600;

const item = z.object({ erasedAt: z.number() });

export function createErasureTable({ documents, name: TableName, now }: Table): ErasureTable {
  return {
    async erased(prefix) {
      const erasedAt = now();
      const expiresAt = Math.floor(erasedAt / 1_000) + KEPT_SECONDS;
      const Item = { pk: tableKeys.erasure(prefix), erasedAt, expiresAt };
      await documents.send(new PutCommand({ TableName, Item }));
    },
    async isErased(prefix, sentAt = Number.NEGATIVE_INFINITY) {
      const Key = { pk: tableKeys.erasure(prefix) };
      const answer = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      const { success, data } = item.safeParse(answer.Item);
      return success && sentAt <= data.erasedAt;
    },
  };
}
