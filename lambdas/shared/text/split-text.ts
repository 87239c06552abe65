import { codePointEnd, graphemeEnd } from "./graphemes.ts";

const words = new Intl.Segmenter("en", { granularity: "word" });
const sentences = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * Splits text into parts of at most `limit` UTF-16 units (as LINE and JavaScript count). Each part
 * ends after the last paragraph that fits, otherwise the last line, sentence, word or grapheme. The parts
 * joined are the text. Only a single grapheme longer than the limit is cut, between code points.
 */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = splitPoint(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== "") parts.push(rest);
  return parts;
}

/** How far past the limit the segmenters look: enough context for a boundary, small enough for long texts. */
const LOOKAHEAD = 64;

function splitPoint(text: string, limit: number): number {
  const window = text.slice(0, limit + LOOKAHEAD);
  const candidates = [
    () => lastMatchEnd(window, /\n[^\S\n]*\n\s*/g, limit),
    () => lastMatchEnd(window, /\n/g, limit),
    () => segmentStart(sentences, window, limit),
    () => wordStart(window, limit),
    () => limit,
  ];
  for (const candidate of candidates) {
    // A sentence or word boundary of a dictionary script may lie inside a grapheme.
    const end = graphemeEnd(window, candidate());
    if (end > 0) return end;
  }
  return codePointEnd(text, limit) || limit;
}

function lastMatchEnd(window: string, separator: RegExp, limit: number): number {
  let end = 0;
  for (const match of window.matchAll(separator)) {
    const candidate = match.index + match[0].length;
    if (candidate <= limit) end = candidate;
  }
  return end;
}

function segmentStart(segmenter: Intl.Segmenter, window: string, position: number): number {
  return segmenter.segment(window).containing(position)?.index ?? 0;
}

const MAX_TRAILING_MARKS = 8;

/** Start of the last word that does not fit, stepping back over punctuation and blanks so that no part begins with them. */
function wordStart(window: string, limit: number): number {
  const segments = words.segment(window);
  const first = segments.containing(limit);
  let segment = first;
  for (let step = 0; step < MAX_TRAILING_MARKS; step++) {
    if (segment === undefined || segment.isWordLike === true || segment.index === 0) break;
    if (!/^[\p{P}\s]/u.test(segment.segment)) break;
    segment = segments.containing(segment.index - 1);
  }
  return segment?.index || (first?.index ?? 0);
}
