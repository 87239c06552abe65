import { type Interfere, startSimulatorServer } from "../simulator-server.ts";
import type { OnTraffic } from "../traffic.ts";
import { lineRoutes } from "./api.ts";
import type { LineChannel } from "./channel.ts";
import { type ChatMessage, createLineChats, type InboxMessage } from "./chats.ts";
import { createLineContents, type SentMedia } from "./contents.ts";
import { type CustomerActs, createCustomerActs } from "./customer-acts.ts";
import { createLineCustomers, type LineCustomers } from "./customers.ts";
import { createEventEffects } from "./event-effects.ts";
import { createLineGate } from "./gate.ts";
import { createLineGroups, type LineGroups } from "./groups.ts";
import { createLineIds } from "./ids.ts";
import { createKnownEvents } from "./known-events.ts";
import { createMessageRules } from "./message-rules.ts";
import { type OpenedMedia, openMedia } from "./open-media.ts";
import { createLineOutbox } from "./outbox.ts";
import { createLinePush } from "./push.ts";
import { createReplyTokens } from "./reply-tokens.ts";
import {
  createWebhookDelivery,
  type Delivery,
  type InterfereWithWebhook,
} from "./webhook-delivery.ts";
import { createLineWebhooks } from "./webhooks.ts";

/** LINE Messaging API reference, Status codes: 413 over 2 MB, in the stricter meaning of "MB". */
const BODY_LIMIT_BYTES = 2_000_000;

/** LINE does not disclose its pauses between redeliveries. */
const REDELIVERY_PAUSES = [1_000, 3_000, 10_000, 30_000, 60_000];

/** A LINE that runs here and is as strict as the real one. */
export interface LinePlatform extends CustomerActs {
  /** Serves the paths of both api.line.me and api-data.line.me. */
  origin: string;
  /** Where the channel's webhooks go; redelivery is switched on. */
  setWebhook(brandKey: string, url: string): void;
  /** Undefined while no webhook URL is set. */
  webhook(brandKey: string): string | undefined;
  /** The switch "Use webhook" of the LINE Developers Console, on by default. While it is off, nothing is delivered. */
  useWebhook(brandKey: string, isOn: boolean): void;
  /** Lets this origin serve media and take webhooks without https, because it takes the place of a public one. */
  exemptOrigin(origin: string): void;
  customers: LineCustomers;
  /** Group chats and rooms. An account is in each of them until it gets `leave`. */
  groups: LineGroups;
  /**
   * Sends events as they are, in one signed request; an empty list is the Verify button. Each request
   * makes the reply tokens in it valid for a minute, unless they are used or their event is too old.
   */
  deliver(brandKey: string, events: object[]): Promise<Delivery>;
  /**
   * Somebody else has sent a channel these events, as LINE sends them: what they say becomes true here as well, and
   * their reply tokens valid. Events that this platform has sent or learned before change nothing.
   */
  learn(brandKey: string, events: object[]): void;
  /** A chat with a user, or in a group or room, as a phone shows it: both sides, in order. */
  chat(brandKey: string, chatId: string): ChatMessage[];
  /** What a customer has sent as an image, video, audio or file; undefined as soon as it is unsent. */
  content(brandKey: string, messageId: string): SentMedia | undefined;
  /** The account's messages as the customer's phone shows them, in order. */
  inbox(brandKey: string, chatId: string): InboxMessage[];
  /** Ids of the customer's own messages that show "read". */
  readMessages(brandKey: string, chatId: string): string[];
  /** Until when the loading animation shows; milliseconds since 1970, 0 for never. */
  loadingUntil(brandKey: string, userId: string): number;
  /**
   * The phone opens the chat: as in LINE, only now it fetches what the account's messages point to.
   * Reports each URL once, with the rules of LINE that it breaks.
   */
  open(brandKey: string, chatId: string): Promise<OpenedMedia[]>;
  /**
   * A broadcast to so many friends is being delivered: LINE keeps their messages of the month for it, and
   * refuses pushes, but not replies, as if they were used. 0 when it is done.
   */
  reserve(brandKey: string, messages: number): void;
  /** While it is used up, LINE refuses every push for the monthly limit, which then is what the account has used. */
  useUpQuota(isUsedUp: boolean): void;
  /** Ends connections, pending requests and redeliveries at once. */
  close(): Promise<void>;
}

