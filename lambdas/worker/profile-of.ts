import type { Brand } from "../shared/brand/brand.ts";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { PermanentFailure, RetryableFailure } from "../shared/failures/failures.ts";
import type { LineParty, LineProfile } from "../shared/line/client.ts";
import { within } from "../shared/platform/within.ts";
import type { Customer } from "../shared/tables/customer.ts";

type NamedBy = Pick<Brand, "key" | "customers" | "line" | "log" | "settings">;

/**
 * What LINE tells of a user, group or member, with the name as agents see it; undefined when it cannot be had in time.
 * `known` saves reading what the table keeps. Never throws.
 */
export type ProfileOf = (
  brand: NamedBy,
  party: LineParty,
  known?: Customer,
) => Promise<LineProfile | undefined>;

const MAX_WAIT_MS = 1_500;
/** A failure that took this long would hold up the next customers, too. */
const SLOW_MS = 500;
/** After a slow failure the profiles of a brand are not asked for during this time. */
const PAUSE_MS = 30_000;

/** The stored profile, else LINE's, asked once: a profile never holds a message up. `now` in ms. */
export function createProfileOf(now: () => number): ProfileOf {
  const pausedUntil = new Map<string, number>();

  async function look(
    brand: NamedBy,
    party: LineParty,
    known: Customer | undefined,
  ): Promise<LineProfile | undefined> {
    const { profile: stored } = known ?? (await brand.customers.get(idOf(party)));
    const isPaused = now() < (pausedUntil.get(brand.key) ?? 0);
    if (isPaused || stored?.isStale === false) return stored;
    const started = now();
    try {
      const told = await brand.line.profile(party);
      const profile = keptOf({ ...told, displayName: readable(told.displayName) }, party, brand);
      if (profile.displayName === "") return undefined;
      await store(brand, party, profile);
      return profile;
    } catch (error) {
      fail(brand, error, now() - started >= SLOW_MS);
      return stored;
    }
  }

  function fail(brand: NamedBy, error: unknown, isSlow: boolean): void {
    // LINE does not tell the name of one customer (404); the next may have one.
    if (error instanceof PermanentFailure) return;
    if (isSlow) pausedUntil.set(brand.key, now() + PAUSE_MS);
    brand.log.warn("Could not get a profile", errorFields(error));
  }

  return async (brand, party, known) => {
    const late = new RetryableFailure(`It took longer than ${MAX_WAIT_MS} ms.`);
    try {
      return await within(MAX_WAIT_MS, look(brand, party, known), late);
    } catch (error) {
      fail(brand, error, error === late);
      return undefined;
    }
  };
}

/** What nobody asks for is not kept. Of a group's member only the name is shown. */
function keptOf(
  { displayName, language, pictureUrl }: LineProfile,
  party: LineParty,
  { settings: { attributes } }: NamedBy,
): LineProfile {
  if ("memberId" in party) return { displayName };
  return {
    displayName,
    ...(attributes.includes("lineLanguage") && { language }),
    ...(attributes.includes("linePictureUrl") && { pictureUrl }),
  };
}

async function store(
  { customers, log }: NamedBy,
  party: LineParty,
  profile: LineProfile,
): Promise<void> {
  try {
    await customers.named(idOf(party), profile);
  } catch (error) {
    log.warn("Could not store a profile", errorFields(error));
  }
}

/**
 * People put control characters and marks that turn the writing direction into names, which would reach into an
 * agent's screen.
 */
function readable(displayName: string): string {
  return displayName
    .toWellFormed()
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .trim();
}

/** Members have a record of their own in each group. */
function idOf(party: LineParty): string {
  if ("userId" in party) return party.userId;
  if ("roomId" in party) return `${party.roomId}/${party.memberId}`;
  return "memberId" in party ? `${party.groupId}/${party.memberId}` : party.groupId;
}
