/** Partition keys of the market's table. Whatever is kept of a customer begins with `customerKeyPrefix`. */
export const tableKeys = {
  /** `id` is a LINE user, group or room, or `<group>/<user>` for a member of a group. */
  customer: (brand: string, id: string) => `${customerKeyPrefix(brand)}${id}`,
  /** How a LINE message in the chat of a customer begins. */
  quote: (brand: string, customer: string, lineMessageId: string) =>
    `${customerKeyPrefix(brand)}${customer}#quote#${lineMessageId}`,
  /** Buttons of a Genesys message that are too long for LINE. */
  buttons: (brand: string, genesysMessageId: string) => `buttons#${brand}#${genesysMessageId}`,
  /** What LINE has refused of a push of a Genesys message. */
  refused: (brand: string, genesysMessageId: string, path: readonly number[]) =>
    `refused#${brand}#${genesysMessageId}#${path.join(".")}`,
  /** Which pushes of a Genesys message LINE has accepted. */
  sent: (brand: string, genesysMessageId: string) => `sent#${brand}#${genesysMessageId}`,
  /** How the first part of a Genesys message goes out to LINE. */
  way: (brand: string, genesysMessageId: string) => `way#${brand}#${genesysMessageId}`,
  /** Part of a LINE event that was delivered to Genesys Cloud. */
  delivery: (brand: string, webhookEventId: string, part: number) =>
    `delivered#${brand}#${webhookEventId}#${part}`,
  /** What was erased, by the prefix of its media; it names nobody. */
  erasure: (mediaPrefix: string) => `erased#${mediaPrefix}`,
  /** That an operator has discarded a dead letter, by SQS's id of it. */
  discarded: (letterId: string) => `${discardedKeyPrefix}${letterId}`,
  /** Failed tries of a message in a queue, by SQS's id of it. */
  failures: (queueMessageId: string) => `failures#${queueMessageId}`,
  /** Requests a minute of an OAuth client. */
  budget: (clientId: string) => `budget#${clientId}`,
  /** Whether a host works for a brand. */
  breaker: (brand: string, host: string) => `breaker#${brand}#${host}`,
};

/** How the keys of all customers of a brand begin; without a brand, of all brands. */
export function customerKeyPrefix(brand?: string): string {
  return brand === undefined ? "customer#" : `customer#${brand}#`;
}

/** How the keys of all records of discarded letters begin. */
export const discardedKeyPrefix = "discarded#";
