import { CONSUMER_SECONDS } from "../../shared/contract/consumer-seconds.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { Postponed } from "../../shared/failures/failures.ts";
import type { Log } from "../../shared/function/log.ts";
import type { BudgetTable } from "./budget-table.ts";

/** Messages go before receipts: these only get a turn that nobody waits for. */
export type Urgency = "message" | "receipt";

/** The requests a minute that Genesys Cloud admits per OAuth client, shared by all instances of the worker. */
export interface RequestBudget {
  /**
   * Resolves when the client may make one more request. Throws Postponed where its turn comes too
   * late for an attempt whose time is up at `endsAt` (ms), and what DynamoDB throws.
   */
  take(client: string, urgency: Urgency, endsAt: number): Promise<void>;
  /**
   * Genesys Cloud has answered 429: nobody asks again for so many seconds, a minute at most, and then one
   * request alone until it is answered. Never throws.
   */
  pause(client: string, seconds: number): Promise<void>;
  /** Genesys Cloud has answered anything else: where this was the one request, others follow. Never throws. */
  resume(client: string): Promise<void>;
}

/** Genesys counts by the minute. Whatever it asks for, one request then shows whether it admits more. */
const MAX_PAUSE_SECONDS = 60;

interface Waiting {
  urgency: Urgency;
  endsAt: number;
  resolve(startsAt: number): void;
  reject(error: unknown): void;
}

/** Leases turns from the table, for all who ask at the same time together. */
export function createRequestBudget(deps: {
  table: BudgetTable;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}): RequestBudget {
  const queues = new Map<string, Waiting[]>();
  const pausedUntil = new Map<string, number>();
  /** Clients for which this instance makes the one request after a pause. */
  const trying = new Set<string>();

  function turn(client: string, urgency: Urgency, endsAt: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiting = { urgency, endsAt, resolve, reject };
      const queue = queues.get(client);
      if (queue !== undefined) {
        queue.push(waiting);
        return;
      }
      const started = [waiting];
      queues.set(client, started);
      void serve(client, started);
    });
  }

  /** One lease at a time: whoever comes meanwhile shares the next one. */
  async function serve(client: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const asking = queue.splice(0);
      await lease(client, asking, "message");
      await lease(client, asking, "receipt");
    }
    queues.delete(client);
  }

  async function lease(
    client: string,
    asking: readonly Waiting[],
    urgency: Urgency,
  ): Promise<void> {
    const group = asking.filter((waiting) => waiting.urgency === urgency);
    if (group.length === 0) return;
    try {
      const until = Math.min(...group.map(({ endsAt }) => latest(urgency, endsAt)));
      const { startsAt, nextAt, isTrial } = await deps.table.lease(client, group.length, until);
      if (isTrial) trying.add(client);
      for (const [index, waiting] of group.entries()) {
        const start = startsAt[index];
        if (start === undefined) waiting.reject(postponed(nextAt, urgency));
        else waiting.resolve(start);
      }
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  /** Until when to wait for a turn: a receipt takes none that a message could wait for. */
  function latest(urgency: Urgency, endsAt: number): number {
    const now = deps.now();
    return urgency === "message" ? Math.max(now, endsAt - CONSUMER_SECONDS.attempt * 1_000) : now;
  }

  async function sleepUntil(time: number): Promise<void> {
    const wait = time - deps.now();
    if (wait > 0) await deps.sleep(wait);
  }

  function postponed(nextAt: number, urgency: Urgency): Postponed {
    const seconds = Math.max(1, Math.ceil((nextAt - deps.now()) / 1_000));
    // Receipts would come back again and again while messages take every turn: they back off.
    return new Postponed(
      "The requests of this minute are used.",
      urgency === "message" ? seconds : undefined,
    );
  }

  return {
    async take(client, urgency, endsAt) {
      for (;;) {
        const startsAt = await turn(client, urgency, endsAt);
        await sleepUntil(startsAt);
        const resumesAt = pausedUntil.get(client) ?? 0;
        if (resumesAt <= deps.now()) return;
        // Leased before the pause; after it all who wait must not start in the same moment.
        if (resumesAt > latest(urgency, endsAt)) throw postponed(resumesAt, urgency);
        await sleepUntil(resumesAt);
      }
    },
    async pause(client, seconds) {
      const until = deps.now() + Math.min(seconds, MAX_PAUSE_SECONDS) * 1_000;
      pausedUntil.set(client, Math.max(until, pausedUntil.get(client) ?? 0));
      trying.delete(client);
      try {
        await deps.table.pause(client, until);
      } catch (error) {
        deps.log.warn("Could not share a pause of requests", errorFields(error));
      }
    },
    async resume(client) {
      if (!trying.delete(client)) return;
      try {
        await deps.table.resume(client);
      } catch (error) {
        // The table lets another one try after a while.
        deps.log.warn("Could not end a pause of requests", errorFields(error));
      }
    },
  };
}
