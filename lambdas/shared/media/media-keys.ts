import { createHmac } from "node:crypto";

/**
 * Prefix (with a slash at the end) of the keys of one message's media. It cannot be guessed, is the
 * same on every try, and can be found again to delete the media of a message or a customer.
 */
export type MediaPrefix = (message: {
  brand: string;
  /** User, group or room id. */
  customer: string;
  /** LINE's message id (inbound) or Genesys' (outbound). */
  messageId: string;
}) => Promise<string>;

/** `keySecret` is asked for at every use. */
export function createMediaPrefix(keySecret: () => Promise<string>): MediaPrefix {
  return async ({ brand, customer, messageId }) => {
    const secret = await keySecret();
    const segment = (...names: string[]) =>
      createHmac("sha256", secret).update(JSON.stringify(names)).digest("base64url").slice(0, 22);
    return `${brand}/${segment(brand, customer)}/${segment(brand, customer, messageId)}/`;
  };
}
