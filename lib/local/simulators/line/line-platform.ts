import { startSimulatorServer } from "../simulator-server.ts";
import type { OnTraffic } from "../traffic.ts";
import { lineRoutes } from "./api.ts";
import type { LineChannel } from "./channel.ts";
import { createLineChats, type InboxMessage } from "./chats.ts";
import { createLineCustomers, type LineCustomers } from "./customers.ts";
import { createLineGate } from "./gate.ts";
import { createLineIds } from "./ids.ts";
import { createMessageRules } from "./message-rules.ts";
import { createLinePush } from "./push.ts";
import { createWebhookDelivery, type Delivery } from "./webhook-delivery.ts";
import {
  blockEvent,
  type LineContent,
  messageEvent,
  receivedMessages,
  unblockEvent,
} from "./webhook-events.ts";

export type { LineChannel };

/** LINE Messaging API reference, Status codes: 413 over 2 MB; of its two readings the stricter. */
const BODY_LIMIT_BYTES = 2_000_000;

/** LINE does not disclose its pauses between redeliveries. */
const REDELIVERY_PAUSES = [1_000, 3_000, 10_000, 30_000, 60_000];

/** A LINE that runs here and is as strict as the real one. */
export interface LinePlatform {
  /** Serves the paths of both api.line.me and api-data.line.me. */
  origin: string;
  /** Where the channel's webhooks go; redelivery is switched on. */
  setWebhook(brandKey: string, url: string): void;
  /** Lets this origin serve media without https, as a stand-in for a public one. */
  exemptOrigin(origin: string): void;
  customers: LineCustomers;
  /**
   * The customer writes to the account. Fulfilled with the answer to the first webhook request.
   * Rejects for an unknown brand or webhook and for a customer who has blocked the account.
   */
  send(
    brandKey: string,
    customerName: string,
    content: LineContent,
  ): Promise<Delivery & { webhookEventId: string; messageId: string }>;
  /** Sends events as they are, in one signed request; an empty list is the Verify button. */
  deliver(brandKey: string, events: object[]): Promise<Delivery>;
  /** The customer blocks the account: pushes vanish from now on, the channel gets `unfollow`. */
  block(brandKey: string, customerName: string): Promise<Delivery>;
  /** The customer comes back: the channel gets `follow` with `isUnblocked`. */
  unblock(brandKey: string, customerName: string): Promise<Delivery>;
  /** What the customer's phone shows of the account's messages, in order. */
  inbox(brandKey: string, userId: string): InboxMessage[];
  /** Ids of the customer's own messages that show "read". */
  readMessages(brandKey: string, userId: string): string[];
  /** Until when the loading animation shows; milliseconds since 1970, 0 for never. */
  loadingUntil(brandKey: string, userId: string): number;
  /** Ends connections, pending requests and redeliveries at once. */
  close(): Promise<void>;
}

/**
 * Starts the simulated LINE platform on 127.0.0.1. Rejects when the port is taken.
 *
 * One leniency: real LINE answers 400 to ids of another provider's users; here every well-formed id
 * is taken and becomes a customer without a name (a profile of it is 404).
 */
export async function startLinePlatform(options: {
  channels: LineChannel[];
  /** 0, the default, takes any free port. */
  port?: number;
  onTraffic?: OnTraffic;
  now?: () => number;
  /** Milliseconds before each redelivery of a webhook that was not answered with 2xx. */
  redeliveryPauses?: number[];
  /** Pushes that each channel may send; the next one is 429. Without it there is no limit. */
  monthlyLimit?: number;
}): Promise<LinePlatform> {
  const { channels, onTraffic = () => {}, now = Date.now, monthlyLimit } = options;
  const closing = new AbortController();
  const ids = createLineIds(now);
  const customers = createLineCustomers();
  const chats = createLineChats();
  const exempt = new Set<string>();
  const webhooks = new Map<string, string>();

  const checkMessages = createMessageRules(exempt);
  const push = createLinePush({ checkMessages, customers, chats, ids, now, monthlyLimit });
  const server = await startSimulatorServer({
    port: options.port ?? 0,
    bodyLimit: BODY_LIMIT_BYTES,
    answer: createLineGate({
      channels,
      routes: lineRoutes({ customers, chats, checkMessages, push, monthlyLimit, now }),
      requestId: ids.requestId,
      now,
      onTraffic,
    }),
  });

  const deliverWebhook = createWebhookDelivery({
    pauses: options.redeliveryPauses ?? REDELIVERY_PAUSES,
    now,
    onTraffic,
    closing: closing.signal,
  });
  const deliver = async (brandKey: string, events: object[]) => {
    const channel = channels.find((candidate) => candidate.brandKey === brandKey);
    const url = webhooks.get(brandKey);
    if (channel === undefined || url === undefined) {
      throw new Error(`No ${channel ? "webhook" : "LINE channel"} is known for ${brandKey}`);
    }
    for (const { chatId, message } of receivedMessages(events)) {
      customers.adopt(chatId);
      chats.sent(brandKey, chatId, message.id, message.markAsReadToken);
    }
    return deliverWebhook(channel, url, events);
  };
  const origin = (customerName: string) => ({
    userId: customers.named(customerName).userId,
    ids,
    timestamp: now(),
  });

  return {
    origin: server.origin,
    setWebhook: (brandKey, url) => void webhooks.set(brandKey, url),
    exemptOrigin: (local) => void exempt.add(new URL(local).origin),
    customers,
    async send(brandKey, customerName, content) {
      const sender = origin(customerName);
      if (customers.hasBlocked(brandKey, sender.userId)) {
        throw new Error(`${customerName} has blocked the account and cannot write to it`);
      }
      const event = messageEvent(content, sender);
      const delivery = await deliver(brandKey, [event]);
      return { ...delivery, webhookEventId: event.webhookEventId, messageId: event.message.id };
    },
    deliver,
    async block(brandKey, customerName) {
      const sender = origin(customerName);
      customers.block(brandKey, sender.userId);
      return deliver(brandKey, [blockEvent(sender)]);
    },
    async unblock(brandKey, customerName) {
      const sender = origin(customerName);
      customers.unblock(brandKey, sender.userId);
      return deliver(brandKey, [unblockEvent(sender)]);
    },
    inbox: chats.inbox,
    readMessages: chats.readMessages,
    loadingUntil: chats.loadingUntil,
    async close() {
      closing.abort();
      await server.close();
    },
  };
}
