import { codePointEnd, graphemeEnd, graphemesOf } from "./graphemes.ts";

/** More than any emoji has. A letter under a thousand accents is not a letter. */
const UNITS_PER_GRAPHEME = 16;

/**
 * Cuts a text to at most `max` graphemes, which is how LINE counts labels and the texts of
 * templates. A text that is cut ends in "…". https://developers.line.biz/en/docs/messaging-api/text-character-count
 */
export function shorten(text: string, max: number): string {
  // The usual case: a grapheme has at least one unit.
  if (text.length <= max) return text;
  const maxUnits = max * UNITS_PER_GRAPHEME;
  let count = 0;
  let end = 0;
  for (const { index, segment } of graphemesOf(text.slice(0, maxUnits + 1))) {
    count += 1;
    if (count > max) break;
    const next = index + segment.length;
    if (count < max && next < maxUnits) end = next;
  }
  return text.length <= maxUnits && count <= max ? text : cutAt(text, end, maxUnits);
}

/** Cuts a text to at most `max` UTF-16 units, which is how LINE counts most texts. A text that is cut ends in "…". */
export function shortenUnits(text: string, max: number): string {
  return text.length <= max ? text : cutAt(text, graphemeEnd(text, max - 1), max);
}

/** Whether a text has at most `max` graphemes, so that nothing is cut. */
export function isShort(text: string, max: number): boolean {
  return shorten(text, max) === text;
}

/** `end` is 0 if the first grapheme is longer than everything that fits: then that grapheme is cut. */
function cutAt(text: string, end: number, maxUnits: number): string {
  return `${text.slice(0, codePointEnd(text, end || maxUnits - 1)).trimEnd()}…`;
}
