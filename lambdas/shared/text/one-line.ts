const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Enough behind the limit to tell where a grapheme that crosses it begins. */
const LOOKAHEAD = 64;

/**
 * Text for the inside of a note: blanks and line breaks become single spaces, and what is longer
 * than `limit` UTF-16 units ends in `…`, between graphemes.
 */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= limit) return line;
  const window = graphemes.segment(line.slice(0, limit + LOOKAHEAD));
  return `${line.slice(0, window.containing(limit - 1)?.index).trimEnd()}…`;
}
