import { randomBytes, randomInt } from "node:crypto";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Identifiers in the forms that LINE uses. */
export interface LineIds {
  /** ULID: 10 characters of time, 16 random ones. */
  webhookEventId(): string;
  /** 18 decimal digits, more than a JavaScript number can hold, each greater than the one before. */
  messageId(): string;
  replyToken(): string;
  quoteToken(): string;
  markAsReadToken(): string;
  /** UUID-shaped, value of `x-line-request-id`. */
  requestId(): string;
}

export function createLineIds(now: () => number): LineIds {
  let lastMessageId = 500_000_000_000_000_000n + BigInt(randomInt(2 ** 40));
  return {
    webhookEventId() {
      const time = Array.from(
        { length: 10 },
        (_, index) => CROCKFORD[Math.floor(now() / 32 ** (9 - index)) % 32],
      );
      const chance = Array.from({ length: 16 }, () => CROCKFORD[randomInt(32)]);
      return [...time, ...chance].join("");
    },
    messageId() {
      lastMessageId += BigInt(1 + randomInt(1_000_000));
      return String(lastMessageId);
    },
    replyToken: () => randomBytes(16).toString("hex"),
    quoteToken: () => randomBytes(48).toString("base64url"),
    markAsReadToken: () => randomBytes(30).toString("base64url"),
    requestId: () => crypto.randomUUID(),
  };
}
