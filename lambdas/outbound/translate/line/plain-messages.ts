import type { messagingApi } from "@line/bot-sdk";
import type { Words } from "../text/words.ts";
import { askSentences, asksIn } from "./ask-replies.ts";
import { choiceLines, NO_PROMPT } from "./choice-lines.ts";
import { isSaid } from "./is-said.ts";
import { repliesIn, shownIn } from "./shown-in.ts";
import type { ShownTap } from "./shown-tap.ts";
import { textMessages } from "./text-messages.ts";

/**
 * The messages of a push with those at the indexes `parts` as plain text, for which LINE has hardly a reason to
 * refuse them: titles, texts, links, answers as lines that are numbered from `first` on, and asks as sentences:
 * the customer can send a location or a photo without their button. They can be more messages than before. `next`
 * is the number that no answer has yet.
 */
export function plainMessages(
  messages: readonly messagingApi.Message[],
  parts: readonly number[],
  words: Words,
  first: number,
): { messages: messagingApi.Message[]; next: number } {
  let next = first;
  const numbered = (taps: readonly ShownTap[]) => {
    const lines = choiceLines(taps, next);
    next += taps.filter(({ uri }) => uri === undefined).length;
    return lines;
  };
  const plain = messages.flatMap((message, index) => {
    if (!parts.includes(index)) return [message];
    const paragraphs = shownIn(message)
      .map(({ texts, links, taps }) => [...texts, ...links, ...numbered(taps)].join("\n"))
      .filter((paragraph) => paragraph !== NO_PROMPT);
    const replies = numbered(repliesIn(message)).join("\n");
    const isListed = isSaid(replies, [message]);
    const asked = askSentences(asksIn(message), words).filter((each) => !isSaid(each, messages));
    const text = [...paragraphs, isListed ? "" : replies, asked.join("\n")]
      .filter(Boolean)
      .join("\n\n");
    return textMessages(text || withoutWords(message, words));
  });
  return { messages: plain, next };
}

/** What stands for a message that shows no words. */
function withoutWords(message: messagingApi.Message, words: Words): string {
  if (message.type === "text") return message.text;
  if ("altText" in message && message.altText.trim() !== "") return message.altText;
  return words.notShown(message.type === "sticker" ? "Sticker" : words.content);
}
