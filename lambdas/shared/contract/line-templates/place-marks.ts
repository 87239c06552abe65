import { sameName } from "./same-name.ts";

/** `{{name}}`: letters of any script, digits, blanks, `_` and `-`. */
const MARK = /\{\{\s*([\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}_ -]{0,39})\s*\}\}/gu;

/** A place in a text, where a value is to stand. */
export interface PlaceMark {
  /** As `sameName` gives it. */
  place: string;
  /** The whole mark, in UTF-16 units from the text's begin. */
  start: number;
  end: number;
}

/** The places in a text, in order. */
export function placeMarks(text: string): PlaceMark[] {
  return [...text.matchAll(MARK)].map(({ 0: mark, 1: name = "", index }) => ({
    place: sameName(name),
    start: index,
    end: index + mark.length,
  }));
}
