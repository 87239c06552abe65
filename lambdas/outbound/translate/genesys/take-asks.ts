import type { OutboundMessage } from "../../../shared/genesys/outbound-message.ts";
import { isVisible } from "../../../shared/text/visible-text.ts";
import { type Ask, ensureNoAsk, splitAsks } from "../text/ask.ts";
import { changeTexts } from "./change-texts.ts";

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
  const take = (marked: string) => {
    const { rest, asks } = splitAsks(marked);
    for (const ask of asks) found.add(ask);
    return asks.length === 0 || isVisible(rest) ? rest : prompt(asks);
  };
  const taken = {
    text: take(text ?? ""),
    content: (content ?? []).map((entry) => changeTexts(entry, take, ensureNoAsk)),
  };
  return { ...taken, asks: [...found] };
}
