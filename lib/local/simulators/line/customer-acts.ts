import type { LineChats } from "./chats.ts";
import type { LineContents, SentMedia } from "./contents.ts";
import { completeEvent, type LineEvent } from "./customer-events.ts";
import type { LineCustomers } from "./customers.ts";
import type { LineGroups } from "./groups.ts";
import type { LineIds } from "./ids.ts";
import { createSourceOf, type LineSource } from "./source.ts";
import type { Delivery } from "./webhook-delivery.ts";
import { type EventMode, type LineContent, messageEvent } from "./webhook-events.ts";

/** What customers do in LINE: each act becomes an event that is delivered to the channel. */
export interface CustomerActs {
  /**
   * The customer writes to the account, or in a group where the account is. Fulfilled with the
   * answer to the first webhook request. Rejects for an unknown brand or webhook, for a customer who
   * has blocked the account or is not in the group, and for content that needs `media` and has none.
   */
  send(
    brandKey: string,
    customerName: string,
    content: LineContent,
    options?: SendOptions,
  ): Promise<Caused & { messageId: string }>;
  /**
   * The customer unsends one of their messages: its content is gone, the channel gets `unsend`.
   * Rejects for a message that this customer did not send to this account.
   */
  unsend(brandKey: string, customerName: string, messageId: string): Promise<Caused>;
  /**
   * The customer taps a button with a postback or datetime picker action. As in LINE, the chat
   * then shows `displayText` as the customer's words, but it causes no message event.
   */
  tap(
    brandKey: string,
    customerName: string,
    tapped: { data: string; displayText?: string; params?: Record<string, string> },
    options?: Omit<SendOptions, "media">,
  ): Promise<Caused>;
  /**
   * Anything else that happens in LINE. `event` is LINE's event without the properties that all events
   * have; these are filled in, also the reply token where LINE sends one. What the event says becomes
   * true: who has blocked the account, where the account is, who is a member. Rejects for an event
   * that LINE does not send from such a source.
   */
  cause(brandKey: string, source: LineSource, event: LineEvent, mode?: EventMode): Promise<Caused>;
  /** The customer blocks the account: from now on messages to them are lost, and the channel gets `unfollow`. */
  block(brandKey: string, customerName: string): Promise<Caused>;
  /** The customer unblocks the account: the channel gets `follow` with `isUnblocked`. */
  unblock(brandKey: string, customerName: string): Promise<Caused>;
}

/** How the channel was told what a customer did: the answer to the first webhook request. */
export type Caused = Delivery & { webhookEventId: string };

interface SendOptions {
  /** The bytes, where LINE itself holds them: for files and `contentProvider` `line`. */
  media?: SentMedia | undefined;
  /** The id of the group or room that the customer writes in; without it, the chat with the account. */
  group?: string | undefined;
  /** `standby`: another channel holds the conversation. `active` by default. */
  mode?: EventMode | undefined;
}

export function createCustomerActs(platform: {
  customers: LineCustomers;
  groups: LineGroups;
  chats: LineChats;
  contents: LineContents;
  ids: LineIds;
  now: () => number;
  /** Makes true what the events say and sends them in one request. */
  deliver(brandKey: string, events: object[]): Promise<Delivery>;
}): CustomerActs {
  const { customers, chats, contents, ids, now, deliver } = platform;
  const sourceOf = createSourceOf(customers, platform.groups);

  const complete = (
    brandKey: string,
    source: LineSource,
    event: LineEvent,
    mode: EventMode = "active",
  ) => {
    // Only an account that is in a group gets its events; `join` is the event that puts it there.
    const account = event.type === "join" ? undefined : brandKey;
    const on = { source: sourceOf(account, source), ids, timestamp: now(), mode };
    return completeEvent(event, on);
  };
  const tell = async (brandKey: string, event: { webhookEventId: string }) => ({
    ...(await deliver(brandKey, [event])),
    webhookEventId: event.webhookEventId,
  });

  const cause: CustomerActs["cause"] = async (brandKey, source, event, mode) =>
    tell(brandKey, complete(brandKey, source, event, mode));

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
        chats.show(brandKey, group ?? userId, { ...said, from: "customer", userId, isTap: true });
      }
      return tell(brandKey, event);
    },

    cause,
    block: (brandKey, customer) => cause(brandKey, { customer }, { type: "unfollow" }),
    unblock: (brandKey, customer) =>
      cause(brandKey, { customer }, { type: "follow", follow: { isUnblocked: true } }),
  };
}
