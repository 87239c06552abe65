/** What has become of a message so far. */
export const OUTCOMES = [
  "refused",
  "stored",
  "waiting",
  "trying again",
  "delivered",
  "not pushed",
  "ignored",
  "parked",
  "finished",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Where messages come from. */
export type Origin = "LINE" | "Genesys";

/** What names a way. */
export interface WayKey {
  /** The brand's key. */
  brand: string;
  /** LINE's `webhookEventId`, or Genesys Cloud's message id. */
  correlationId: string;
  /** Where the message came from. */
  from: Origin;
}

/** A request about a message, as the local run has seen it. */
export interface Exchange {
  /** By which its bodies can be asked for. */
  number: number;
  /** 0 where there was no answer. */
  status: number;
  milliseconds: number;
}

/** What was sent and answered in an exchange, as a person reads it. */
export interface Bodies {
  sent: string;
  answer: string;
}

/** Something that happened to a message: a line that a function has logged, or what the local run has seen. */
export interface WayStep {
  /** Milliseconds since 1970. */
  at: number;
  /** The function's short name, or between whom a request went. */
  service: string;
  level: string;
  message: string;
  /** What else is known. */
  fields: Record<string, unknown>;
  exchange?: Exchange | undefined;
}

/** What LINE has accepted of a message. */
export interface SentPart {
  /** The number of the push, or of the part of it. A reply stands for the first one. */
  part: string;
  /** LINE's ids of the messages. */
  ids: string[];
}

/** The way of one message through the bridge. */
export interface MessageWay extends WayKey {
  /** LINE's message id; absent where the event has none, and while nobody has said it. */
  messageId?: string | undefined;
  outcome: Outcome;
  /** Why it was refused, waits, is tried again, or is parked. */
  reason?: string | undefined;
  /** When it is its turn again; milliseconds since 1970. */
  nextTryAt?: number | undefined;
  /** What LINE has accepted of an agent's message; absent where that is not known. */
  sent?: SentPart[] | undefined;
  /** In the order of their times. */
  steps: WayStep[];
  /** How many steps after the first one are no longer kept. */
  leftOut: number;
}

/** What is looked for. An empty text is no condition. */
export interface WaySearch {
  brand?: string | undefined;
  from?: string | undefined;
  /** Part of an id, or of what the message says. */
  text?: string | undefined;
  outcome?: string | undefined;
}

/** Whether a way is what is looked for. `said`: what the message says, where that is known. */
export function isFound(
  way: MessageWay,
  { brand, from, text, outcome }: WaySearch,
  said = "",
): boolean {
  if (brand && way.brand !== brand) return false;
  if (from && way.from !== from) return false;
  if (outcome && way.outcome !== outcome) return false;
  const words = `${way.correlationId} ${way.messageId ?? ""} ${said}`.toLowerCase();
  return !text || words.includes(text.trim().toLowerCase());
}
