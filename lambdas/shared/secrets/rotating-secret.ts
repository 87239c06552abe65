import * as z from "zod/mini";
import { SECRET_PLACEHOLDER } from "../contract/secret-names.ts";
import { bodyFaults } from "../failures/body-faults.ts";
import { nameOf } from "../failures/bridge-error.ts";
import { within } from "../platform/within.ts";
import { SecretFault } from "./secret-fault.ts";

/** One stored version of a secret. */
export interface SecretVersion {
  text: string;
  /** When this version was stored, in ms. */
  createdAt: number;
}

/**
 * Reads a version of a secret; undefined if there is no such secret or version. Throws when Secrets
 * Manager cannot be asked.
 */
export type ReadSecret = (
  secretId: string,
  stage: "AWSCURRENT" | "AWSPREVIOUS",
) => Promise<SecretVersion | undefined>;

/** A secret whose value may be another after reading it again. */
export interface ReloadableSecret<T> {
  /**
   * The current value. After 5 minutes it is read again beside the work, so that a Secrets Manager that is slow
   * or fails holds nobody up; after an hour that reading is awaited. Throws SecretFault.
   */
  get(): Promise<T>;
  /** Reads again, at most once per 30 s; false if it was too soon. Throws SecretFault. */
  reload(): Promise<boolean>;
}

/** A secret that is cached and notices its rotation. */
export interface RotatingSecret<T> extends ReloadableSecret<T> {
  /**
   * The values with which the other side may have signed, the likeliest first: the current one, the one
   * before it (for 24 h after the change), then both as they are after reading again, where it is not too
   * soon for that. Throws SecretFault.
   */
  candidates(): AsyncIterable<T>;
  /**
   * Reads the value before it is asked for, in 750 ms at most. Whatever goes wrong is left to the first use, which
   * reads again. Never rejects.
   */
  readAhead(): Promise<void>;
}

const MAX_AGE_MS = 5 * 60_000;
/** Whoever finds an older value waits for the reading: it may have been rotated long ago. */
const MAX_SERVED_MS = 60 * 60_000;
/**
 * ms of one reading. Together with a cold start, less than the 2 s that LINE waits for a webhook. Less for the version
 * before, without which the current one can do.
 */
const READ = { current: 1_200, previous: 500 };
const READ_AHEAD = { current: 500, previous: 250 };
const RELOAD_PAUSE_MS = 30_000;
const FAULT_AGE_MS = 5_000;
const PREVIOUS_ACCEPTED_MS = 24 * 3_600_000;

interface Loaded<T> {
  readAt: number;
  /** When to read again, in ms. */
  refreshAt: number;
  current: T;
  createdAt: number;
  previous: T | undefined;
}

/**
 * Of how many brands the secrets are read before the first event. Each takes some ms of the start, and the first
 * event needs one. The secrets of the others are read when they are needed.
 */
export const READ_AHEAD_BRANDS = 5;

/** Wraps the secret `secretId`, whose JSON text must fit `schema`. `now` in ms. */
export function createRotatingSecret<T>(
  secretId: string,
  schema: z.core.$ZodType<T>,
  readSecret: ReadSecret,
  now: () => number,
): RotatingSecret<T> {
  let loaded: Loaded<T> | undefined;
  let loading: Promise<Loaded<T>> | undefined;
  let fault: { error: SecretFault; at: number } | undefined;
  let reloadedAt = Number.NEGATIVE_INFINITY;

  async function read(patience: typeof READ): Promise<Loaded<T>> {
    let version: SecretVersion | undefined;
    try {
      const reading = readSecret(secretId, "AWSCURRENT");
      version = await within(patience.current, reading, new ReadTimeout());
    } catch (error) {
      // An outage of Secrets Manager must not stop messages while a value is at hand.
      if (loaded !== undefined) {
        loaded.refreshAt = now() + RELOAD_PAUSE_MS;
        return loaded;
      }
      const what = `The secret ${secretId} cannot be read (${nameOf(error)}).`;
      throw new SecretFault(what, { cause: error });
    }
    if (version === undefined) {
      throw new SecretFault(
        `The secret ${secretId} does not exist: deploy the stack of its market.`,
      );
    }
    const current = parseSecret(secretId, version.text, schema);
    const isRecent = now() - version.createdAt < PREVIOUS_ACCEPTED_MS;
    return {
      readAt: now(),
      refreshAt: now() + MAX_AGE_MS,
      current,
      createdAt: version.createdAt,
      previous: isRecent ? await readPrevious(patience.previous) : undefined,
    };
  }

  /** A previous version that is a placeholder, incomplete or unreadable counts as none. */
  async function readPrevious(ms: number): Promise<T | undefined> {
    try {
      const reading = readSecret(secretId, "AWSPREVIOUS");
      const version = await within(ms, reading, new ReadTimeout());
      return version === undefined ? undefined : parseSecret(secretId, version.text, schema);
    } catch {
      return undefined;
    }
  }

  function load(patience = READ): Promise<Loaded<T>> {
    loading ??= read(patience)
      .then(
        (value) => {
          loaded = value;
          fault = undefined;
          return value;
        },
        (error: unknown) => {
          loaded = undefined;
          if (error instanceof SecretFault) fault = { error, at: now() };
          throw error;
        },
      )
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  async function fresh(): Promise<Loaded<T>> {
    if (fault !== undefined && now() - fault.at < FAULT_AGE_MS) throw fault.error;
    if (loaded === undefined) return load();
    if (now() < loaded.refreshAt) return loaded;
    const reading = load();
    if (now() - loaded.readAt >= MAX_SERVED_MS) return reading;
    // Where the stored value has a fault, the next one hears of it.
    reading.catch(() => undefined);
    return loaded;
  }

  async function reload(): Promise<boolean> {
    if (loading !== undefined) {
      const before = loaded;
      // What began beside an earlier invocation has been frozen with it, and then it fails.
      if ((await loading) !== before) return true;
    }
    if (now() - reloadedAt < RELOAD_PAUSE_MS) return false;
    reloadedAt = now();
    await load();
    return true;
  }

  async function accepted(): Promise<T[]> {
    const { current, previous, createdAt } = await fresh();
    const isAccepted = previous !== undefined && now() - createdAt < PREVIOUS_ACCEPTED_MS;
    return isAccepted ? [current, previous] : [current];
  }

  async function* candidates(): AsyncGenerator<T> {
    yield* await accepted();
    if (await reload()) yield* await accepted();
  }

  async function readAhead(): Promise<void> {
    await load(READ_AHEAD).catch(() => {
      fault = undefined;
    });
  }

  return {
    get: async () => (await fresh()).current,
    reload,
    candidates,
    readAhead,
  };
}

class ReadTimeout extends Error {
  override name = "TimeoutError";
}

const fields = z.record(z.string(), z.unknown());

function parseSecret<T>(secretId: string, text: string, schema: z.core.$ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SecretFault(`The secret ${secretId} is not valid JSON: store a JSON object.`);
  }
  const stored = fields.safeParse(value);
  const placeholders = Object.entries(stored.success ? stored.data : {})
    .filter(([, field]) => field === SECRET_PLACEHOLDER)
    .map(([name]) => name);
  if (placeholders.length > 0) {
    throw new SecretFault(
      `The secret ${secretId} still holds its placeholder in ${placeholders.join(", ")}: store the real value.`,
    );
  }
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw new SecretFault(`The secret ${secretId} is incomplete: ${bodyFaults(result.error)}.`);
}
