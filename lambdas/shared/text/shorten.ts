import { codePointEnd, graphemeEnd, graphemesOf } from "./graphemes.ts";

/**
 * Cuts a text between graphemes to at most `max` code points, and so to at most `max` graphemes. LINE's page
 * says that it counts the graphemes of labels and of the texts of templates; it has been seen to count code
 * points, of which Thai and emoji have more. A text that is cut ends in "…".
 * https://developers.line.biz/en/docs/messaging-api/text-character-count
 */
export function shorten(text: string, max: number): string {
  return isShort(text, max) ? text : `${firstCharacters(text, max - 1).trimEnd()}…`;
}

/** A text up to at most `max` code points, cut between graphemes where it has more. */
export function firstCharacters(text: string, max: number): string {
  if (isShort(text, max)) return text;
  // As many units hold more than `max` code points.
  const window = text.slice(0, (max + 1) * 2);
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemesOf(window)) {
    count += codePointsOf(segment);
    if (count > max) break;
    end = index + segment.length;
  }
  // The first grapheme can be longer than all that fits.
  return text.slice(0, end || [...window].slice(0, max).join("").length);
}

/** Cuts a text to at most `max` UTF-16 units, which is how LINE counts most texts. A text that is cut ends in "…". */
export function shortenUnits(text: string, max: number): string {
  if (text.length <= max) return text;
  // The first grapheme can be longer than all that fits.
  const cut = graphemeEnd(text, max - 1) || codePointEnd(text, max - 1);
  return `${text.slice(0, cut).trimEnd()}…`;
}

/** Whether a text has at most `max` code points, so that `shorten` leaves it whole. */
export function isShort(text: string, max: number): boolean {
  // A code point has one or two units.
  return text.length <= max || (text.length <= max * 2 && codePointsOf(text) <= max);
}

function codePointsOf(text: string): number {
  return [...text].length;
}
