import { localDay } from "../local-time.ts";
import type { DeskMessage } from "../wire.ts";

/** A line of the transcript: a message or what stands between messages. */
export type TranscriptEntry =
  | { kind: "message"; message: DeskMessage }
  | { kind: "separator"; key: string; text: string };

/** The messages with a separator before the first one of each day and of each further conversation. */
export function transcriptEntries(messages: readonly DeskMessage[]): TranscriptEntry[] {
  return messages.flatMap((message, index): TranscriptEntry[] => {
    const separators = separatorsBetween(messages[index - 1], message).map(
      (text): TranscriptEntry => ({ kind: "separator", key: `${text} ${message.id}`, text }),
    );
    return [...separators, { kind: "message", message }];
  });
}

function separatorsBetween(before: DeskMessage | undefined, message: DeskMessage): string[] {
  const day = localDay(message.at);
  const isNewDay = before === undefined || localDay(before.at) !== day;
  const isNewConversation =
    before !== undefined && before.conversationId !== message.conversationId;
  return [...(isNewDay ? [day] : []), ...(isNewConversation ? ["A new conversation began"] : [])];
}
