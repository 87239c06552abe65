import type { PhoneLine } from "../wire.ts";

/** Message types that LINE lets a customer quote. */
const QUOTABLE = new Set(["text", "textV2", "sticker", "image", "video", "template"]);

/** Whether a line is a message: the words that LINE shows for a tap are none. */
export function isMessage({ from, message, isUnsent }: PhoneLine): boolean {
  return isUnsent !== true && (from === "account" || message.markAsReadToken !== undefined);
}

/** Whether the customer can quote it. */
export function isQuotable(line: PhoneLine): boolean {
  return isMessage(line) && QUOTABLE.has(line.message.type);
}

/** The line that this one quotes, if the chat still has it. */
export function quotedLine(line: PhoneLine, lines: readonly PhoneLine[]): PhoneLine | undefined {
  const { quotedMessageId, quoteToken } = line.message;
  if (line.from === "customer") {
    return quotedMessageId === undefined
      ? undefined
      : lines.find(({ id }) => id === quotedMessageId);
  }
  // An account names what it quotes by the token that came with it.
  return quoteToken === undefined
    ? undefined
    : lines.find(({ from, message }) => from === "customer" && message.quoteToken === quoteToken);
}
