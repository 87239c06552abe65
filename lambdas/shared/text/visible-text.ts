/** Characters that LINE may refuse, and those that change the writing direction of the text after them. */
const HIDDEN = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Marks, blanks and invisible characters alone show nothing. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{M}\p{Z}]/u;

/** Whether a person sees anything of a text. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** A text without hidden characters and without blanks around it; empty if there is nothing to see. Line breaks stay. */
export function visibleText(text: string): string {
  const cleaned = text.replace(HIDDEN, "").trim();
  return isVisible(cleaned) ? cleaned : "";
}
