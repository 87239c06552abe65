import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../tables/table.ts";
import { tableKeys } from "../tables/table-keys.ts";

/**
 * How often trying a message of a queue has failed. SQS counts receives, and most receives of a
 * message in a burst are no tries: it waits behind others, or for its turn. Every call throws when
 * DynamoDB cannot be reached.
 */
export interface FailureTable {
  of(queueMessageId: string): Promise<number>;
  /** Counts one more; `isRefusal` where it was a refusal for now. */
  add(queueMessageId: string, isRefusal: boolean): Promise<Failures>;
}

interface Failures {
  failures: number;
  /** When the first refusal for now happened, in ms. */
  refusedSince?: number | undefined;
}

/** Longer than any patience. */
const KEPT_SECONDS = 2 * 86_400;

const item = z.object({ failures: z.number(), refusedSince: z.number().optional() });

export function createFailureTable({ documents, name: TableName, now }: Table): FailureTable {
  const keyOf = (queueMessageId: string) => ({ pk: tableKeys.failures(queueMessageId) });
  return {
    async of(queueMessageId) {
      const answer = await documents.send(
        new GetCommand({ TableName, Key: keyOf(queueMessageId) }),
      );
      return item.safeParse(answer.Item).data?.failures ?? 0;
    },
    async add(queueMessageId, isRefusal) {
      const sinceNow = isRefusal ? ", refusedSince = if_not_exists(refusedSince, :now)" : "";
      const answer = await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(queueMessageId),
          UpdateExpression: `SET expiresAt = :expiresAt${sinceNow} ADD failures :one`,
          ExpressionAttributeValues: {
            ":expiresAt": Math.ceil(now() / 1_000) + KEPT_SECONDS,
            ":one": 1,
            ...(isRefusal && { ":now": now() }),
          },
          ReturnValues: "ALL_NEW",
        }),
      );
      return item.parse(answer.Attributes);
    },
  };
}
