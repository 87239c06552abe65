import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";

/** What the table keeps of a customer; never message text. */
export interface CustomerTable {
  /** The display name, with whether it is older than a day; undefined if none is stored. */
  getDisplayName(brand: string, customerId: string): Promise<StoredName | undefined>;
  putDisplayName(brand: string, customerId: string, displayName: string): Promise<void>;
}

export interface StoredName {
  displayName: string;
  isStale: boolean;
}

const DAY_MS = 86_400_000;
/** A customer who has been silent for this long is forgotten. */
const KEPT_DAYS = 90;

const item = z.object({ displayName: z.string(), namedAt: z.number(), expiresAt: z.number() });

export function createCustomerTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  now: () => number,
): CustomerTable {
  const keyOf = (brand: string, customerId: string) => ({ pk: `customer#${brand}#${customerId}` });

  return {
    async getDisplayName(brand, customerId) {
      const answer = await client.send(
        new GetCommand({ TableName: tableName, Key: keyOf(brand, customerId) }),
      );
      const stored = item.safeParse(answer.Item);
      // DynamoDB deletes expired items late.
      if (!stored.success || stored.data.expiresAt * 1_000 <= now()) return undefined;
      const { displayName, namedAt } = stored.data;
      return { displayName, isStale: now() - namedAt > DAY_MS };
    },
    async putDisplayName(brand, customerId, displayName) {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            ...keyOf(brand, customerId),
            displayName,
            namedAt: now(),
            expiresAt: Math.floor((now() + KEPT_DAYS * DAY_MS) / 1_000),
          },
        }),
      );
    },
  };
}
