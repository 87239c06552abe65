import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "./table.ts";

/** What DynamoDB takes in one call. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS = 100;
/** DynamoDB leaves keys out while it is asked for more than it admits; the second call is for those. */
const ROUNDS = 2;

/**
 * The items under these partition keys, all different, in one call for each 100; undefined where there is none. A
 * key that DynamoDB has not read, though asked for it twice, is not in the answer. Throws when DynamoDB cannot be
 * reached.
 */
export async function readItems(
  { documents, name: TableName }: Pick<Table, "documents" | "name">,
  pks: readonly string[],
  ConsistentRead: boolean,
): Promise<Map<string, unknown>> {
  const items = new Map<string, unknown>();
  for (let round = 0, left = pks; round < ROUNDS && left.length > 0; round += 1) {
    for (let start = 0; start < left.length; start += MAX_KEYS) {
      const keys = left.slice(start, start + MAX_KEYS);
      const Keys = keys.map((pk) => ({ pk }));
      const answer = await documents.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead } } }),
      );
      const unread = new Set(answer.UnprocessedKeys?.[TableName]?.Keys?.map(({ pk }) => pk));
      const found = new Map(answer.Responses?.[TableName]?.map((item) => [item.pk, item]));
      for (const pk of keys) if (!unread.has(pk)) items.set(pk, found.get(pk));
    }
    left = left.filter((pk) => !items.has(pk));
  }
  return items;
}
