/**
 * LINE names a quoted message by its id only, and its content cannot be fetched; the agent reads
 * at least that the customer quotes something said before.
 */
export function quoteNote(message: { quotedMessageId?: string | null | undefined }): string {
  return message.quotedMessageId ? "[LINE QUOTE: answers an earlier message]\n" : "";
}
