/** Characters that LINE may refuse, and those that turn the writing direction of all that follows. */
const HIDDEN = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Marks, blanks and invisible characters alone show nothing. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{M}\p{Z}]/u;

/** Whether a person sees anything of it. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** A label or title: one line without hidden characters; empty if there is nothing to see. */
export function oneLine(text: string): string {
  return visible(text.toWellFormed().replace(/\s+/g, " "));
}

/** A longer text: lines without hidden characters, at most one of them blank in a row; empty if there is nothing to see. */
export function manyLines(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ");
  return visible(lines.replace(/\n{3,}/g, "\n\n"));
}

function visible(text: string): string {
  const cleaned = text.replace(HIDDEN, "").trim();
  return isVisible(cleaned) ? cleaned : "";
}
