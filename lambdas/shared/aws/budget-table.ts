import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";

/** Turns that are the caller's own: when each request may start, in ms; none where all would be too late. */
export interface Lease {
  startsAt: number[];
  /** When the next turn of all would be. */
  nextAt: number;
}

/**
 * The requests a minute that one OAuth client may make, shared by all who use the table. Every call
 * throws when DynamoDB cannot be reached.
 */
export interface BudgetTable {
  /** Up to `count` turns that start at `latest` (ms) or before. */
  lease(client: string, count: number, latest: number): Promise<Lease>;
  /** Gives nobody a turn before `until` (ms). */
  pause(client: string, until: number): Promise<void>;
}

/** A hundredth stays unused, for the unequal ways of requests to the other side. */
const USED_SHARE = 0.99;
/** A tenth of a minute's requests may start at once after a quiet time. */
const BURST_SHARE = 0.1;
const KEPT_SECONDS = 86_400;

const item = z.object({ nextAt: z.number() });

/**
 * One item per client holds when its next turn is; turns follow each other evenly (the generic cell
 * rate algorithm), because a minute's requests at its beginning would leave nothing for its rest.
 */
export function createBudgetTable(
  documents: DynamoDBDocumentClient,
  tableName: string,
  requestsPerMinute: number,
  now: () => number,
): BudgetTable {
  const interval = 60_000 / (requestsPerMinute * USED_SHARE);
  const burst = Math.max(1, Math.floor(requestsPerMinute * BURST_SHARE));
  /** What the table said last: while nobody else leases, a lease is one write. */
  const remembered = new Map<string, number | undefined>();
  const keyOf = (client: string) => ({ pk: `budget#${client}` });

  async function read(client: string): Promise<number | undefined> {
    const answer = await documents.send(
      new GetCommand({ TableName: tableName, Key: keyOf(client), ConsistentRead: true }),
    );
    const nextAt = item.safeParse(answer.Item).data?.nextAt;
    remembered.set(client, nextAt);
    return nextAt;
  }

  /** False if somebody else was faster. */
  async function write(client: string, before: number | undefined, nextAt: number) {
    try {
      await documents.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            ...keyOf(client),
            nextAt,
            expiresAt: Math.ceil(nextAt / 1_000) + KEPT_SECONDS,
          },
          ...(before === undefined
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : {
                ConditionExpression: "nextAt = :before",
                ExpressionAttributeValues: { ":before": before },
              }),
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
    remembered.set(client, nextAt);
    return true;
  }

  /** Changes when the next turn is, again where somebody came in between. */
  async function update<Result>(
    client: string,
    change: (nextAt: number) => { nextAt: number; result: Result },
  ): Promise<Result> {
    let before = remembered.get(client);
    for (;;) {
      const { nextAt, result } = change(before ?? 0);
      const isChanged = nextAt !== (before ?? 0);
      if (!isChanged || (await write(client, before, nextAt))) return result;
      before = await read(client);
    }
  }

  return {
    lease: (client, count, latest) =>
      update(client, (before) => {
        const first = Math.max(before, now() - (burst - 1) * interval);
        const fitting = Math.max(0, Math.floor((latest - first) / interval) + 1);
        const startsAt = Array.from(
          { length: Math.min(count, fitting) },
          (_, turn) => first + turn * interval,
        );
        const nextAt = first + startsAt.length * interval;
        return { nextAt: startsAt.length > 0 ? nextAt : before, result: { startsAt, nextAt } };
      }),
    pause: (client, until) =>
      update(client, (before) => ({ nextAt: Math.max(before, until), result: undefined })),
  };
}
