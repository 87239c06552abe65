import * as z from "zod";
import { forgetBefore } from "./forget-before.ts";
import { originOf } from "./source.ts";

/** LINE Messaging API reference, Send reply message, Reply token: one minute after the webhook, also a redelivered one. */
const AFTER_WEBHOOK_MILLISECONDS = 60_000;

/** The same place: redelivered or not, a token ends 20 minutes after its event. */
const AFTER_EVENT_MILLISECONDS = 20 * 60_000;

/** In standby LINE sends no reply token; one that a test sends there is none. */
const repliable = z.object({
  replyToken: z.string().min(1),
  mode: z.literal("active").optional(),
});

interface Carried {
  /** When the first webhook with this token was sent. */
  at: number;
  chatId: string;
  validUntil: number;
  endsAt: number;
  isUsed: boolean;
}

/** Which reply tokens LINE takes, by its own clock. */
export interface ReplyTokens {
  /** A webhook with these events is sent, for the first time or again: their tokens are valid from now on. */
  carry(brandKey: string, events: object[]): void;
  /** The chat that a reply goes to. Undefined for a token that is unknown to this channel, too old, or used. */
  chatOf(brandKey: string, token: string): string | undefined;
  /** From now on the token is invalid, also when its webhook is delivered again. */
  use(brandKey: string, token: string): void;
}

/** Forgets a token 20 minutes after its first webhook. */
export function createReplyTokens(now: () => number): ReplyTokens {
  const tokens = new Map<string, Carried>();
  const keyOf = (brandKey: string, token: string) => `${brandKey} ${token}`;

  return {
    carry(brandKey, events) {
      const at = now();
      forgetBefore(tokens, at - AFTER_EVENT_MILLISECONDS);
      for (const event of events) {
        const token = repliable.safeParse(event).data?.replyToken;
        const origin = originOf(event);
        if (token === undefined || origin === undefined) continue;
        const key = keyOf(brandKey, token);
        const known = tokens.get(key);
        // A test's event may be stamped ahead of this clock. It ends as if it had happened now.
        const endsAt = known?.endsAt ?? Math.min(origin.timestamp, at) + AFTER_EVENT_MILLISECONDS;
        tokens.set(key, {
          at: known?.at ?? at,
          chatId: origin.chatId,
          validUntil: Math.min(at + AFTER_WEBHOOK_MILLISECONDS, endsAt),
          endsAt,
          isUsed: known?.isUsed ?? false,
        });
      }
    },

    chatOf(brandKey, token) {
      const known = tokens.get(keyOf(brandKey, token));
      return known !== undefined && !known.isUsed && now() < known.validUntil
        ? known.chatId
        : undefined;
    },

    use(brandKey, token) {
      const known = tokens.get(keyOf(brandKey, token));
      if (known !== undefined) known.isUsed = true;
    },
  };
}
