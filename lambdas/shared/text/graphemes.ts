const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What people see as the characters of a text, in order. An emoji sequence or a letter with its marks is one. */
export function graphemesOf(text: string): Iterable<Intl.SegmentData> {
  return segmenter.segment(text);
}

/**
 * The last position, up to `limit` UTF-16 units, at which a text can be cut without cutting a
 * grapheme. It is 0 if the first grapheme is longer than that.
 */
export function graphemeEnd(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  // Whether a grapheme ends here depends on nothing that comes after the next code point.
  const window = text.slice(0, limit + 2);
  return segmenter.segment(window).containing(limit)?.index ?? 0;
}

/** The last position, up to `limit` UTF-16 units, at which a cut does not leave half a surrogate pair at the end. */
export function codePointEnd(text: string, limit: number): number {
  const end = Math.min(text.length, limit);
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
