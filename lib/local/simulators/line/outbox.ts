import * as z from "zod";
import { type LineChats, readableText } from "./chats.ts";
import type { LineCustomers } from "./customers.ts";
import type { LineGroups } from "./groups.ts";
import type { LineIds } from "./ids.ts";
import type { CheckMessages } from "./message-rules.ts";
import { LineRefusal } from "./refusal.ts";

/** Message types that a customer can quote. */
const QUOTABLE = new Set(["text", "textV2", "sticker", "image", "video", "template"]);

const typedMessages = z.array(z.looseObject({ type: z.string() }));

/** How many messages one request may send. */
export const messageList = z.array(z.unknown()).min(1).max(5);

export interface SentMessage {
  id: string;
  quoteToken?: string;
}

/** What LINE does alike with the messages of a push and of a reply. */
export interface LineOutbox {
  /**
   * `chatId` is unknown where a reply token is invalid.
   * @throws {LineRefusal} 400 for faulty messages, or where the account is no longer in the group or room
   */
  check(brandKey: string, messages: unknown[], chatId: string | undefined): void;
  /**
   * Shows checked messages in the chat, unless its customer has blocked the account (`isReached` false):
   * LINE accepts these as well. `text` is for people who watch.
   */
  send(
    brandKey: string,
    messages: unknown[],
    chatId: string,
    options?: { isSilent?: boolean | undefined },
  ): { sentMessages: SentMessage[]; isReached: boolean; text: string };
}

export function createLineOutbox(options: {
  checkMessages: CheckMessages;
  customers: LineCustomers;
  groups: LineGroups;
  chats: LineChats;
  ids: LineIds;
  now: () => number;
}): LineOutbox {
  const { customers, groups, chats, ids } = options;
  return {
    check(brandKey, messages, chatId) {
      options.checkMessages(messages, chatId);
      if (chatId !== undefined && !groups.hasAccount(brandKey, chatId)) {
        throw new LineRefusal(400, "Failed to send messages");
      }
    },

    send(brandKey, messages, chatId, { isSilent = false } = {}) {
      const at = options.now();
      customers.adopt(chatId);
      const isReached = !customers.hasBlocked(brandKey, chatId);
      const typed = typedMessages.parse(messages);
      const sentMessages = typed.map((message) => {
        const id = ids.messageId();
        if (isReached) {
          const text = readableText(message);
          chats.show(brandKey, chatId, {
            ...{ id, at, from: "account", text, message },
            ...(isSilent && { isSilent }),
          });
        }
        return QUOTABLE.has(message.type) ? { id, quoteToken: ids.quoteToken() } : { id };
      });
      return { sentMessages, isReached, text: typed.map(readableText).join(" · ") };
    },
  };
}
