import type { LineChats } from "./chats.ts";
import type { LineContents } from "./contents.ts";
import { completeEvent, type LineEvent } from "./customer-events.ts";
import type { LineCustomers } from "./customers.ts";
import type { LineGroups } from "./groups.ts";
import type { LineIds } from "./ids.ts";
import type { LinePlatform } from "./line-platform.ts";
import { createSourceOf, type LineSource } from "./source.ts";
import { type EventMode, messageEvent } from "./webhook-events.ts";

/** What customers do in LINE: each act becomes an event that is delivered to the channel. */
export function createCustomerActs(platform: {
  customers: LineCustomers;
  groups: LineGroups;
  chats: LineChats;
  contents: LineContents;
  ids: LineIds;
  now: () => number;
  deliver: LinePlatform["deliver"];
}): Pick<LinePlatform, "send" | "unsend" | "tap" | "cause"> {
  const { customers, chats, contents, ids, now, deliver } = platform;
  const sourceOf = createSourceOf(customers, platform.groups);

  const complete = (
    brandKey: string,
    source: LineSource,
    event: LineEvent,
    mode: EventMode = "active",
  ) => {
    // Only an account that is in a group hears of it; joining is how it comes to be there.
    const account = event.type === "join" ? undefined : brandKey;
    const on = { source: sourceOf(account, source), ids, timestamp: now(), mode };
    return completeEvent(event, on);
  };
  const tell = async (brandKey: string, event: { webhookEventId: string }) => ({
    ...(await deliver(brandKey, [event])),
    webhookEventId: event.webhookEventId,
  });

  return {
    async send(brandKey, customer, content, { media, group, mode = "active" } = {}) {
      const { userId } = customers.named(customer);
      if (group === undefined && customers.hasBlocked(brandKey, userId)) {
        throw new Error(`${customer} has blocked the account and cannot write to it`);
      }
      const source = sourceOf(brandKey, { customer, group });
      const { event, held } = messageEvent(content, media, { source, ids, timestamp: now(), mode });
      const { id: messageId } = event.message;
      if (held !== undefined && media !== undefined) {
        contents.keep(brandKey, messageId, held, media);
      }
      return { ...(await tell(brandKey, event)), messageId };
    },

    async unsend(brandKey, customer, messageId) {
      const { userId } = customers.named(customer);
      const chatId = chats.findSent(brandKey, userId, messageId);
      if (chatId === undefined) {
        throw new Error(`${customer} has not sent the message ${messageId}`);
      }
      const source = { customer, group: chatId === userId ? undefined : chatId };
      const event = complete(brandKey, source, { type: "unsend", unsend: { messageId } });
      return tell(brandKey, event);
    },

    async tap(brandKey, customer, { data, displayText, params }, { group, mode } = {}) {
      const postback = { data, ...(params && { params }) };
      const source = { customer, group };
      const event = complete(brandKey, source, { type: "postback", postback }, mode);
      if (displayText !== undefined) {
        const { userId } = customers.named(customer);
        const message = { type: "text", text: displayText };
        const said = { id: ids.messageId(), at: now(), text: displayText, message };
        chats.show(brandKey, group ?? userId, { ...said, from: "customer", userId });
      }
      return tell(brandKey, event);
    },

    async cause(brandKey, source, event, mode) {
      return tell(brandKey, complete(brandKey, source, event, mode));
    },
  };
}
