/** A longer body would fill the page, and the memory of a run. */
const MAX_CHARACTERS = 20_000;

/** By a token somebody could reply, or mark as read, in the name of the account. */
const TOKEN = /token$/i;

/** JSON as a person reads it, without the values of tokens; cut, with a note, where it is longer than 20,000 characters. */
export function payloadText(value: unknown): string {
  const text = JSON.stringify(value, withoutTokens, 2) ?? "";
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, MAX_CHARACTERS)}\n… cut here: ${text.length} characters in all`;
}

/**
 * The JSON in a body; undefined where it is none, and where it is nested so deeply that it can be read but not
 * written again.
 */
export function jsonOf(body: Buffer | undefined): unknown {
  try {
    const value: unknown = JSON.parse(String(body));
    JSON.stringify(value, withoutTokens);
    return value;
  } catch {
    return undefined;
  }
}

function withoutTokens(name: string, value: unknown): unknown {
  return TOKEN.test(name) && typeof value === "string" ? "(not kept)" : value;
}
