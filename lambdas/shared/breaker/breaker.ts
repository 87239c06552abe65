import { errorFields } from "../failures/bridge-error.ts";
import type { Log } from "../function/log.ts";
import {
  afterClaim,
  afterFailure,
  afterNoProbe,
  afterSuccess,
  type BreakerState,
  CLOSED,
  type FailedCall,
  openAt,
} from "./breaker-state.ts";
import type { BreakerTable, StoredState } from "./breaker-table.ts";

/** A call that has succeeded: whose message it was for, and when it began, in ms. */
interface Success {
  customer: string;
  beganAt: number;
  isProbe: boolean;
}

/**
 * Whether one host works for one brand, as far as this instance needs to know. While it has seen no failure
 * it asks nobody. It never throws: without the table calls are made as if nothing were known.
 */
export interface Breaker {
  /** Undefined where calls are made, else why not. What is known as open is at most a second old. */
  open(): Promise<BreakerState["open"]>;
  /** Whether the customer's call is the next probe. */
  claim(customer: string): Promise<boolean>;
  /** The customer's call was the next probe, and was not made. */
  notMade(customer: string): Promise<void>;
  /** Counts a failure; resolves to what is known with it. */
  failed(call: FailedCall): Promise<BreakerState>;
  succeeded(success: Success): Promise<void>;
}

const FRESH_MS = 1_000;
/** How often somebody else may be faster; they have then said what was to be said. */
const MAX_ROUNDS = 4;
/** For how long after a failure of its own an instance tells others of successes, and how often. */
const TELLING_MS = 15 * 60_000;
const TOLD_EVERY_MS = 60_000;

export function createBreaker(deps: {
  host: string;
  table: BreakerTable;
  log: Log;
  now(): number;
}): Breaker {
  const { host, table, log, now } = deps;
  let known: StoredState = { state: CLOSED, version: 0 };
  let readAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  /** The last successes here, of two customers at most, oldest first. */
  let heard: { customer: string; at: number; beganAt: number }[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  /** One after the other, so that all who wait use what the first one has read. */
  function inTurn<Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> {
    const result = turn.then(work).catch((error: unknown) => {
      log.warn("Could not use the breaker of a host", { host, ...errorFields(error) });
      // Nobody is held back by what cannot be read again.
      known = { ...known, state: CLOSED };
      readAt = Number.NEGATIVE_INFINITY;
      return otherwise;
    });
    turn = result;
    return result;
  }

  async function read(): Promise<void> {
    known = await table.read(host);
    readAt = now();
  }

  async function readIfOld(): Promise<void> {
    if (now() - readAt >= FRESH_MS) await read();
  }

  /** Whether the change was written; not where there is none, or others were faster each time. */
  async function update(change: (before: BreakerState) => BreakerState | undefined) {
    await readIfOld();
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const before = known;
      const after = change(before.state);
      if (after === undefined || after === before.state) return false;
      const written = await table.write(host, before, after);
      if (written !== undefined) {
        known = written;
        readAt = now();
        report(before.state, after);
        return true;
      }
      await read();
    }
    return false;
  }

  function report(before: BreakerState, after: BreakerState): void {
    const wasOpen = openAt(before, now());
    const isOpen = openAt(after, now());
    if (wasOpen === undefined && isOpen !== undefined) {
      const errorMessage = isOpen.lastError;
      log.warn("A host fails: messages that need it are held back", { host, errorMessage });
    }
    if (wasOpen !== undefined && isOpen === undefined) {
      const seconds = Math.round((now() - wasOpen.since) / 1_000);
      log.info("A host works again: messages go on", { host, seconds });
    }
  }

  /** What only this instance has heard of. */
  function withHeard(state: BreakerState): BreakerState {
    return heard.reduce((before, success) => afterSuccess(before, success, success.beganAt), state);
  }

  return {
    async open() {
      if (openAt(known.state, now()) === undefined) return undefined;
      await inTurn(readIfOld, undefined);
      return openAt(known.state, now());
    },
    claim: (customer) => inTurn(() => update((state) => afterClaim(state, customer, now())), false),
    async notMade(customer) {
      await inTurn(() => update((state) => afterNoProbe(state, customer, now())), false);
    },
    async failed(call) {
      failedAt = now();
      const count = (state: BreakerState) => afterFailure(withHeard(state), call, now());
      await inTurn(() => update(count), false);
      return known.state;
    },
    async succeeded({ customer, beganAt, isProbe }) {
      const success = { customer, beganAt, at: now() };
      heard = [...heard.filter((other) => other.customer !== customer).slice(-1), success];
      const toldAt = known.state.succeeded[0]?.at ?? Number.NEGATIVE_INFINITY;
      const isToBeTold = now() - failedAt < TELLING_MS && now() - toldAt >= TOLD_EVERY_MS;
      if (isProbe || isToBeTold) await inTurn(() => update(withHeard), false);
    },
  };
}
