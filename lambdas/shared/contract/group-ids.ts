/**
 * MessageGroupId of what the queues hold. SQS keeps the order within a group, so a customer has one; what
 * must not wait for messages, nor messages for it, has a group of its own.
 */
export const groupIds = {
  /** `id` is the LINE user, group or room. Undefined: LINE's event names nobody. */
  customer: (brand: string, id: string | undefined) => `${brand}#${id ?? "none"}`,
  receipt: (brand: string, genesysMessageId: string) => `${brand}#receipt#${genesysMessageId}`,
  /** Media of a LINE message that comes after it. */
  media: (brand: string, lineMessageId: string) => `${brand}#media#${lineMessageId}`,
  typing: (brand: string, id: string) => `${brand}#typing#${id}`,
};

/** The key of the brand that a group belongs to; readable even where the body is not. */
export function brandOfGroup(groupId: string | undefined): string {
  return groupId?.split("#", 1)[0] ?? "unknown";
}
