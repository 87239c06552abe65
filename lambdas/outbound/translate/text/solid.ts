/** A text without its blanks, for comparing what two texts say. */
export function solid(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, "");
}
