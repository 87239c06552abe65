import { visibleText } from "./visible-text.ts";

/**
 * A longer text: lines without hidden characters, with no more than one blank line in a row; empty if there is
 * nothing to see.
 */
export function manyLines(text: string): string {
  const lines = text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ");
  return visibleText(lines.replace(/\n{3,}/g, "\n\n"));
}
