import { createHash } from "node:crypto";
import {
  ConfigurationFailure,
  CountedOutage,
  HeldBack,
  OutageFailure,
  PermanentFailure,
  Postponed,
  RefusedForNow,
} from "../failures/failures.ts";
import type { Log } from "../function/log.ts";
import type { Attempt } from "../queue/attempt.ts";
import type { Table } from "../tables/table.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { mayProbe, openAt, othersSucceed } from "./breaker-state.ts";
import { createBreakerTable } from "./breaker-table.ts";

/** What fails apart from each other, as operators read it; the keys are part of the table's. */
const HOSTS = {
  "genesys-api": "Genesys Cloud's API",
  "genesys-login": "Genesys Cloud's login",
  "genesys-downloads": "Genesys Cloud's attachments",
  "line-api": "LINE's API",
  "line-content": "LINE's content",
} as const;

export type Host = keyof typeof HOSTS;

/** Whose message is asked for. */
type Asking = Pick<Attempt, "record">;

/** The platforms' hosts as one brand uses them: a breaker for each. */
export interface Hosts {
  /**
   * Before the work of an attempt that will need the host: throws HeldBack where this instance knows that it
   * does not work and the message would be no probe.
   */
  ensureWorking(host: Host, asking: Asking): Promise<void>;
  /**
   * Makes a call to the host. Throws HeldBack where it does not work, and where the call itself shows that;
   * CountedOutage for another outage; and what else the call throws.
   */
  guard<Result>(host: Host, asking: Asking, call: () => Promise<Result>): Promise<Result>;
}

export function createHosts(brand: string, table: Table, log: Log): Hosts {
  const { now } = table;
  const states = createBreakerTable(brand, table);
  const breakers = new Map<Host, Breaker>();

  function breakerOf(host: Host): Breaker {
    const breaker = breakers.get(host) ?? createBreaker({ host, table: states, log, now });
    breakers.set(host, breaker);
    return breaker;
  }

  /** Whether the call is a probe. Throws HeldBack. */
  async function enter(host: Host, customer: string): Promise<boolean> {
    const breaker = breakerOf(host);
    const open = await breaker.open();
    if (open === undefined) return false;
    if (mayProbe(open, customer, now()) && (await breaker.claim(customer))) return true;
    const stillOpen = await breaker.open();
    if (stillOpen !== undefined) throw heldBack(host, stillOpen);
    return false;
  }

  /** What a call's error means for its message. */
  async function judge(
    host: Host,
    error: unknown,
    call: { customer: string; beganAt: number; isProbe: boolean },
  ): Promise<unknown> {
    const breaker = breakerOf(host);
    if (!speaksOfHost(host, error)) {
      if (call.isProbe && isAnswer(error)) await breaker.succeeded(call);
      if (call.isProbe && isPutOff(error)) await breaker.notMade(call.customer);
      return error;
    }
    const { customer, beganAt: at, isProbe } = call;
    const isAccessRefused = error instanceof ConfigurationFailure;
    const state = await breaker.failed({
      customer,
      at,
      isProbe,
      error: error.message,
      isAccessRefused,
      retryAfterSeconds: isAccessRefused ? undefined : error.retryAfterSeconds,
    });
    if (openAt(state, now()) !== undefined) {
      return heldBack(host, { lastError: error.message, isAccessRefused }, error);
    }
    return isAccessRefused
      ? error
      : new CountedOutage(error, othersSucceed(state, customer, now()));
  }

  return {
    async ensureWorking(host, { record }) {
      const open = await breakerOf(host).open();
      if (open === undefined || mayProbe(open, customerOf(record), now())) return;
      throw heldBack(host, open);
    },
    async guard(host, { record }, call) {
      const customer = customerOf(record);
      const isProbe = await enter(host, customer);
      const asked = { customer, beganAt: now(), isProbe };
      const result = await call().catch(async (error: unknown) => {
        throw await judge(host, error, asked);
      });
      await breakerOf(host).succeeded(asked);
      return result;
    },
  };
}

/**
 * Refused credentials are no matter of the login: a new secret may replace them within the same attempt, and
 * where none does, the call for which the token was wanted counts.
 */
function speaksOfHost(host: Host, error: unknown): error is OutageFailure | ConfigurationFailure {
  if (error instanceof ConfigurationFailure) return host !== "genesys-login";
  return error instanceof OutageFailure;
}

/** Its turn in the budget of requests comes later; another host that does not work would put off the next probe, too. */
function isPutOff(error: unknown): boolean {
  return error instanceof Postponed && !(error instanceof HeldBack);
}

/** Whoever refuses one message works, and so does a login that refuses credentials. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof PermanentFailure ||
    error instanceof RefusedForNow ||
    error instanceof ConfigurationFailure
  );
}

function heldBack(
  host: Host,
  { lastError, isAccessRefused }: { lastError: string; isAccessRefused: boolean },
  tried?: Error,
): HeldBack {
  const message = `Held back, because ${HOSTS[host]} does not work. Its last failure: ${lastError}`;
  return new HeldBack(message, { tried, isAccessRefused });
}

/** Enough to tell customers apart, too little to name one. */
function customerOf({ attributes }: Attempt["record"]): string {
  return createHash("sha256")
    .update(attributes.MessageGroupId ?? "")
    .digest("hex")
    .slice(0, 8);
}
