import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Postponed } from "../../shared/failures/failures.ts";
import type { Table } from "../../shared/tables/table.ts";
import { tableKeys } from "../../shared/tables/table-keys.ts";
import { type Ask, giveTurns, type Turn } from "./turns.ts";

interface Lease {
  /** In the order of what was asked. */
  turns: Turn[];
  /** The one turn is the single one after a pause: whoever has it says how it was answered, by `pause` or `resume`. */
  isTrial: boolean;
}

/**
 * The requests a minute that one OAuth client may make, shared by all who use the table. Every call
 * throws when DynamoDB cannot be reached, and Postponed where too many ask at once.
 */
export interface BudgetTable {
  lease(client: string, asks: readonly Ask[]): Promise<Lease>;
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
const LOST_SECONDS = 2;
/** For how long after another instance has leased this one takes what it remembers for outdated. */
const SHARED_MS = 10_000;

/** An answer that has not come until then never comes: somebody else tries. */
const TRIAL_MS = 12_000;
/** Most answers take less, so others look again after it. */
const ANSWER_MS = 2_000;

const state = z.object({
  /** Rises with every change. */
  version: z.number(),
  nextAt: z.number(),
  slow: z.record(z.string(), z.number()),
  brands: z.record(
    z.string(),
    z.object({ nextAt: z.number(), askedAt: z.number(), lineAt: z.number() }),
  ),
  /** After a pause: the single request that tries is due at `nextAt`, or under way until then. */
  trial: z.enum(["due", "under way"]).optional(),
});
type State = z.infer<typeof state>;

const UNUSED: State = { version: 0, nextAt: 0, slow: {}, brands: {} };

/** How old the time may be at which a brand is noted to have asked. */
const ASKED_MS = 2_000;

/**
 * Whether nobody has got a turn or a new place in line. What this instance remembers is enough to refuse: others only
 * take more turns.
 */
function changesNothing(
  { brands }: State,
  asks: readonly Ask[],
  turns: readonly Turn[],
  now: number,
): boolean {
  return (
    turns.every((turn) => !("startsAt" in turn)) &&
    asks.every(
      ({ kind, brand }) => kind !== "new" && (brands[brand]?.askedAt ?? 0) > now - ASKED_MS,
    )
  );
}

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
  const rate = {
    used,
    burst: Math.max(1, Math.floor(requestsPerMinute * BURST_SHARE)),
    lateMs: Math.max(0, MINUTE_MS / USED_SHARE - MINUTE_MS - MINUTE_MS / used),
  };
  /** What the table said last: while nobody else leases, a lease is one write. */
  const remembered = new Map<string, State>();
  /** When another instance was seen to have leased, in ms. */
  const sharedAt = new Map<string, number>();
  const keyOf = (client: string) => ({ pk: tableKeys.budget(client) });

  async function read(client: string): Promise<State> {
    const answer = await documents.send(
      new GetCommand({ TableName, Key: keyOf(client), ConsistentRead: true }),
    );
    const found = state.safeParse(answer.Item).data ?? UNUSED;
    const known = remembered.get(client);
    if (known !== undefined && found.version > known.version) sharedAt.set(client, now());
    remembered.set(client, found);
    return found;
  }

  /** False if somebody else was faster. */
  async function write(client: string, { version }: State, after: State): Promise<boolean> {
    try {
      await documents.send(
        new PutCommand({
          TableName,
          Item: {
            ...keyOf(client),
            ...after,
            expiresAt: Math.ceil(Math.max(after.nextAt, now()) / 1_000) + KEPT_SECONDS,
          },
          ConditionExpression:
            version === 0 ? "attribute_not_exists(version)" : "version = :before",
          ...(version !== 0 && { ExpressionAttributeValues: { ":before": version } }),
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
    remembered.set(client, after);
    return true;
  }

  /** A write that fails because another instance was faster is billed, too, and a read costs a fifth of it. */
  function mayBeOutdated(client: string): boolean {
    const isShared = now() - (sharedAt.get(client) ?? Number.NEGATIVE_INFINITY) < SHARED_MS;
    // Another instance may have ended the pause, and only then does a turn come earlier than remembered.
    return isShared || remembered.get(client)?.trial === "under way";
  }

  /** Changes the turns, again where somebody came in between; not at all where `change` has no `after`. */
  async function update<Result>(
    client: string,
    change: (before: State) => { after?: Omit<State, "version">; result: Result },
  ): Promise<Result> {
    let before = mayBeOutdated(client) ? await read(client) : (remembered.get(client) ?? UNUSED);
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { after, result } = change(before);
      if (after === undefined) return result;
      if (await write(client, before, { ...after, version: before.version + 1 })) return result;
      before = await read(client);
    }
    throw new Postponed("Too many workers ask for requests at the same time.", LOST_SECONDS);
  }

  /** After a pause one request shows whether more are admitted. All others line up behind its answer. */
  function leaseTrial(before: State, [first, ...others]: readonly Ask[]) {
    const time = now();
    if (first === undefined || before.nextAt > time) {
      const opensAt = before.trial === "due" ? before.nextAt : time + ANSWER_MS;
      const asks = first === undefined ? [] : [first, ...others];
      const { after, turns } = giveTurns(before, asks, rate, time, opensAt);
      return { after: { ...before, brands: after.brands }, result: { turns, isTrial: false } };
    }
    const { after, turns } = giveTurns(before, others, rate, time, time + ANSWER_MS);
    return {
      after: {
        ...before,
        brands: after.brands,
        nextAt: time + TRIAL_MS,
        trial: "under way" as const,
      },
      result: { turns: [{ startsAt: time }, ...turns], isTrial: true },
    };
  }

  return {
    lease: (client, asks) =>
      update(client, (before) => {
        if (before.trial !== undefined) return leaseTrial(before, asks);
        const { after, turns } = giveTurns(before, asks, rate, now());
        const result = { turns, isTrial: false };
        return changesNothing(before, asks, turns, now()) ? { result } : { after, result };
      }),
    pause: (client, until) =>
      update(client, (before) => {
        // The request that tried is what was refused. A shorter pause does not end a longer one.
        const earliest = before.trial === "under way" ? 0 : before.nextAt;
        const nextAt = Math.max(earliest, until);
        return { after: { ...before, nextAt, trial: "due" as const }, result: undefined };
      }),
    resume: (client) =>
      update(client, ({ trial, ...before }) =>
        trial === "under way"
          ? {
              after: { ...before, nextAt: Math.min(before.nextAt, now()) },
              result: undefined,
            }
          : { result: undefined },
      ),
  };
}
