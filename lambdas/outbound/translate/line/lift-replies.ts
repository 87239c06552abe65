import type { messagingApi } from "@line/bot-sdk";
import type { PermanentFailure } from "../../../shared/failures/failures.ts";
import { templateNotSendable } from "../text/template-marker.ts";

/** https://developers.line.biz/en/reference/messaging-api/#quick-reply */
export const MAX_QUICK_REPLIES = 13;

/**
 * Messages without the quick replies that templates have, and these, each once: LINE shows only those of the last
 * message. Throws PermanentFailure where they are too many for one.
 */
export function liftReplies(messages: readonly messagingApi.Message[]): {
  messages: messagingApi.Message[];
  replies: messagingApi.QuickReplyItem[];
} {
  const replies = new Map<string, messagingApi.QuickReplyItem>();
  const bare = messages.map(({ quickReply, ...message }) => {
    for (const item of quickReply?.items ?? []) replies.set(JSON.stringify(item), item);
    return message;
  });
  if (replies.size > MAX_QUICK_REPLIES) throw tooManyReplies();
  return { messages: bare, replies: [...replies.values()] };
}

/** What templates bring along cannot become a card of buttons, as choices can. */
export function tooManyReplies(): PermanentFailure {
  return templateNotSendable(
    `The templates and asks of this message have more than ${MAX_QUICK_REPLIES} quick replies together: send them in several messages.`,
  );
}
