const MAX_TYPE = 40;

/** LINE adds types without notice. The agent reads at least that something has arrived. */
export function unknownNote(type: string, what: "message" | "event"): string {
  const label = type
    .replace(/[^A-Za-z0-9]+/g, " ")
    .slice(0, MAX_TYPE)
    .trim()
    .toUpperCase();
  return `[LINE ${label || what.toUpperCase()}: this kind of ${what} cannot be shown]`;
}
