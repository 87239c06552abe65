import type { Traffic } from "../../simulators/traffic.ts";
import type { Bodies } from "../message-way.ts";
import type { DeadLetter, QueuesState } from "../queues-state.ts";
import type { ConsoleState } from "../state.ts";
import type { StructuredContent } from "./desktop/structured.ts";
import type { LineMessage } from "./phone/line-messages.ts";

type SentPhone = ConsoleState["phones"][number];
type SentConversation = ConsoleState["conversations"][number];

/** A line of a chat, with what the page reads of LINE's message object. */
export type PhoneLine = Omit<SentPhone["lines"][number], "message"> & { message: LineMessage };

export type PagePhone = Omit<SentPhone, "lines"> & { lines: PhoneLine[] };

/** A line of a conversation, with what the page reads of a structured message. */
export type DeskMessage = Omit<SentConversation["messages"][number], "structured"> & {
  structured?: StructuredContent[];
};

type PageConversation = Omit<SentConversation, "messages"> & { messages: DeskMessage[] };

/** What the console tells of a brand. */
export type PageState = Omit<ConsoleState, "phones" | "conversations"> & {
  phones: PagePhone[];
  conversations: PageConversation[];
};

/** What the page reads of the line that `npm start -- --json` prints. */
export interface PageReady {
  market: string;
  brands: Record<string, { brand: string }>;
}

export type { Bodies, DeadLetter, QueuesState, Traffic };
