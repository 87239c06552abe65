import { READABLE_FIELDS } from "./readable-fields.ts";

/** Limit for hostile content. Nothing that is shown lies deeper. */
const MAX_DEPTH = 8;

const READABLE = new Set<string>(READABLE_FIELDS);

/** What can be tapped. Its texts come back as they are. */
const TAPS = new Set(["quickReply", "actions", "defaultAction", "buttons", "items"]);

/** What is shown only after the customer has answered. */
const LATER = new Set(["replyMessage", "response"]);

/**
 * An entry of a Genesys message's content with other texts for people to read. The texts of what can be tapped stay:
 * `ensureTap` may refuse them.
 */
export function changeTexts(
  content: unknown,
  change: (text: string) => string,
  ensureTap: (text: string) => void,
): unknown {
  const onTap = (text: string) => {
    ensureTap(text);
    return text;
  };

  function changed(value: unknown, depth: number, each: (text: string) => string): unknown {
    if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((inner) => changed(inner, depth + 1, each));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, field(key, inner, depth, each)]),
    );
  }

  function field(key: string, inner: unknown, depth: number, each: (text: string) => string) {
    if (typeof inner === "string") return READABLE.has(key) ? each(inner) : inner;
    if (LATER.has(key)) return inner;
    return changed(inner, depth + 1, TAPS.has(key) ? onTap : each);
  }

  return changed(content, 0, change);
}
