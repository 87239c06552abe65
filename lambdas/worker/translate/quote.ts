/**
 * LINE gives only the id of a quoted message, and there is no way to fetch its content. The agent
 * reads at least that the customer replies to an earlier message.
 */
export function quoteNote(message: { quotedMessageId?: string | null | undefined }): string {
  return message.quotedMessageId ? "[LINE QUOTE: replies to an earlier message]\n" : "";
}
