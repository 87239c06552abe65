/** What one request asks of the budget. */
export interface Ask {
  brand: string;
  /**
   * `returning`: a message that has been put off comes back, before all others; `new`: a message that nobody
   * has put off; `receipt`: takes only a turn that no message waits for.
   */
  kind: "returning" | "new" | "receipt";
  /** How many requests come back together where this one is put off. */
  places: number;
}

/** A turn of one's own, or where there is none, the time to ask again; in ms. Receipts get no time. */
export type Turn = { startsAt: number } | { asksAgainAt: number | undefined };

/** The turns of one OAuth client. All times in ms. */
export interface Turns {
  /** When the next turn is. */
  nextAt: number;
  /** Turns that started late came close together, so later ones are further apart: until when, by how late. */
  slow: Readonly<Record<string, number>>;
  brands: Readonly<Record<string, BrandTurns>>;
}

interface BrandTurns {
  /** When the next turn of its own share is. */
  nextAt: number;
  /** When it last asked. */
  askedAt: number;
  /** The end of the line of its messages that were put off: an estimate, which takes no turn. */
  lineAt: number;
}

export interface Rate {
  /** Turns in a minute. */
  used: number;
  /** How many may start at once after a quiet time. */
  burst: number;
  /** How late a turn may start without more requests than the limit in any minute. */
  lateMs: number;
}

const MINUTE_MS = 60_000;
/** A worker is billed while it waits, and holds its place in the function's concurrency. */
const AHEAD_MS = 1_000;
/** Who has a place in line comes up to a second early, because SQS counts in seconds. */
const RETURNING_AHEAD_MS = 1_500;
/** Who comes back and finds no turn, because the line moves slower than it was thought, comes again so much later. */
const BEATEN_MS = 5_000;
/** Who has asked within this time has a share. */
const ACTIVE_MS = 10_000;
/** How late turns were is noted in steps of this. */
const LATE_STEP_MS = 500;
/** Turns that nobody else wanted count no further than this against a brand's share. */
const DEBT_MS = 2_000;
const NEVER: BrandTurns = { nextAt: 0, askedAt: 0, lineAt: 0 };

/**
 * Gives turns to those who ask, in their order, at most a second ahead, and a second and a half to those who
 * come back. A turn that is free now is anybody's; of those ahead each brand that is active gets its share.
 * Who gets none lines up behind the brand's others, and whoever is new takes nothing from a line but what
 * has lain free for a second.
 * `closedUntil`: all line up, for turns from then on.
 */
export function giveTurns(
  before: Turns,
  asks: readonly Ask[],
  rate: Rate,
  now: number,
  closedUntil?: number,
): { after: Turns; turns: Turn[] } {
  const brands = new Map(Object.entries(before.brands).filter(([, each]) => isOfUse(each, now)));
  for (const { brand } of asks) {
    brands.set(brand, { ...(brands.get(brand) ?? NEVER), askedAt: now });
  }
  const active = [...brands.values()].filter(({ askedAt }) => askedAt > now - ACTIVE_MS).length;
  const evenMs = MINUTE_MS / rate.used;
  const slow = new Map(Object.entries(before.slow).filter(([, until]) => until > now));
  let nextAt = Math.max(before.nextAt, now - (rate.burst - 1) * evenMs);

  /** What is between turns at this time, so that no minute holds more than it may. */
  function stepAt(time: number): number {
    const late = [...slow].flatMap(([ms, until]) => (until > time ? Number(ms) : []));
    return MINUTE_MS / (rate.used - Math.max(0, ...late) / evenMs);
  }

  function turnOf(ask: Ask): Turn {
    const own = brands.get(ask.brand) ?? NEVER;
    if (closedUntil !== undefined) return lineUp(ask, own);
    const isItsTurn = nextAt <= now || active === 1 || own.nextAt <= nextAt;
    if (!isItsTurn || nextAt > latest(ask, [...brands.values()], own, now)) return lineUp(ask, own);
    const startsAt = nextAt;
    const lateMs = now - startsAt;
    if (lateMs > rate.lateMs) {
      slow.set(String(Math.ceil(lateMs / LATE_STEP_MS) * LATE_STEP_MS), now + MINUTE_MS);
    }
    const step = stepAt(Math.max(startsAt, now));
    nextAt += step;
    const ownNextAt = Math.max(own.nextAt, startsAt) + step * active;
    brands.set(ask.brand, { ...own, nextAt: Math.min(ownNextAt, startsAt + DEBT_MS) });
    return { startsAt };
  }

  function lineUp({ brand, kind, places }: Ask, own: BrandTurns): Turn {
    if (kind === "receipt") return { asksAgainAt: undefined };
    const opensAt = closedUntil ?? Math.max(nextAt, active === 1 ? 0 : own.nextAt);
    // Who has stood in line already does not stand in it again.
    if (kind === "returning" && closedUntil === undefined) {
      return { asksAgainAt: opensAt + BEATEN_MS };
    }
    const asksAgainAt = Math.max(own.lineAt, opensAt);
    const others = [...brands.values()].filter(({ lineAt }) => lineAt > now);
    const lines = others.length + Number(own.lineAt <= now);
    brands.set(brand, { ...own, lineAt: asksAgainAt + stepAt(asksAgainAt) * places * lines });
    return { asksAgainAt };
  }

  const turns = asks.map(turnOf);
  const after = {
    nextAt,
    slow: Object.fromEntries(slow),
    brands: Object.fromEntries(brands),
  };
  return { after, turns };
}

/** The latest start of a turn that the request may take. */
function latest({ kind }: Ask, brands: readonly BrandTurns[], own: BrandTurns, now: number) {
  if (kind === "returning") return now + RETURNING_AHEAD_MS;
  if (kind === "new") return own.lineAt > now ? now - AHEAD_MS : now + AHEAD_MS;
  return brands.some(({ lineAt }) => lineAt > now) ? now - AHEAD_MS : now;
}

function isOfUse({ askedAt, lineAt, nextAt }: BrandTurns, now: number): boolean {
  return askedAt > now - ACTIVE_MS || lineAt > now || nextAt > now;
}
