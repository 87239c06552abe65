import type { ButtonResponse } from "./buttons.ts";
import type { WebhookOutcome } from "./webhook-outcome.ts";

/** Genesys Cloud, threading: a message within 72 hours of the last one joins its conversation. */
const THREADING_MILLISECONDS = 72 * 3600 * 1000;

export interface DesktopAttachment {
  /** Of an agent's file that Genesys Cloud hosts. */
  id?: string | undefined;
  mediaType: string;
  url?: string | undefined;
  mime?: string | undefined;
  filename?: string | undefined;
  text?: string | undefined;
  contentSizeBytes?: number | undefined;
}

/** One line of a conversation as the agent sees it. */
export interface DesktopMessage {
  /** Given by Genesys Cloud. */
  id: string;
  at: number;
  conversationId: string;
  direction: "Inbound" | "Outbound";
  text?: string | undefined;
  attachments: DesktopAttachment[];
  /** Participant data that Architect reads; only on inbound messages. */
  customAttributes: Record<string, string>;
  metadata: Record<string, string>;
  nickname?: string | undefined;
  /** `channel.messageId`: the customer's platform gave it. */
  messageId?: string | undefined;
  /** `channel.time`, as it was sent. */
  time: string;
  /** The button that a structured response reports. */
  buttonResponse?: ButtonResponse | undefined;
  /** Outbound: `content` of a structured message. */
  structured?: unknown[] | undefined;
  /** Outbound: `Human` or `Bot`, as the webhook has it. */
  originatingEntity?: string | undefined;
  /** Outbound: how the webhook ended; absent until then. */
  webhook?: WebhookOutcome | undefined;
  /** Outbound: status of the last receipt, or of the webhook if it failed finally. */
  status?: string | undefined;
}

export interface DesktopReceipt {
  /** The outbound message's id. */
  id: string;
  at: number;
  /** The customer, `channel.to.id`. */
  toId: string;
  status: string;
  reasons: { code?: string | undefined; message: string }[];
  isFinalReceipt?: boolean | undefined;
}

export interface Conversation {
  id: string;
  brandKey: string;
  /** `from.id` of the customer. */
  customerId: string;
  nickname?: string | undefined;
  startedAt: number;
  /** The flow of Architect that took it; without one it is in no queue and no agent gets it. */
  flow?: string | undefined;
  /** Both directions, in order of arrival. */
  messages: DesktopMessage[];
  /** When the customer last typed; 0 for never. */
  typedAt: number;
}

export type NewDesktopMessage = Omit<DesktopMessage, "id" | "at" | "conversationId" | "direction">;

type NewReceipt = Omit<DesktopReceipt, "at" | "reasons"> &
  Partial<{ reasons: DesktopReceipt["reasons"] | undefined }>;

export interface GenesysDesktop {
  /** `flow` is the flow that is attached to the integration now. */
  inbound(
    brandKey: string,
    customerId: string,
    message: NewDesktopMessage,
    flow: string | undefined,
  ): DesktopMessage;
  outbound(
    brandKey: string,
    customerId: string,
    message: NewDesktopMessage,
    id: string,
  ): DesktopMessage;
  typed(brandKey: string, customerId: string): void;
  /** Returns the receipt in one line, for people who watch the local run. */
  receipt(brandKey: string, receipt: NewReceipt): string;
  /** Oldest first. */
  conversations(brandKey: string): Conversation[];
  /** The customer's own messages of all conversations, in order of arrival. */
  messages(brandKey: string, customerId: string): DesktopMessage[];
  receipts(brandKey: string): DesktopReceipt[];
  /** The conversation that a message would join now; undefined where it would open one. */
  openConversation(brandKey: string, customerId: string): Conversation | undefined;
  /** The id of the conversation that a message joins now; opens one where there is none. */
  conversationId(brandKey: string, customerId: string): string;
}

/** Everything that agents see, and the bridge's receipts that Genesys keeps. */
export function createGenesysDesktop(options: {
  now: () => number;
  newId: () => string;
}): GenesysDesktop {
  const conversations: Conversation[] = [];
  const receipts: (DesktopReceipt & { brandKey: string })[] = [];

  const openConversation = (brandKey: string, customerId: string): Conversation | undefined => {
    const last = conversations.findLast(
      (one) => one.brandKey === brandKey && one.customerId === customerId,
    );
    const lastAt = last?.messages.at(-1)?.at ?? last?.startedAt ?? 0;
    return options.now() - lastAt < THREADING_MILLISECONDS ? last : undefined;
  };
  const open = (brandKey: string, customerId: string): Conversation => {
    const joined = openConversation(brandKey, customerId);
    if (joined !== undefined) {
      return joined;
    }
    const id = crypto.randomUUID();
    const startedAt = options.now();
    const fresh = { id, brandKey, customerId, startedAt, messages: [], typedAt: 0 };
    conversations.push(fresh);
    return fresh;
  };
  const add = (
    conversation: Conversation,
    direction: DesktopMessage["direction"],
    message: NewDesktopMessage,
    id: string,
  ): DesktopMessage => {
    const at = options.now();
    const added = { ...message, id, at, conversationId: conversation.id, direction };
    conversation.messages.push(added);
    return added;
  };

  return {
    inbound(brandKey, customerId, message, flow) {
      const conversation = open(brandKey, customerId);
      conversation.flow ??= flow;
      conversation.nickname = message.nickname ?? conversation.nickname;
      return add(conversation, "Inbound", message, options.newId());
    },
    outbound: (brandKey, customerId, message, id) =>
      add(open(brandKey, customerId), "Outbound", message, id),
    typed(brandKey, customerId) {
      open(brandKey, customerId).typedAt = options.now();
    },
    receipt(brandKey, { id: messageId, toId, status, reasons = [], isFinalReceipt }) {
      const at = options.now();
      receipts.push({ id: messageId, at, toId, status, reasons, isFinalReceipt, brandKey });
      const message = conversations
        .filter((one) => one.brandKey === brandKey)
        .flatMap(({ messages }) => messages)
        .find(({ id, direction }) => id === messageId && direction === "Outbound");
      if (message !== undefined) {
        message.status = status;
      }
      const causes = reasons.map(({ code, message: cause }) => `${code ?? ""} ${cause}`);
      return [status, ...causes].join(" · ");
    },
    conversations: (brandKey) => conversations.filter((one) => one.brandKey === brandKey),
    messages: (brandKey, customerId) =>
      conversations
        .filter((one) => one.brandKey === brandKey && one.customerId === customerId)
        .flatMap(({ messages }) => messages.filter(({ direction }) => direction === "Inbound")),
    receipts: (brandKey) =>
      receipts
        .filter((one) => one.brandKey === brandKey)
        .map(({ brandKey: _, ...receipt }) => receipt),
    openConversation,
    conversationId: (brandKey, customerId) => open(brandKey, customerId).id,
  };
}
