const TOKEN = /"(?:[^"\\]+|\\.)*"|[[\]{},]/gs;

/**
 * The JSON of each item in the list that an object holds under `property`, as it was written; empty if there
 * is none. Follows any depth of nesting. `json` must be valid, and an object.
 */
export function itemTexts(json: string, property: string): string[] {
  let items: string[] = [];
  let depth = 0;
  let key: unknown;
  /** Of the item that is being read. */
  let start: number | undefined;
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const isEnd = token === "," ? depth === 2 : token === "]" && depth === 2;
    if (isEnd && start !== undefined) {
      items.push(json.slice(start, index));
      start = token === "," ? index + 1 : undefined;
    }
    if (token === "[" && depth === 1 && key === property) {
      items = [];
      start = index + 1;
    }
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    else if (token !== "," && depth === 1) key = JSON.parse(token);
  }
  return items.filter((item) => item.trim() !== "");
}
