import * as z from "zod";
import type { LineRoute } from "./line-route.ts";
import { type LineOutbox, messageList } from "./outbox.ts";
import { LineRefusal, parseBody } from "./refusal.ts";
import type { ReplyTokens } from "./reply-tokens.ts";

const replyBody = z.object({
  replyToken: z.string().min(1),
  messages: messageList,
  notificationDisabled: z.boolean().optional(),
});

/**
 * LINE Messaging API reference, Send reply message. Replies are not counted, so no limit stops them.
 *
 * LINE does not document three things. Assumed here: messages are checked before the token, a refused
 * request does not use up the token, and a customer who has blocked the account gets a reply as
 * little as a push, with 200.
 */
export function replyRoute(outbox: LineOutbox, tokens: ReplyTokens): LineRoute {
  return {
    method: "POST",
    path: /^\/v2\/bot\/message\/reply$/,
    what: "reply",
    answer({ channel: { brandKey }, body }) {
      const parsed = parseBody(replyBody, body);
      const { replyToken, messages, notificationDisabled: isSilent } = parsed;
      const chatId = tokens.chatOf(brandKey, replyToken);
      outbox.check(brandKey, messages, chatId);
      if (chatId === undefined) {
        throw new LineRefusal(400, "Invalid reply token");
      }
      tokens.use(brandKey, replyToken);
      const { sentMessages, text } = outbox.send(brandKey, messages, chatId, { isSilent });
      return { status: 200, body: { sentMessages }, text };
    },
  };
}
