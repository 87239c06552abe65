import { graphemeEnd } from "./graphemes.ts";
import { visibleText } from "./visible-text.ts";

/**
 * A text for a label, a title or the inside of a note: blanks and line breaks become single spaces,
 * hidden characters are removed, and it is empty if there is nothing to see. A text that is longer
 * than `limit` UTF-16 units is cut between graphemes and ends in "…".
 */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = visibleText(text.toWellFormed().replace(/\s+/g, " "));
  if (line.length <= limit) return line;
  return `${line.slice(0, graphemeEnd(line, limit - 1)).trimEnd()}…`;
}
