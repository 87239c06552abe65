import * as z from "zod";

/** A message on the customer's phone. */
export interface InboxMessage {
  id: string;
  at: number;
  /** What can be read without opening anything: the text, or what stands for it. */
  text: string;
  /** The message object as it was pushed. */
  message: { type: string; [property: string]: unknown };
}

/** What each customer's phone shows of the chats with the accounts. */
export interface LineChats {
  show(brandKey: string, chatId: string, message: InboxMessage): void;
  inbox(brandKey: string, chatId: string): InboxMessage[];
  /** Remembers a message that the customer sent, so that it can be marked as read. */
  sent(brandKey: string, chatId: string, messageId: string, markAsReadToken: string): void;
  /** Marks that message and all earlier ones; false for a token this channel never received. */
  markAsRead(brandKey: string, markAsReadToken: string): boolean;
  /** Ids of the customer's messages that show "read". */
  readMessages(brandKey: string, chatId: string): string[];
  /** Shows the loading animation until this time; the next message ends it. */
  showLoading(brandKey: string, chatId: string, until: number): void;
  loadingUntil(brandKey: string, chatId: string): number;
}

interface Chat {
  inbox: InboxMessage[];
  sent: { messageId: string; markAsReadToken: string }[];
  /** How many of `sent` are read. */
  read: number;
  loadingUntil: number;
}

export function createLineChats(): LineChats {
  const chats = new Map<string, Chat>();
  const chat = (brandKey: string, chatId: string): Chat => {
    const key = `${brandKey} ${chatId}`;
    const known = chats.get(key) ?? { inbox: [], sent: [], read: 0, loadingUntil: 0 };
    chats.set(key, known);
    return known;
  };
  return {
    show(brandKey, chatId, message) {
      const shown = chat(brandKey, chatId);
      shown.inbox.push(message);
      shown.loadingUntil = 0;
    },
    inbox: (brandKey, chatId) => [...chat(brandKey, chatId).inbox],
    sent(brandKey, chatId, messageId, markAsReadToken) {
      chat(brandKey, chatId).sent.push({ messageId, markAsReadToken });
    },
    markAsRead(brandKey, markAsReadToken) {
      for (const [key, candidate] of chats) {
        const index = candidate.sent.findIndex((sent) => sent.markAsReadToken === markAsReadToken);
        if (key.startsWith(`${brandKey} `) && index >= 0) {
          candidate.read = Math.max(candidate.read, index + 1);
          return true;
        }
      }
      return false;
    },
    readMessages(brandKey, chatId) {
      const { sent, read } = chat(brandKey, chatId);
      return sent.slice(0, read).map(({ messageId }) => messageId);
    },
    showLoading(brandKey, chatId, until) {
      chat(brandKey, chatId).loadingUntil = until;
    },
    loadingUntil: (brandKey, chatId) => chat(brandKey, chatId).loadingUntil,
  };
}

const readable = z.object({
  text: z.string().optional(),
  altText: z.string().optional(),
  title: z.string().optional(),
  address: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  originalContentUrl: z.string().optional(),
  stickerId: z.string().optional(),
});

/** What a person sees of a message object, in one line: its text, or what stands for it. */
export function readableText(message: object): string {
  const shown = readable.safeParse(message).data ?? {};
  const place = shown.title ?? shown.address ?? `${shown.latitude}, ${shown.longitude}`;
  return (
    shown.text ??
    shown.altText ??
    shown.originalContentUrl ??
    (shown.stickerId === undefined ? undefined : `sticker ${shown.stickerId}`) ??
    (shown.latitude === undefined ? "" : place)
  );
}
