import { distance } from "fastest-levenshtein";

/** The share of its letters that may be wrong in a misspelt word. */
const MISSPELT = 1 / 3;

/**
 * `did you mean patienceHours? `, to stand before what is allowed, where the word is probably a misspelling of a known
 * one; otherwise empty. Letter case does not count.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const [meant] = known
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, steps }) => steps <= Math.floor(candidate.length * MISSPELT))
    .sort((one, other) => one.steps - other.steps);
  return meant === undefined ? "" : `did you mean ${meant.candidate}? `;
}
