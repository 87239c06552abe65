import type { Conversation } from "../simulators/genesys/desktop.ts";
import type { ShownConversation } from "./state.ts";
import { structuredContents } from "./structured-content.ts";

/** The conversation with what can be shown of its structured messages. */
export function shownConversation(conversation: Conversation): ShownConversation {
  const messages = conversation.messages.map(({ structured, ...message }) => ({
    ...message,
    ...(structured !== undefined && { structured: structuredContents(structured) }),
  }));
  return { ...conversation, messages };
}
