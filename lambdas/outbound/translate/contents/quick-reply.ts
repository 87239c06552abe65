import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import { shorten } from "../../../shared/text/shorten.ts";
import * as tolerant from "../genesys/tolerant.ts";
import { askOf, askReplies } from "../line/ask-replies.ts";
import { cardMessages } from "../line/card-messages.ts";
import { NO_PROMPT } from "../line/choice-lines.ts";
import { isSaid } from "../line/is-said.ts";
import { MAX_QUICK_REPLIES, tooManyReplies } from "../line/lift-replies.ts";
import type { Scope } from "../line/scope.ts";
import { answerTap, labelled, type Tap } from "../line/taps.ts";
import { textMessages } from "../line/text-messages.ts";
import type { Ask } from "../text/ask.ts";

/** In code points. https://developers.line.biz/en/reference/messaging-api/#quick-reply */
const MAX_LABEL = 20;

const quickReply = z.object({
  text: tolerant.text,
  payload: tolerant.text,
  image: tolerant.text,
  summaryText: tolerant.text,
});

type QuickReply = z.infer<typeof quickReply>;

/** One content entry is one button (QuickReply) or all of them under a title (QuickReplyV2). */
const choicesContent = z.union([
  z
    .object({ contentType: z.literal("QuickReply"), quickReply })
    .transform((content) => ({ title: "", replies: [content.quickReply] })),
  z
    .object({
      contentType: z.literal("QuickReplyV2"),
      quickReplyV2: z.object({ title: tolerant.text, actions: tolerant.list(quickReply) }),
    })
    .transform(({ quickReplyV2: { title, actions } }) => ({ title, replies: actions })),
]);

/** What a customer can choose from. */
export interface Choices {
  /** May be empty. */
  title: string;
  replies: QuickReply[];
}

/** The choices of a QuickReply or QuickReplyV2, or undefined if it has none that can be read. */
export function choicesOf(content: unknown): Choices | undefined {
  const { data } = choicesContent.safeParse(content);
  const replies = (data?.replies ?? []).filter(({ text, payload }) => oneLine(text + payload));
  return data && replies.length > 0 ? { title: data.title, replies } : undefined;
}

/**
 * Choices as LINE's quick reply, which belongs on the very last message, after them those of templates (`own`), and
 * what the customer is asked for beyond those. If there are too many of them all, or if the first 20 characters of
 * two choices are the same, the choices become a card of buttons instead. `messages` follow the ones that exist
 * already (`before`). They show the titles that `before` does not show. If there would be no message for the choices,
 * they have one.
 */
export function quickReplyMessages(
  choices: Choices[],
  asks: readonly Ask[],
  own: readonly messagingApi.QuickReplyItem[],
  before: readonly messagingApi.Message[],
  scope: Scope,
): { messages: messagingApi.Message[]; quickReply?: messagingApi.QuickReply } {
  const asked = new Set(own.map(({ action }) => askOf(action)));
  const further = asks.filter((ask) => !asked.has(ask));
  const room = MAX_QUICK_REPLIES - own.length - further.length;
  if (room < 0) throw tooManyReplies();
  const { messages, items } = choiceMessages(choices, room, before, scope);
  const all = [...items, ...own, ...askReplies(further, scope.words)];
  return { messages, ...(all.length > 0 && { quickReply: { items: all } }) };
}

/** `room` is for how many choices a quick reply has place. */
function choiceMessages(
  choices: Choices[],
  room: number,
  before: readonly messagingApi.Message[],
  scope: Scope,
): { messages: messagingApi.Message[]; items: messagingApi.QuickReplyItem[] } {
  const replies = choices.flatMap((part) => part.replies).slice(0, tolerant.MAX_ITEMS);
  if (replies.length === 0) return { messages: [], items: [] };
  const titles = choices.map(({ title }) => manyLines(title));
  const title = [...new Set(titles)]
    .filter((each) => !isSaid(each, before))
    .join("\n")
    .trim();
  const buttons = replies.map((reply) => answerTap("QuickReply", reply, scope));
  const labels = new Set(buttons.map(({ label }) => label));
  const shownLabels = new Set([...labels].map((label) => shorten(label, MAX_LABEL)));
  if (buttons.length > room || shownLabels.size < labels.size) {
    return { messages: cardMessages([{ title: "", text: title, buttons, lines: [] }]), items: [] };
  }
  const summary = replies.map(({ summaryText }) => manyLines(summaryText)).find(Boolean);
  const prompt = title || (before.length > 0 ? "" : (summary ?? NO_PROMPT));
  const items = buttons.map((button, index) => item(button, replies[index]?.image ?? "", scope));
  return { messages: textMessages(prompt), items };
}

function item(button: Tap, image: string, scope: Scope): messagingApi.QuickReplyItem {
  const imageUrl = scope.mediaUrl(image);
  return {
    type: "action",
    // LINE accepts only PNG images here.
    ...(imageUrl && /\.png$/i.test(new URL(imageUrl).pathname) && { imageUrl }),
    action: labelled(button, MAX_LABEL),
  };
}
