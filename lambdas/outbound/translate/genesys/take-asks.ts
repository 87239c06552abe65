import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";
import { isVisible } from "../../../shared/text/visible-text.ts";
import { type Ask, ensureNoAsk, splitAsks } from "../text/ask.ts";
import { READABLE_FIELDS } from "./readable-fields.ts";

/** Limit for hostile content. Nothing that is shown lies deeper. */
const MAX_DEPTH = 8;

const READABLE = new Set<string>(READABLE_FIELDS);

/** What can be tapped. Its texts come back as they are. */
const TAPS = new Set(["quickReply", "actions", "defaultAction", "buttons", "items"]);

/** What is shown only after the customer has answered. */
const LATER = new Set(["replyMessage", "response"]);

/**
 * What the texts of a message ask the customer for, each once, and its text and content without the markers. A text
 * that is nothing else becomes what `prompt` says. Throws PermanentFailure for a marker that cannot be understood,
 * or that stands on a button.
 */
export function takeAsks(
  { text, content }: Pick<OutboundMessage, "text" | "content">,
  prompt: (asks: readonly Ask[]) => string,
): { text: string; content: unknown[]; asks: Ask[] } {
  const found = new Set<Ask>();
  const take: Change = (marked) => {
    const { rest, asks } = splitAsks(marked);
    for (const ask of asks) found.add(ask);
    return asks.length === 0 || isVisible(rest) ? rest : prompt(asks);
  };
  const taken = {
    text: take(text ?? ""),
    content: (content ?? []).map((entry) => changed(entry, 0, take)),
  };
  return { ...taken, asks: [...found] };
}

type Change = (text: string) => string;

const refuse: Change = (text) => {
  ensureNoAsk(text);
  return text;
};

function changed(value: unknown, depth: number, change: Change): unknown {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((inner) => changed(inner, depth + 1, change));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, field(key, inner, depth, change)]),
  );
}

function field(key: string, inner: unknown, depth: number, change: Change): unknown {
  if (typeof inner === "string") return READABLE.has(key) ? change(inner) : inner;
  if (LATER.has(key)) return inner;
  return changed(inner, depth + 1, TAPS.has(key) ? refuse : change);
}
