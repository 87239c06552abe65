import * as z from "zod";
import { type LineChats, readableText } from "./chats.ts";
import type { LineContents } from "./contents.ts";
import { lineEvent } from "./customer-events.ts";
import type { LineCustomers } from "./customers.ts";
import type { LineGroups } from "./groups.ts";
import { originOf } from "./source.ts";
import { lineContent } from "./webhook-events.ts";

const message = z.object({
  type: z.literal("message"),
  message: z.looseObject({ id: z.string(), type: z.string() }),
});
const caused = z.discriminatedUnion("type", [message, ...lineEvent.options]);

/**
 * Makes what an event says true on the platform, before the channel is told. Ignores events that change
 * nothing here, or that do not have LINE's form (tests send such events).
 */
export function createEventEffects(platform: {
  customers: LineCustomers;
  groups: LineGroups;
  chats: LineChats;
  contents: LineContents;
}): (brandKey: string, event: object) => void {
  const { customers, groups, chats, contents } = platform;
  return (brandKey, event) => {
    const what = caused.safeParse(event).data;
    const from = originOf(event);
    if (what === undefined || from === undefined) {
      return;
    }
    const { userId = "", chatId } = from;
    customers.adopt(userId);
    switch (what.type) {
      case "message": {
        const shown = shownMessage(what.message);
        const said = { id: what.message.id, at: from.timestamp, text: readableText(shown) };
        return chats.show(brandKey, chatId, {
          ...said,
          message: shown,
          from: "customer",
          userId,
        });
      }
      case "messageEdited":
        return chats.edit(brandKey, chatId, what.message.id, what.message.text);
      case "unsend":
        contents.unsend(brandKey, what.unsend.messageId);
        return chats.unsend(brandKey, chatId, what.unsend.messageId);
      case "follow":
        return customers.unblock(brandKey, userId);
      case "unfollow":
        return customers.block(brandKey, userId);
      case "join":
        return groups.addAccount(brandKey, chatId);
      case "leave":
        return groups.removeAccount(brandKey, chatId);
      case "memberJoined":
        for (const member of what.joined.members) {
          groups.addMember(chatId, member.userId);
        }
        return;
      case "memberLeft":
        for (const member of what.left.members) {
          groups.removeMember(chatId, member.userId);
        }
        return;
      default:
        return;
    }
  };
}

/** Whoever knows the channel's secret can post a message of any form: a phone knows how to show only LINE's. */
function shownMessage(message: { id: string; type: string }): { id: string; type: string } {
  if (lineContent.safeParse(message).success) return message;
  const { id, type } = message;
  return { id, type };
}
