import { errorFields } from "../shared/failures/bridge-error.ts";
import type { QueuedEvent } from "./queued-event.ts";
import { quotedMessageId, quoteNote } from "./translate/quote.ts";
import { saidIn } from "./translate/said-in.ts";

type Quoting = Pick<QueuedEvent, "event"> & {
  brand: Pick<QueuedEvent["brand"], "quotes" | "settings" | "log">;
};

/** What agents read of the message that an event quotes; undefined where it quotes none. Never throws. */
export async function quoteOf(
  { brand, event }: Quoting,
  customer: string,
): Promise<string | undefined> {
  const messageId = quotedMessageId(event);
  if (messageId === undefined) return undefined;
  if (brand.settings.quotes === "id") return quoteNote(undefined);
  try {
    return quoteNote(await brand.quotes.get(customer, messageId));
  } catch (error) {
    brand.log.warn("Could not read what a message quotes", errorFields(error));
    return quoteNote(undefined);
  }
}

/** Deletes what is kept of a message that the customer has unsent. Throws when DynamoDB cannot be reached. */
export async function forgetQuotable(
  { brand, event }: Quoting,
  customer: string,
  messageId: string,
): Promise<void> {
  const { quotes, settings } = brand;
  if (settings.quotes === "text") await quotes.unsent(customer, messageId, event.timestamp);
  // The brand may have kept texts until lately.
  else await quotes.forget(customer, messageId);
}

/** Keeps how a message begins where the brand asks for it, as later messages may quote it. Never throws. */
export async function keepForQuotes({ brand, event }: Quoting, customer: string): Promise<void> {
  const said = brand.settings.quotes === "text" ? saidIn(event) : undefined;
  if (said === undefined) return;
  const { type, userId } = event.source ?? {};
  const author = type === "user" ? undefined : (userId ?? undefined);
  try {
    await brand.quotes.keep(customer, { ...said, writtenAt: event.timestamp, author });
  } catch (error) {
    brand.log.warn("Could not keep a message for quotes", errorFields(error));
  }
}
