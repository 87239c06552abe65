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
  /** Counts one more; `kind` where others may fare better. */
  add(queueMessageId: string, kind?: FailureKind): Promise<Failures>;
}

/** A refusal for now, a limit of messages, or an outage that only this message sees. */
export type FailureKind = "refused" | "limited" | "alone";

export interface Failures {
  failures: number;
  /** When the first refusal for now happened, in ms. */
  refusedSince?: number | undefined;
  /** When a limit of messages was reached first, in ms. */
  limitedSince?: number | undefined;
  /** How often it failed while others succeeded, and when it did so first, in ms. */
  alone?: number | undefined;
  aloneSince?: number | undefined;
}

/** Longer than any patience. */
const KEPT_SECONDS = 2 * 86_400;

const item = z.object({
  failures: z.number(),
  refusedSince: z.number().optional(),
  limitedSince: z.number().optional(),
  alone: z.number().optional(),
  aloneSince: z.number().optional(),
});

/** What a failure changes beside its count. */
const CHANGES = {
  refused: { set: ", refusedSince = if_not_exists(refusedSince, :now)", add: "" },
  limited: { set: ", limitedSince = if_not_exists(limitedSince, :now)", add: "" },
  alone: { set: ", aloneSince = if_not_exists(aloneSince, :now)", add: ", alone :one" },
} as const;

export function createFailureTable({ documents, name: TableName, now }: Table): FailureTable {
  const keyOf = (queueMessageId: string) => ({ pk: tableKeys.failures(queueMessageId) });
  return {
    async of(queueMessageId) {
      const answer = await documents.send(
        new GetCommand({ TableName, Key: keyOf(queueMessageId) }),
      );
      return item.safeParse(answer.Item).data?.failures ?? 0;
    },
    async add(queueMessageId, kind) {
      const { set, add } = kind === undefined ? { set: "", add: "" } : CHANGES[kind];
      const answer = await documents.send(
        new UpdateCommand({
          TableName,
          Key: keyOf(queueMessageId),
          UpdateExpression: `SET expiresAt = :expiresAt${set} ADD failures :one${add}`,
          ExpressionAttributeValues: {
            ":expiresAt": Math.ceil(now() / 1_000) + KEPT_SECONDS,
            ":one": 1,
            ...(kind !== undefined && { ":now": now() }),
          },
          ReturnValues: "ALL_NEW",
        }),
      );
      return item.parse(answer.Attributes);
    },
  };
}
