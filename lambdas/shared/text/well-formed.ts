/**
 * A text that every platform takes: without NUL, and with U+FFFD for half of a surrogate pair, which a JSON
 * escape can hold and UTF-8 cannot.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}
