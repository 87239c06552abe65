import * as z from "zod";

/**
 * In high-throughput mode (DeduplicationScope `messageGroup`) the same de-duplication id in two
 * groups is two messages. fauxqs knows only one scope, the queue; so the group is put before the
 * id on the way in and removed on the way out. Neither of them contains a line break.
 */
const SEPARATOR = "\n";

export interface FifoIds {
  MessageGroupId?: string | undefined;
  MessageDeduplicationId?: string | undefined;
}

/** The message with its group before its de-duplication id. */
export function scopeToGroup<Message extends FifoIds>(message: Message): Message {
  const { MessageGroupId, MessageDeduplicationId } = message;
  if (MessageGroupId === undefined || MessageDeduplicationId === undefined) return message;
  return {
    ...message,
    MessageDeduplicationId: `${MessageGroupId}${SEPARATOR}${MessageDeduplicationId}`,
  };
}

export const receivedMessage = z.looseObject({
  ReceiptHandle: z.string(),
  Attributes: z.looseObject({ MessageDeduplicationId: z.string().optional() }).optional(),
});

/** The received message with the de-duplication id that its sender gave. */
export function withoutScope(
  message: z.infer<typeof receivedMessage>,
): z.infer<typeof receivedMessage> {
  const id = message.Attributes?.MessageDeduplicationId;
  if (id === undefined) return message;
  const MessageDeduplicationId = id.slice(id.indexOf(SEPARATOR) + 1);
  return { ...message, Attributes: { ...message.Attributes, MessageDeduplicationId } };
}
