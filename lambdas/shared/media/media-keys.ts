import { createHmac } from "node:crypto";
import * as z from "zod";

/** What the secret `<market>/media` holds. */
export const mediaSecretSchema = z.object({ keySecret: z.string().min(1) });

/**
 * Prefix (with a slash at the end) of the keys of one message's media. It cannot be guessed, is the
 * same on every try, and can be found again to delete the media of a message or a customer.
 */
export type MediaPrefix = (message: {
  /** User, group or room id. */
  customer: string;
  /** LINE's message id (inbound) or Genesys Cloud's (outbound). */
  messageId: string;
}) => Promise<string>;

/** For the media of one brand, given by its key. `keySecret` is asked for at every use. */
export function createMediaPrefix(brand: string, keySecret: () => Promise<string>): MediaPrefix {
  return async ({ customer, messageId }) => {
    const secret = await keySecret();
    return `${customerPrefix(secret, brand, customer)}${segment(secret, brand, customer, messageId)}/`;
  };
}

/** Prefix (with a slash at the end) of the keys of all media of one customer. */
export function customerPrefix(keySecret: string, brand: string, customer: string): string {
  return `${brand}/${segment(keySecret, brand, customer)}/`;
}

/** The prefix of all media of the customer of one message, by the prefix of the message's. */
export function customerPrefixOf(messagePrefix: string): string {
  return `${messagePrefix.split("/").slice(0, 2).join("/")}/`;
}

function segment(keySecret: string, ...names: string[]): string {
  return createHmac("sha256", keySecret)
    .update(JSON.stringify(names))
    .digest("base64url")
    .slice(0, 22);
}
