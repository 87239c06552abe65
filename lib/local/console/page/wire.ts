import type { Traffic } from "../../simulators/traffic.ts";
import type { Bodies } from "../message-way.ts";
import type { DeadLetter, QueuesState } from "../queues-state.ts";
import type { ConsoleState } from "../state.ts";
import type { LineMessage } from "./phone/line-messages.ts";

type SentPhone = ConsoleState["phones"][number];

/** A line of a chat, with what the page reads of LINE's message object. */
export type PhoneLine = Omit<SentPhone["lines"][number], "message"> & { message: LineMessage };

export type PagePhone = Omit<SentPhone, "lines"> & { lines: PhoneLine[] };

export type DeskMessage = ConsoleState["conversations"][number]["messages"][number];

/** What the console tells of a brand. */
export type PageState = Omit<ConsoleState, "phones"> & { phones: PagePhone[] };

/** What the page reads of the line that `npm start -- --json` prints. */
export interface PageReady {
  market: string;
  brands: Record<string, { brand: string }>;
}

export type { Bodies, DeadLetter, QueuesState, Traffic };
