import { setTimeout as delay } from "node:timers/promises";
import type { Chance } from "./chance.ts";
import type { Spoken } from "./conversation.ts";
import { createTroubles, type Troubles } from "./troubles.ts";

type Side = "Genesys" | "LINE" | "AWS";

/** What goes wrong in a run, by message and by time. */
export interface Mishaps {
  chance: Chance;
  /** Of single brands. */
  troubles: Troubles;
  fateOf(spoken: Spoken): { isPoison: boolean; kill: "before" | "after" | undefined };
  /** Whether the functions of its direction are killed at about the time when this message begins. */
  killsFunctions(spoken: Spoken): boolean;
  /** Whether a side is out of order, asked for each call that would fail. */
  isOut(side: Side): boolean;
  /** An outage that lasts so many ms from the first call on that it meets. */
  begin(side: Side, outageMs: number): void;
  /** Whether what costs a visibility timeout of the queues may still happen. */
  isEarly(): boolean;
  endEarly(): void;
  kill(service: string): Promise<void>;
  /** Does something after so many ms. */
  later(ms: number, act: () => Promise<void>): void;
  /** Resolves when all that was to happen later has happened. */
  settled(): Promise<void>;
}

/**
 * Killed consumers cost their customers a visibility timeout, so all kills are over long before the end. New
 * processes cost a second of computing each, so the kills are not close together.
 */
const KILLED_PART = { from: 0.05, inbound: 0.4, outbound: 0.45 };

export function createMishaps(
  spoken: readonly Spoken[],
  chance: Chance,
  kill: (service: string) => Promise<void>,
): Mishaps {
  const victims = new Map<number, "before" | "after">();
  const killTimes = new Set<number>();
  for (const direction of ["inbound", "outbound"] as const) {
    const candidates = spoken
      .slice(spoken.length * KILLED_PART.from, Math.ceil(spoken.length * KILLED_PART[direction]))
      .filter((one) => one.direction === direction && !one.isPoison);
    const kills = Math.max(
      2,
      Math.round(Math.min(spoken.length, 10_000) / 500 + spoken.length / 20_000),
    );
    for (let nth = 0; nth < kills; nth += 1) {
      const pick = (about: string) =>
        candidates[Math.floor(chance.of(about, direction, nth) * candidates.length)]?.index ?? 0;
      victims.set(pick("victim"), nth % 2 === 0 ? "after" : "before");
      killTimes.add(pick("kill time"));
    }
  }
  const dueMs = new Map<Side, number>();
  const outUntil = new Map<Side, number>();
  const laters: Promise<void>[] = [];
  let isEarly = true;

  return {
    chance,
    troubles: createTroubles(chance),
    fateOf: ({ index, isPoison }) => ({
      isPoison,
      kill: isEarly ? victims.get(index) : undefined,
    }),
    killsFunctions: ({ index }) => killTimes.has(index),
    isOut(side) {
      const outageMs = dueMs.get(side);
      if (outageMs !== undefined) outUntil.set(side, Date.now() + outageMs);
      dueMs.delete(side);
      return Date.now() < (outUntil.get(side) ?? 0);
    },
    begin: (side, outageMs) => void dueMs.set(side, outageMs),
    isEarly: () => isEarly,
    endEarly() {
      isEarly = false;
    },
    kill,
    later(ms, act) {
      laters.push(delay(ms).then(act));
    },
    async settled() {
      await Promise.all(laters);
    },
  };
}
