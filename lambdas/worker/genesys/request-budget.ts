import { errorFields } from "../../shared/failures/bridge-error.ts";
import { Postponed } from "../../shared/failures/failures.ts";
import type { Log } from "../../shared/function/log.ts";
import type { BudgetTable } from "./budget-table.ts";
import type { Ask } from "./turns.ts";

/** The requests a minute that Genesys Cloud admits per OAuth client, shared by all instances of the worker. */
export interface RequestBudget {
  /**
   * Resolves when the client may make one more request, within about a second. Throws Postponed where its
   * turn comes later, and what DynamoDB throws.
   */
  take(client: string, ask: Ask): Promise<void>;
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

/** Who gets a turn first. */
const ORDER: readonly Ask["kind"][] = ["returning", "new", "receipt"];

interface Waiting {
  ask: Ask;
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

  function turn(client: string, ask: Ask): Promise<number> {
    return new Promise((resolve, reject) => {
      const waiting = { ask, resolve, reject };
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
      await lease(
        client,
        queue.splice(0).toSorted((one, other) => rank(one) - rank(other)),
      );
    }
    queues.delete(client);
  }

  async function lease(client: string, asking: readonly Waiting[]): Promise<void> {
    try {
      const asks = asking.map(({ ask }) => ask);
      const { turns, isTrial } = await deps.table.lease(client, asks);
      if (isTrial) trying.add(client);
      for (const [index, { resolve, reject }] of asking.entries()) {
        const turn = turns[index];
        if (turn !== undefined && "startsAt" in turn) resolve(turn.startsAt);
        else reject(postponed(turn?.asksAgainAt));
      }
    } catch (error) {
      for (const { reject } of asking) reject(error);
    }
  }

  /** Without a time: receipts would come back again and again while messages take every turn, so they back off. */
  function postponed(until: number | undefined): Postponed {
    // Rather too early than too late: a turn within a second is waited for, and one that is missed is lost.
    const seconds = until && Math.max(1, Math.floor((until - deps.now()) / 1_000));
    return new Postponed("The requests of this minute are used.", seconds);
  }

  return {
    async take(client, ask) {
      const wait = (await turn(client, ask)) - deps.now();
      if (wait > 0) await deps.sleep(wait);
      // Leased before the pause.
      const resumesAt = pausedUntil.get(client) ?? 0;
      if (resumesAt > deps.now()) throw postponed(resumesAt);
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

function rank({ ask }: Waiting): number {
  return ORDER.indexOf(ask.kind);
}
