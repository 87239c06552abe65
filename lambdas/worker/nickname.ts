import { errorFields } from "../shared/failures/bridge-error.ts";
import { PermanentFailure, RetryableFailure } from "../shared/failures/failures.ts";
import type { Log } from "../shared/function/log.ts";
import type { LineClient, LineParty } from "../shared/line/client.ts";
import type { Customer, CustomerTable } from "../shared/tables/customer-table.ts";

/**
 * The name of a user, group or member as agents see it; undefined when it cannot be had in time.
 * `known` saves reading what the table keeps. Never throws.
 */
export type Nickname = (
  brand: string,
  party: LineParty,
  known?: Customer,
) => Promise<string | undefined>;

const MAX_WAIT_MS = 1_500;
/** A failure that took this long would hold up the next customers, too. */
const SLOW_MS = 500;
/** After a slow failure the names of a brand are not asked for during this time. */
const PAUSE_MS = 30_000;

/** The stored display name, else the LINE profile, asked once: a name never holds a message up. */
export function createNickname(deps: {
  customers: Pick<CustomerTable, "get" | "named">;
  line: Pick<LineClient, "displayName">;
  log: Log;
  now: () => number;
}): Nickname {
  const pausedUntil = new Map<string, number>();

  async function look(
    brand: string,
    party: LineParty,
    known: Customer | undefined,
  ): Promise<string | undefined> {
    const { name } = known ?? (await deps.customers.get(brand, idOf(party)));
    const isPaused = deps.now() < (pausedUntil.get(brand) ?? 0);
    if (isPaused || name?.isStale === false) return name?.displayName;
    const started = deps.now();
    try {
      const displayName = readable(await deps.line.displayName(brand, party));
      if (displayName === "") return undefined;
      await store(brand, party, displayName);
      return displayName;
    } catch (error) {
      fail(brand, error, deps.now() - started >= SLOW_MS);
      return name?.displayName;
    }
  }

  async function store(brand: string, party: LineParty, displayName: string): Promise<void> {
    try {
      await deps.customers.named(brand, idOf(party), displayName);
    } catch (error) {
      deps.log.warn("Could not store a display name", { brand, ...errorFields(error) });
    }
  }

  function fail(brand: string, error: unknown, isSlow: boolean): void {
    // LINE does not tell the name of one customer (404); the next may have one.
    if (error instanceof PermanentFailure) return;
    if (isSlow) pausedUntil.set(brand, deps.now() + PAUSE_MS);
    deps.log.warn("Could not get a display name", { brand, ...errorFields(error) });
  }

  return async (brand, party, known) => {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        fail(brand, new RetryableFailure(`It took longer than ${MAX_WAIT_MS} ms.`), true);
        resolve(undefined);
      }, MAX_WAIT_MS);
    });
    try {
      return await Promise.race([look(brand, party, known), timeout]);
    } catch (error) {
      fail(brand, error, false);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** People put control characters and turns of the writing direction into names, which would reach into an agent's screen. */
function readable(displayName: string): string {
  return displayName.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}

/** Members have a record of their own in each group. */
function idOf(party: LineParty): string {
  if ("userId" in party) return party.userId;
  if ("roomId" in party) return `${party.roomId}/${party.memberId}`;
  return "memberId" in party ? `${party.groupId}/${party.memberId}` : party.groupId;
}
