/** A template's or place's name by which names are compared: letter case, blanks and full-width forms do not count. */
export function sameName(name: string): string {
  return name.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
}
