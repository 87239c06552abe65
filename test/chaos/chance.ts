import { createHash } from "node:crypto";

/**
 * What chance decides, by what it is about and not by when it is asked: the same seed says the same
 * in every run, in whichever order things happen.
 */
export interface Chance {
  /** In [0, 1). */
  of(...about: (string | number)[]): number;
  /** One of the choices; each weighs what `weights` says. */
  pick<Choice extends string>(
    weights: Record<Choice, number>,
    ...about: (string | number)[]
  ): Choice;
}

export function createChance(seed: string): Chance {
  const of = (...about: (string | number)[]) =>
    createHash("sha256")
      .update(JSON.stringify([seed, ...about]))
      .digest()
      .readUInt32BE(0) /
    2 ** 32;
  return {
    of,
    pick<Choice extends string>(
      weights: Record<Choice, number>,
      ...about: (string | number)[]
    ): Choice {
      const entries = Object.entries<number>(weights);
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = of(...about) * total;
      for (const [choice, weight] of entries) {
        left -= weight;
        if (left < 0) return choice as Choice;
      }
      return entries[0]?.[0] as Choice;
    },
  };
}
