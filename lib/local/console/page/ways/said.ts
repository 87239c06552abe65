import type { MessageWay } from "../../message-way.ts";
import { SEEN } from "../../seen-words.ts";
import { summaryOf } from "../desktop/structured.ts";
import type { PageState } from "../wire.ts";

/** What a person knows a message by. */
export interface SaidBy {
  /** What it says; of an event that says nothing, what it is: `[unfollow]`, for example. */
  text: string | undefined;
  customer: string | undefined;
}

export type Said = (way: MessageWay) => SaidBy;

/**
 * Reads once what the platforms show of all messages, so that a list of hundreds of ways can ask for each. The
 * functions log no texts.
 */
export function saidIn(states: Record<string, PageState>): Said {
  const known = new Map<string, SaidBy>();
  for (const { brand, phones, conversations } of Object.values(states)) {
    const names = new Map(phones.map(({ userId, customer }) => [userId, customer]));
    for (const { customer, lines } of phones) {
      for (const { id, from, text } of lines) {
        if (from === "customer") known.set(`${brand} LINE ${id}`, { text, customer });
      }
    }
    for (const { customerId, nickname, messages } of conversations) {
      const customer = names.get(customerId) ?? nickname;
      for (const { id, text, structured = [], attachments } of messages) {
        const [first] = structured;
        const summary = first && summaryOf(first);
        const said = text || summary || attachments[0]?.filename;
        known.set(`${brand} Genesys ${id}`, { text: said, customer });
      }
    }
  }
  return (way) => {
    const { brand, from, messageId, correlationId } = way;
    const said = known.get(`${brand} ${from} ${from === "LINE" ? messageId : correlationId}`);
    return { text: said?.text || kindOf(way), customer: said?.customer };
  };
}

function kindOf({ steps }: MessageWay): string | undefined {
  const kind = steps.find(({ message }) => message === SEEN.webhook)?.fields.kind;
  return typeof kind === "string" ? `[${kind}]` : undefined;
}
