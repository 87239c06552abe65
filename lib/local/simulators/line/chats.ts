import * as z from "zod";

/** A message on the customer's phone. */
export interface InboxMessage {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** What can be read without opening anything: the text, or a short text in its place. */
  text: string;
  /** Of the account: the phone gives no sound for it. */
  isSilent?: boolean;
  /** The message object: of the account as it was pushed, of a customer as the webhook had it. */
  message: { type: string; [property: string]: unknown };
}

/** A message of either side as the chat shows it. */
export interface ChatMessage extends InboxMessage {
  from: "customer" | "account";
  /** Who wrote a customer's message, if known. */
  userId?: string;
  /** The account has marked the customer's message as read. */
  isRead?: boolean;
  /** The customer unsent it: its content is no longer here. */
  isUnsent?: boolean;
  /** The words of a button that the customer has tapped: LINE shows them, but they cause no message event. */
  isTap?: boolean;
}

/** The chats with the accounts as each customer's phone shows them. */
export interface LineChats {
  /** Adds a message. A message of the account also ends the loading animation. A known id changes nothing. */
  show(brandKey: string, chatId: string, message: ChatMessage): void;
  /** Both sides, in order. */
  chat(brandKey: string, chatId: string): ChatMessage[];
  /** Only the account's side. */
  inbox(brandKey: string, chatId: string): InboxMessage[];
  /** Replaces the text of a message that the chat shows. */
  edit(brandKey: string, chatId: string, messageId: string, text: string): void;
  unsend(brandKey: string, chatId: string, messageId: string): void;
  /** The id of the chat in which this customer wrote that message; undefined if there is none. */
  findSent(brandKey: string, userId: string, messageId: string): string | undefined;
  /** Marks that message and all earlier ones as read; false for a token that this channel never received. */
  markAsRead(brandKey: string, markAsReadToken: string): boolean;
  /** Ids of the customer's messages that show "read". */
  readMessages(brandKey: string, chatId: string): string[];
  /** Shows the loading animation until this time; the next message ends it. */
  showLoading(brandKey: string, chatId: string, until: number): void;
  loadingUntil(brandKey: string, chatId: string): number;
}

interface Chat {
  brandKey: string;
  chatId: string;
  messages: ChatMessage[];
  loadingUntil: number;
}

export function createLineChats(): LineChats {
  const chats = new Map<string, Chat>();
  const chat = (brandKey: string, chatId: string): Chat => {
    const key = `${brandKey} ${chatId}`;
    const known = chats.get(key) ?? { brandKey, chatId, messages: [], loadingUntil: 0 };
    chats.set(key, known);
    return known;
  };
  const change = (
    brandKey: string,
    chatId: string,
    messageId: string,
    to: (message: ChatMessage) => ChatMessage,
  ) => {
    const shown = chat(brandKey, chatId);
    shown.messages = shown.messages.map((one) => (one.id === messageId ? to(one) : one));
  };
  return {
    show(brandKey, chatId, message) {
      const shown = chat(brandKey, chatId);
      if (shown.messages.some(({ id }) => id === message.id)) {
        return;
      }
      shown.messages.push(message);
      if (message.from === "account") {
        shown.loadingUntil = 0;
      }
    },
    chat: (brandKey, chatId) => [...chat(brandKey, chatId).messages],
    inbox: (brandKey, chatId) =>
      chat(brandKey, chatId)
        .messages.filter(({ from }) => from === "account")
        .map(({ id, at, text, message, isSilent }) => ({
          ...{ id, at, text, message },
          ...(isSilent && { isSilent }),
        })),
    edit(brandKey, chatId, messageId, text) {
      change(brandKey, chatId, messageId, (one) => ({
        ...one,
        text,
        message: { ...one.message, text },
      }));
    },
    unsend(brandKey, chatId, messageId) {
      change(brandKey, chatId, messageId, (one) => ({
        ...one,
        isUnsent: true,
        text: "[unsent]",
        message: { type: one.message.type, markAsReadToken: one.message.markAsReadToken },
      }));
    },
    findSent(brandKey, userId, messageId) {
      const found = [...chats.values()].find(
        (one) =>
          one.brandKey === brandKey &&
          one.messages.some((message) => message.userId === userId && message.id === messageId),
      );
      return found?.chatId;
    },
    markAsRead(brandKey, markAsReadToken) {
      for (const { messages } of [...chats.values()].filter((one) => one.brandKey === brandKey)) {
        const last = messages.findIndex(
          ({ message }) => message.markAsReadToken === markAsReadToken,
        );
        if (last >= 0) {
          for (const message of messages.slice(0, last + 1)) {
            if (message.from === "customer") {
              message.isRead = true;
            }
          }
          return true;
        }
      }
      return false;
    },
    readMessages: (brandKey, chatId) =>
      chat(brandKey, chatId).messages.flatMap(({ id, isRead }) => (isRead ? id : [])),
    showLoading(brandKey, chatId, until) {
      chat(brandKey, chatId).loadingUntil = until;
    },
    loadingUntil: (brandKey, chatId) => chat(brandKey, chatId).loadingUntil,
  };
}

const readable = z.object({
  text: z.string().optional(),
  altText: z.string().optional(),
  fileName: z.string().optional(),
  title: z.string().optional(),
  address: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  stickerId: z.string().optional(),
});

/** A message object in one line, as a person sees it: its text, or a short text in its place. */
export function readableText(message: { type: string }): string {
  const shown = readable.safeParse(message).data ?? {};
  const place = shown.title ?? shown.address ?? `${shown.latitude}, ${shown.longitude}`;
  return (
    shown.text ??
    shown.altText ??
    (shown.stickerId === undefined ? undefined : `sticker ${shown.stickerId}`) ??
    (shown.latitude === undefined ? undefined : place) ??
    `[${message.type}] ${shown.fileName ?? ""}`.trimEnd()
  );
}
