const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** More than any emoji has; a letter under a thousand accents is no letter. */
const UNITS_PER_GRAPHEME = 16;

/**
 * Cuts a text to at most `max` grapheme clusters, which is how LINE counts labels and the texts of
 * templates; what is cut ends in "…". https://developers.line.biz/en/docs/messaging-api/text-character-count
 */
export function shorten(text: string, max: number): string {
  return cut(text, max, max * UNITS_PER_GRAPHEME);
}

/** Cuts a text to at most `max` UTF-16 units, LINE's usual count; what is cut ends in "…". */
export function shortenUnits(text: string, max: number): string {
  return cut(text, max, max);
}

/** Whether a text has at most `max` grapheme clusters, so that nothing needs cutting. */
export function isShort(text: string, max: number): boolean {
  return shorten(text, max) === text;
}

function cut(text: string, maxGraphemes: number, maxUnits: number): string {
  // The usual case: a grapheme has at least one unit.
  if (text.length <= maxGraphemes) return text;
  let count = 0;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, maxUnits + 1))) {
    count += 1;
    if (count > maxGraphemes) break;
    const next = index + segment.length;
    if (count < maxGraphemes && next < maxUnits) end = next;
  }
  if (text.length <= maxUnits && count <= maxGraphemes) return text;
  // The very first grapheme is longer than all that fits.
  const kept = text.slice(0, end || maxUnits - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept.trimEnd()}…`;
}
