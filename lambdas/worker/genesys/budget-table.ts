import { isDeepStrictEqual } from "node:util";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { RetryableFailure } from "../../shared/failures/failures.ts";
import type { Table } from "../../shared/tables/table.ts";
import { tableKeys } from "../../shared/tables/table-keys.ts";

/** Turns that are the caller's own: when each request may start, in ms; none where all would be too late. */
interface Lease {
  startsAt: number[];
  /** When the next turn of all would be. */
  nextAt: number;
  /** The turn is the single one after a pause: whoever has it says how it was answered, by `pause` or `resume`. */
  isTrial?: boolean;
}

/**
 * The requests a minute that one OAuth client may make, shared by all who use the table. Every call
 * throws when DynamoDB cannot be reached, and RetryableFailure where too many lease at once.
 */
export interface BudgetTable {
  /** Up to `count` turns that start at `latest` (ms) or before. */
  lease(client: string, count: number, latest: number): Promise<Lease>;
  /** Gives nobody a turn before `until` (ms), and then a single one, until `resume`. */
  pause(client: string, until: number): Promise<void>;
  /** The single request after a pause was admitted: everybody has turns again. */
  resume(client: string): Promise<void>;
}

const MINUTE_MS = 60_000;
/** The rest is for requests that take longer on their way to the other side than those behind them. */
const USED_SHARE = 0.985;
/** So much of a minute's requests may start at once after a quiet time. */
const BURST_SHARE = 0.1;
const KEPT_SECONDS = 86_400;
/** How often somebody else may be faster. */
const MAX_ROUNDS = 20;

/** An answer that has not come until then never comes: somebody else tries. */
const TRIAL_MS = 12_000;
/** Most answers take less, so others look again after it. */
const ANSWER_MS = 2_000;

const state = z.object({
  /** When the next turn is, in ms. */
  nextAt: z.number(),
  /** Until then turns are further apart, because some have started at once. */
  slowUntil: z.number().default(0),
  /** After a pause: the single request that tries is due at `nextAt`, or under way until then. */
  trial: z.enum(["due", "under way"]).optional(),
});
type State = z.infer<typeof state>;

const UNUSED: State = { nextAt: 0, slowUntil: 0 };

/**
 * One item per client holds when its next turn is (the generic cell rate algorithm). Turns follow
 * each other evenly: a minute's requests all at its beginning would leave nothing for its rest. No
 * minute, wherever it begins, holds more turns than the limit.
 */
export function createBudgetTable(
  { documents, name: TableName, now }: Table,
  requestsPerMinute: number,
): BudgetTable {
  const used = requestsPerMinute * USED_SHARE;
  const burst = Math.max(1, Math.floor(requestsPerMinute * BURST_SHARE));
  const even = MINUTE_MS / used;
  const wide = burst === 1 ? even : MINUTE_MS / (used - burst);
  /** What the table said last: while nobody else leases, a lease is one write. */
  const remembered = new Map<string, State | undefined>();
  const keyOf = (client: string) => ({ pk: tableKeys.budget(client) });

  async function read(client: string): Promise<State | undefined> {
    const answer = await documents.send(
      new GetCommand({ TableName, Key: keyOf(client), ConsistentRead: true }),
    );
    const found = state.safeParse(answer.Item).data;
    remembered.set(client, found);
    return found;
  }

  /** False if somebody else was faster. */
  async function write(client: string, before: State | undefined, after: State) {
    try {
      await documents.send(
        new PutCommand({
          TableName,
          Item: {
            ...keyOf(client),
            ...after,
            expiresAt: Math.ceil(after.nextAt / 1_000) + KEPT_SECONDS,
          },
          ...(before === undefined
            ? { ConditionExpression: "attribute_not_exists(pk)" }
            : {
                ConditionExpression: "nextAt = :before",
                ExpressionAttributeValues: { ":before": before.nextAt },
              }),
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
    remembered.set(client, after);
    return true;
  }

  /** Changes when the next turn is, again where somebody came in between. */
  async function update<Result>(
    client: string,
    change: (before: State) => { after: State; result: Result },
  ): Promise<Result> {
    let before = remembered.get(client);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { after, result } = change(before ?? UNUSED);
      const isChanged = !isDeepStrictEqual(after, before ?? UNUSED);
      if (!isChanged || (await write(client, before, after))) return result;
      before = await read(client);
    }
    throw new RetryableFailure("Too many workers ask for the budget of requests at the same time.");
  }

  /** After a pause one request shows whether more are admitted. */
  function leaseTrial(before: State, latest: number): { after: State; result: Lease } {
    const isUnderWay = before.trial === "under way";
    const startsAt = Math.max(before.nextAt, now());
    if (startsAt <= latest) {
      return {
        after: { ...before, nextAt: startsAt + TRIAL_MS, trial: "under way" },
        result: { startsAt: [startsAt], nextAt: startsAt + ANSWER_MS, isTrial: true },
      };
    }
    const nextAt = isUnderWay ? Math.min(before.nextAt, now() + ANSWER_MS) : before.nextAt;
    return { after: before, result: { startsAt: [], nextAt } };
  }

  return {
    async lease(client, count, latest) {
      // Another instance may have ended the pause, and only then does a turn come earlier than remembered.
      if (remembered.get(client)?.trial === "under way") await read(client);
      return update(client, (before) => {
        if (before.trial !== undefined) return leaseTrial(before, latest);
        const time = now();
        const startsAt: number[] = [];
        let nextAt = Math.max(before.nextAt, time - (burst - 1) * wide);
        let { slowUntil } = before;
        while (startsAt.length < count && nextAt <= latest) {
          startsAt.push(nextAt);
          if (nextAt < time) slowUntil = time + MINUTE_MS;
          nextAt += Math.max(nextAt, time) < slowUntil ? wide : even;
        }
        const after = startsAt.length === 0 ? before : { nextAt, slowUntil };
        return { after, result: { startsAt, nextAt } };
      });
    },
    pause: (client, until) =>
      update(client, (before) => {
        // The request that tried is what was refused. Else later than before, which others may remember.
        const earliest = before.trial === "under way" ? 0 : before.nextAt + 1;
        const nextAt = Math.max(earliest, until);
        return { after: { ...before, nextAt, trial: "due" as const }, result: undefined };
      }),
    resume: (client) =>
      update(client, ({ trial, ...before }) => ({
        after:
          trial === "under way"
            ? { ...before, nextAt: Math.min(before.nextAt, now()) }
            : { ...before, ...(trial && { trial }) },
        result: undefined,
      })),
  };
}
