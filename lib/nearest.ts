import { distance } from "fastest-levenshtein";

/** The share of its letters that may be wrong in a misspelt word. */
const MISSPELT = 1 / 3;

/** The known word of which this one is probably a misspelling; undefined if none is near. Letter case does not count. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({
      candidate,
      steps: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(({ candidate, steps }) => steps <= Math.floor(candidate.length * MISSPELT))
    .sort((one, other) => one.steps - other.steps);
  return best?.candidate;
}

/** `did you mean patienceHours? ` before what is allowed; empty if no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : `did you mean ${meant}? `;
}
