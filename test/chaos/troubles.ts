import type { Chance } from "./chance.ts";
import type { Spoken } from "./conversation.ts";

/** Keys of the brands that the run adds. In the window they say what happens to the brand; all others are healthy. */
export const TROUBLED = ["down", "slow", "burst"] as const;

/**
 * The messages, as a share of all, that are said in the window: after the outages of all and after the kills. More
 * than `most` would say how fast the machine works off a burst and an outage of many minutes.
 */
const WINDOW = { from: 0.7, to: 0.95, most: 1_500 };
/** Before the window nobody says anything, so that what else went wrong is over. */
export const LULL_MS = 8_000;
/** The brand that is down stays so for at least two probes. */
const LEAST_DOWN_MS = 25_000;
/** Longer than the other messages may need to arrive when their brand is up again. */
const STUCK_MS = 45_000;

/** What single brands suffer in the window of a run. */
export interface Troubles {
  /** Begins the time in which healthy brands have no faults of their own. */
  calm(): void;
  /** The window begins, and is so many ms long. */
  begin(windowMs: number): void;
  isCalm(): boolean;
  /** Whether the times of this brand's messages are measured now, so that nothing else may befall it. */
  isMeasured(brandKey: string): boolean;
  /** What is to happen to a call of this brand: for a message to Genesys Cloud, or (undefined) for anything else. */
  of(brandKey: string, message: Spoken | undefined): "down" | "slow" | "stuck" | undefined;
  /** When the window began, and when the brand that was down is up again; undefined before. */
  period(): { from: number; until: number } | undefined;
  /** The message that is refused until long after its brand is up again. */
  stuck(): Spoken | undefined;
  chance: Chance;
}

export function isHealthy(brandKey: string): boolean {
  return !TROUBLED.some((key) => key === brandKey);
}

export function windowOf(messages: number): { from: number; to: number } {
  const from = Math.floor(messages * WINDOW.from);
  return { from, to: Math.min(Math.floor(messages * WINDOW.to), from + WINDOW.most) };
}

/** Whether the message with this index is said in the window. */
export function isInWindow(index: number, messages: number): boolean {
  const { from, to } = windowOf(messages);
  return index >= from && index < to;
}

export function createTroubles(chance: Chance): Troubles {
  let calmFrom = Number.POSITIVE_INFINITY;
  let period: { from: number; until: number } | undefined;
  let stuck: Spoken | undefined;
  const tries = new Map<Spoken, number>();
  const isOn = () => period !== undefined && Date.now() < period.until;
  const isCalm = () => Date.now() >= calmFrom && (period === undefined || isOn());

  return {
    calm() {
      calmFrom = Date.now();
    },
    begin(windowMs) {
      const from = Date.now();
      period = { from, until: from + Math.max(windowMs, LEAST_DOWN_MS) };
    },
    isCalm,
    isMeasured: (brandKey) =>
      brandKey === "down" ? period !== undefined : isHealthy(brandKey) && isCalm(),
    of(brandKey, message) {
      if (period === undefined) return undefined;
      const now = Date.now();
      if (isOn() && brandKey === "down" && message !== undefined && !message.isPoison) {
        // The one that is tried most often stays stuck, and of several the last one: a breaker whose probe is always the
        // same has tried that one. A process that has seen no failure yet tries others, too, once.
        const count = (tries.get(message) ?? 0) + 1;
        tries.set(message, count);
        if (stuck === undefined || count >= (tries.get(stuck) ?? 0)) stuck = message;
      }
      if (isOn() && (brandKey === "down" || brandKey === "slow")) return brandKey;
      const isStuck = message !== undefined && message === stuck;
      return isStuck && now < period.until + STUCK_MS ? "stuck" : undefined;
    },
    period: () => period,
    stuck: () => stuck,
    chance,
  };
}
