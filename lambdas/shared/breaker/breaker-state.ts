import * as z from "zod";

/** A customer, as a short hash that names nobody, and when something happened to one of their messages, in ms. */
const seen = z.object({ customer: z.string(), at: z.number() });
type Seen = z.infer<typeof seen>;

const open = z.object({
  since: z.number(),
  /** When the last call that counted as a failure began. */
  failedAt: z.number(),
  /** When the next probe may be made. */
  probeAt: z.number(),
  /** Whose messages were probes, newest first; each customer once. */
  probed: z.array(seen),
  /** What the host failed with last, as it may be logged. */
  lastError: z.string(),
  /** Access is refused; else the host does not answer. */
  isAccessRefused: z.boolean(),
});

/** What is known of one host for one brand; without `open` its calls are made. */
export const breakerState = z.object({
  /** The last calls that failed, one for each customer and newest first, since any call has succeeded. */
  failed: z.array(seen),
  /** The last calls that succeeded, of two customers: each of them knows of another one. */
  succeeded: z.array(seen),
  open: open.optional(),
});

export type BreakerState = z.infer<typeof breakerState>;

/** A call that failed; `at` is when it began. */
export interface FailedCall extends Seen {
  error: string;
  isAccessRefused: boolean;
  /** What the host asked for. */
  retryAfterSeconds?: number | undefined;
  isProbe: boolean;
}

export const CLOSED: BreakerState = { failed: [], succeeded: [] };

/** One customer's message may be at fault itself, and so may two. */
const CUSTOMERS_TO_OPEN = 3;
const FAILURES_COUNT_MS = 60_000;
const PROBE_EVERY_MS = 10_000;
/** How long a customer's message is no probe after it was one, so that others are; alone it is one again then. */
const PROBED_REST_MS = 30_000;
const REMEMBERED = 10;
/** What is held back comes within two minutes: a probe that is due for longer is due to nobody. */
const ABANDONED_MS = 5 * 60_000;
/** How long a success says that a host works. */
const SUCCESS_COUNTS_MS = 5 * 60_000;

/** The open part of a state at the time `now` (ms): undefined where calls are made. */
export function openAt({ open }: BreakerState, now: number): BreakerState["open"] {
  return open !== undefined && now - open.probeAt < ABANDONED_MS ? open : undefined;
}

/** A call has failed at `now` (ms): the third customer's in a minute opens. While open only a probe counts. */
export function afterFailure(state: BreakerState, call: FailedCall, now: number): BreakerState {
  const { customer, at, error: lastError, isAccessRefused } = call;
  const asked = (call.retryAfterSeconds ?? 0) * 1_000;
  const probeAt = now + Math.max(PROBE_EVERY_MS, asked);
  const open = openAt(state, now);
  if (open !== undefined) {
    if (!call.isProbe) return state;
    const failedAt = Math.max(open.failedAt, at);
    return { ...state, open: { ...open, failedAt, lastError, isAccessRefused, probeAt } };
  }
  const { succeeded } = state;
  // It began before others succeeded: the host works.
  if (succeeded.some((success) => success.at > at)) return state;
  const failed = newest(state.failed, { customer, at }).filter(
    (failure) => failure.at > now - FAILURES_COUNT_MS,
  );
  if (failed.length < CUSTOMERS_TO_OPEN) return { failed, succeeded };
  return {
    failed: [],
    succeeded,
    open: { since: now, failedAt: at, probeAt, probed: [], lastError, isAccessRefused },
  };
}

/** A call that began at `beganAt` (ms) has succeeded at `at`. One that began before the last failure closes nothing. */
export function afterSuccess(
  state: BreakerState,
  { customer, at }: Seen,
  beganAt: number,
): BreakerState {
  const open = openAt(state, at);
  if (open !== undefined && beganAt < open.failedAt) return state;
  return {
    failed: state.failed.filter((failure) => failure.at >= at),
    succeeded: newest(state.succeeded, { customer, at }).slice(0, 2),
  };
}

/** The customer's call is the next probe; undefined where it is not due, or to be another customer's. */
export function afterClaim(
  state: BreakerState,
  customer: string,
  now: number,
): BreakerState | undefined {
  const open = openAt(state, now);
  if (open === undefined || !mayProbe(open, customer, now)) return undefined;
  const probed = newest(open.probed, { customer, at: now }).slice(0, REMEMBERED);
  return { ...state, open: { ...open, probed, probeAt: now + PROBE_EVERY_MS } };
}

/** The customer's probe was put off before it reached the host: the next message that comes is one, this one too. */
export function afterNoProbe(state: BreakerState, customer: string, now: number): BreakerState {
  const open = openAt(state, now);
  const isLatest = open?.probed[0]?.customer === customer;
  if (open === undefined || !isLatest) return state;
  return { ...state, open: { ...open, probed: open.probed.slice(1), probeAt: now } };
}

export function mayProbe(
  { probeAt, probed }: NonNullable<BreakerState["open"]>,
  customer: string,
  now: number,
): boolean {
  const before = probed.find((probe) => probe.customer === customer);
  return now >= probeAt && (before === undefined || now - before.at >= PROBED_REST_MS);
}

/** Whether messages of other customers have succeeded within the last five minutes. */
export function othersSucceed({ succeeded }: BreakerState, customer: string, now: number): boolean {
  return succeeded.some(
    (success) => success.customer !== customer && now - success.at < SUCCESS_COUNTS_MS,
  );
}

function newest(known: readonly Seen[], one: Seen): Seen[] {
  return [one, ...known.filter(({ customer }) => customer !== one.customer)];
}
