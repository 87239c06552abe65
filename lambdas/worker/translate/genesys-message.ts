import type { Button } from "../../shared/genesys/button-data.ts";
import type {
  InboundAttachment,
  InboundMessage,
  InboundStructuredResponse,
} from "../../shared/genesys/inbound-message.ts";
import { oneLine } from "../../shared/text/one-line.ts";
import { splitText } from "../../shared/text/split-text.ts";

/** Genesys documents no limit for inbound text; its agents' own limit is 4,000 characters. */
const MAX_TEXT = 4_000;

/**
 * Room for the author's name. It can be a different name at the next try, and the parts of a text
 * must not depend on it, because each part is delivered once by its number.
 */
const MAX_AUTHOR = 100;

/** Room for what the message quotes, for the same reason. */
const MAX_QUOTE = 200;

/** The last time that ISO 8601 writes with a year of four digits, which is what Genesys reads. */
const MAX_TIME = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

interface Customer {
  id: string;
  nickname: string | undefined;
}

/** Who has sent something, when, and under which id. */
export interface MessageSender {
  /** The same on every try. */
  messageId: string;
  customer: Customer;
  /** ms since the epoch */
  timestamp: number;
  customAttributes: Record<string, string>;
  /** Display name of the member of a group who wrote it. There the customer is the whole group. */
  author?: string | undefined;
  /** What agents read of the message that this one quotes. */
  quote?: string | undefined;
}

/**
 * The Open Messaging messages for a text, an attachment, or both, in order. The attachment goes with
 * the first message. The first has the sender's message id, the others `<id>#2`, `<id>#3`. Empty
 * only if there is neither a text nor an attachment.
 */
export function genesysMessages(
  { text, attachment }: { text: string; attachment?: InboundAttachment },
  sender: MessageSender,
): InboundMessage[] {
  if (text === "" && attachment === undefined) return [];
  const { author, quote } = sender;
  const room = (author === undefined ? 0 : MAX_AUTHOR) + (quote === undefined ? 0 : MAX_QUOTE);
  const [first = "", ...rest] = splitText(text, MAX_TEXT - room);
  const quoting = [quote, first].filter(Boolean).join("\n");
  return [withAuthor(quoting, sender), ...rest].map((part, index) => ({
    channel: channel(sender, index === 0 ? sender.messageId : `${sender.messageId}#${index + 1}`),
    ...(part !== "" && { text: part }),
    ...(index === 0 && attachment !== undefined && { content: [{ attachment }] }),
  }));
}

/** The Open Messaging body for a tap on a button of a structured message. */
export function genesysStructuredResponse(
  { type, originatingMessageId, text, payload }: Button,
  sender: MessageSender,
): InboundStructuredResponse {
  return {
    channel: channel(sender, sender.messageId),
    buttonResponse: { type, text: withAuthor(text, sender), payload },
    originatingMessageId,
  };
}

function withAuthor(text: string, { author }: MessageSender): string {
  const name = oneLine(author ?? "", MAX_AUTHOR - ": ".length);
  if (name === "") return text;
  return text === "" ? `${name}:` : `${name}: ${text}`;
}

function channel(
  { customer, timestamp, customAttributes }: MessageSender,
  messageId: string,
): InboundMessage["channel"] {
  return {
    from: {
      id: customer.id,
      idType: "Opaque",
      ...(customer.nickname !== undefined && { nickname: customer.nickname }),
    },
    time: new Date(Math.min(timestamp, MAX_TIME)).toISOString(),
    messageId,
    metadata: { customAttributes },
  };
}
