import type { messagingApi } from "@line/bot-sdk";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { textMessages } from "./text.ts";

/** https://developers.line.biz/en/reference/messaging-api/#send-push-message */
const MAX_MESSAGES_PER_PUSH = 5;

/**
 * The pushes for a Genesys message, each of up to 5 LINE messages (LINE bills by push). Empty when
 * it holds nothing that LINE can show. The same message always gives the same pushes.
 */
export function linePushes(message: OutboundMessage): messagingApi.Message[][] {
  const messages = textMessages(message.text ?? "");
  const pushes: messagingApi.Message[][] = [];
  for (let start = 0; start < messages.length; start += MAX_MESSAGES_PER_PUSH) {
    pushes.push(messages.slice(start, start + MAX_MESSAGES_PER_PUSH));
  }
  return pushes;
}
