/** A text of this tab that survives a reload; empty where there is none. */
export function readSession(key: string): string {
  return sessionStorage.getItem(key) ?? "";
}

/** Keeps the text until this tab is closed; an empty one is forgotten. */
export function writeSession(key: string, text: string): void {
  if (text === "") sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, text);
}
