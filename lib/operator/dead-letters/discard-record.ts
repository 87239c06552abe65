import { type DynamoDBDocumentClient, PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { discardedKeyPrefix, tableKeys } from "../../../lambdas/shared/tables/table-keys.ts";
import type { LetterFacts } from "./letter-facts.ts";

/** That a dead letter was discarded: what it was, and who did it, when and why. It names no customer. */
export interface DiscardRecord extends LetterFacts {
  /** ISO 8601. */
  at: string;
  /** See caller.ts. */
  by: string;
  because: string;
}

const KEPT_SECONDS = 400 * 86_400;

/** Keeps a record for 400 days; a second one of the same letter takes its place. Throws what DynamoDB throws. */
export async function keepRecord(
  documents: DynamoDBDocumentClient,
  TableName: string,
  record: DiscardRecord,
): Promise<void> {
  const expiresAt = Math.floor(Date.parse(record.at) / 1_000) + KEPT_SECONDS;
  const Item = { pk: tableKeys.discarded(record.id), ...record, expiresAt };
  await documents.send(new PutCommand({ TableName, Item }));
}

const items = z.array(
  z.object({
    id: z.string(),
    queue: z.enum(["inbound", "outbound"]),
    brand: z.string(),
    reason: z.string(),
    kind: z.string(),
    correlationId: z.string().optional(),
    parkedAt: z.string(),
    sent: z.object({ parts: z.array(z.string()), of: z.number() }).optional(),
    at: z.string(),
    by: z.string(),
    because: z.string(),
  }),
);

/** All records that are kept, the oldest first. Reads the whole table. */
export async function readRecords(
  client: DynamoDBDocumentClient,
  TableName: string,
): Promise<DiscardRecord[]> {
  const FilterExpression = "begins_with(pk, :prefix)";
  const ExpressionAttributeValues = { ":prefix": discardedKeyPrefix };
  const pages = paginateScan(
    { client },
    { TableName, FilterExpression, ExpressionAttributeValues },
  );
  const records: DiscardRecord[] = [];
  for await (const { Items } of pages) records.push(...items.parse(Items));
  return records.toSorted((a, b) => a.at.localeCompare(b.at));
}
