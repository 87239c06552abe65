import type { InboundMessage } from "../../shared/genesys/inbound-message.ts";
import { splitText } from "../../shared/split-text.ts";

/** Genesys documents no limit for inbound text; its agents' own limit is 4,000 characters. */
const MAX_TEXT = 4_000;

export interface Customer {
  id: string;
  nickname: string | undefined;
}

/**
 * The Open Messaging messages for a text, in order. The first has the LINE message id, the further
 * parts `<id>#2`, `<id>#3`: the same on every try.
 */
export function genesysMessages(
  text: string,
  messageId: string,
  customer: Customer,
  timestamp: number,
  customAttributes: Record<string, string>,
): InboundMessage[] {
  const time = new Date(timestamp).toISOString();
  return splitText(text, MAX_TEXT).map((part, index) => ({
    channel: {
      from: {
        id: customer.id,
        idType: "Opaque",
        ...(customer.nickname === undefined ? {} : { nickname: customer.nickname }),
      },
      time,
      messageId: index === 0 ? messageId : `${messageId}#${index + 1}`,
      metadata: { customAttributes },
    },
    text: part,
  }));
}
