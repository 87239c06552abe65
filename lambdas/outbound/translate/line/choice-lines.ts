import type { messagingApi } from "@line/bot-sdk";
import { repliesIn } from "./shown-in.ts";
import type { ShownTap } from "./shown-tap.ts";
import { MAX_TEXT, textMessages } from "./text-messages.ts";

/** Stands where there is nothing to say, because a quick reply needs a message. */
export const NO_PROMPT = "…";

/** A line for each tap: answers have a number, from `first` on, links their URL. */
export function choiceLines(taps: readonly ShownTap[], first: number): string[] {
  let number = first;
  return taps.map(({ label, uri }) => {
    if (uri !== undefined) return [label, readable(uri)].filter(Boolean).join(": ");
    number += 1;
    return `${number - 1}. ${label}`;
  });
}

/** A number that can be dialled, else the URL, which LINE makes tappable. */
function readable(uri: string): string {
  return uri.startsWith("tel:") ? uri.slice("tel:".length).replaceAll("%23", "#") : uri;
}

/** Messages whose last one also lists their quick replies, for what does not draw them, such as LINE for PC. */
export function withChoicesInText(
  messages: readonly messagingApi.Message[],
  quickReply: messagingApi.QuickReply,
): messagingApi.Message[] {
  const last = messages.at(-1);
  const lines = choiceLines(repliesIn({ quickReply }), 1).join("\n");
  if (lines === "") return [...messages];
  if (last?.type === "text") {
    const text = last.text === NO_PROMPT ? lines : `${last.text}\n${lines}`;
    if (text.length <= MAX_TEXT) return messages.with(-1, { ...last, text });
  }
  return [...messages, ...textMessages(lines)];
}
