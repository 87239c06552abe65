import type { MessageWay } from "../../message-way.ts";
import { summaryOf } from "../desktop/structured.ts";
import type { PageState } from "../wire.ts";

/** What the messages of all brands say. The functions log no texts; the platforms show them. */
export type Said = (way: MessageWay) => string | undefined;

/** Reads the texts once, so that a list of hundreds of ways can ask for each. */
export function saidIn(states: Record<string, PageState>): Said {
  const texts = new Map<string, string | undefined>();
  for (const { brand, phones, conversations } of Object.values(states)) {
    for (const { id, from, text } of phones.flatMap(({ lines }) => lines)) {
      if (from === "customer") texts.set(`${brand} LINE ${id}`, text);
    }
    for (const message of conversations.flatMap(({ messages }) => messages)) {
      const { id, text, structured, attachments } = message;
      const [first] = structured ?? [];
      const summary = first && summaryOf(first);
      texts.set(`${brand} Genesys ${id}`, text || summary || attachments[0]?.filename);
    }
  }
  return ({ brand, from, messageId, correlationId }) =>
    texts.get(`${brand} ${from} ${from === "LINE" ? messageId : correlationId}`);
}