/**
 * Starts the simulated LINE platform on 127.0.0.1. Rejects when the port is taken.
 *
 * One leniency: real LINE answers 400 to ids of another provider's users; here every well-formed id
 * is accepted and becomes a customer without a name (its profile is 404).
 */
export async function startLinePlatform(options: {
  channels: LineChannel[];
  /** 0, the default, takes any free port. */
  port?: number;
  onTraffic?: OnTraffic;
  /** LINE's clock, which may differ from the bridge's: times of events, and how long tokens are valid. */
  now?: () => number;
  /** Milliseconds before each redelivery of a webhook that was not answered with 2xx. */
  redeliveryPauses?: number[];
  /** Pushes that each channel may send; the next one is 429. Without it there is no limit. */
  monthlyLimit?: number;
  /** What all customers have chosen for their LINE app, a BCP 47 tag. Without it their profiles tell no language. */
  language?: string;
  interfere?: Interfere | undefined;
  interfereWithWebhook?: InterfereWithWebhook | undefined;
}): Promise<LinePlatform> {
  const { channels, onTraffic = () => {}, now = Date.now, monthlyLimit, language } = options;
  const closing = new AbortController();
  const ids = createLineIds(now);
  const customers = createLineCustomers();
  const groups = createLineGroups(customers);
  const chats = createLineChats();
  const contents = createLineContents(now);
  const exempt = new Set<string>();
  const webhooks = createLineWebhooks();

  const checkMessages = createMessageRules(exempt);
  const outbox = createLineOutbox({ checkMessages, customers, groups, chats, ids, now });
  const push = createLinePush({ outbox, now, monthlyLimit });
  const replyTokens = createReplyTokens(now);
  const delivery = createWebhookDelivery({
    pauses: options.redeliveryPauses ?? REDELIVERY_PAUSES,
    now,
    replyTokens,
    onTraffic,
    closing: closing.signal,
    interfere: options.interfereWithWebhook,
  });
  const server = await startSimulatorServer({
    port: options.port ?? 0,
    bodyLimit: BODY_LIMIT_BYTES,
    interfere: options.interfere,
    answer: createLineGate({
      channels,
      routes: lineRoutes({
        customers,
        groups,
        chats,
        contents,
        checkMessages,
        outbox,
        push,
        replyTokens,
        webhooks,
        testWebhook: delivery.test,
        exempt,
        language,
        now,
      }),
      requestId: ids.requestId,
      now,
      onTraffic,
    }),
  });

  const known = createKnownEvents();
  const takeEffect = createEventEffects({ customers, groups, chats, contents });
  const deliver = async (brandKey: string, events: object[]) => {
    const channel = channels.find((candidate) => candidate.brandKey === brandKey);
    const url = webhooks.urlOf(brandKey);
    if (channel === undefined || url === undefined) {
      throw new Error(`No ${channel ? "webhook" : "LINE channel"} is known for ${brandKey}`);
    }
    known.add(brandKey, events);
    for (const event of events) {
      takeEffect(brandKey, event);
    }
    if (!webhooks.isUsed(brandKey)) {
      return { status: 0, settled: Promise.resolve({ status: 0, attempts: 0 }) };
    }
    return delivery.deliver(channel, url, events);
  };
  return {
    origin: server.origin,
    setWebhook: webhooks.set,
    webhook: webhooks.urlOf,
    useWebhook: webhooks.use,
    exemptOrigin: (local) => void exempt.add(new URL(local).origin),
    customers,
    groups,
    ...createCustomerActs({ customers, groups, chats, contents, ids, now, deliver }),
    deliver,
    learn(brandKey, events) {
      const unknown = known.add(brandKey, events);
      replyTokens.carry(brandKey, unknown);
      for (const event of unknown) takeEffect(brandKey, event);
    },
    chat: chats.chat,
    content(brandKey, messageId) {
      const entry = contents.find(brandKey, messageId);
      return entry?.isUnsent === false ? entry.media : undefined;
    },
    inbox: chats.inbox,
    readMessages: chats.readMessages,
    loadingUntil: chats.loadingUntil,
    reserve: push.reserve,
    useUpQuota: push.useUpQuota,
    open: (brandKey, chatId) => openMedia(chats.inbox(brandKey, chatId), closing.signal),
    async close() {
      closing.abort();
      await server.close();
    },
  };
}
