/**
 * A text that every platform takes: without NUL, and with U+FFFD for half of a surrogate pair, which a JSON
 * escape can hold and UTF-8 cannot.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

/** JSON in which each text is one that every platform takes. Throws RangeError for what is nested too deeply. */
export function wellFormedJson(value: object): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "string" ? wellFormed(inner) : inner,
  );
}
