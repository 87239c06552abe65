import type { messagingApi } from "@line/bot-sdk";
import type { Brand } from "../../shared/brand/brand.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import type { LineClient } from "../../shared/line/client.ts";
import { isQuiet } from "../translate/is-quiet.ts";
import { withSender } from "../translate/line/with-sender.ts";

/** A message that LINE has accepted, with its id of it. */
export interface Accepted {
  messageId: string;
  message: messagingApi.Message;
}

/**
 * LINE as a Genesys message goes out: each part says whom it is from, and makes no sound in quiet hours, also what
 * goes out as plain text or as a reply. `accepted` grows with each push or reply.
 */
export function lineOfMessage(
  message: OutboundMessage,
  { line, settings }: Pick<Brand, "line" | "settings">,
  timeZone: string,
): { line: LineClient; accepted: readonly Accepted[] } {
  const accepted: Accepted[] = [];
  const options = isQuiet(message, settings, timeZone) ? { notificationDisabled: true } : undefined;

  function note(messages: readonly messagingApi.Message[], ids: readonly string[]) {
    for (const [index, sent] of messages.entries()) {
      const messageId = ids[index];
      if (messageId !== undefined) accepted.push({ messageId, message: sent });
    }
    return ids;
  }

  return {
    accepted,
    line: {
      ...line,
      async push(to, messages, retryKey) {
        const sent = withSender(messages, message, settings);
        return note(messages, await line.push(to, sent, retryKey, options));
      },
      async reply(token, messages) {
        const sent = withSender(messages, message, settings);
        return note(messages, await line.reply(token, sent, options));
      },
    },
  };
}
