/** What has become of a message so far. */
export const OUTCOMES = [
  "stored",
  "waiting",
  "trying again",
  "delivered",
  "not pushed",
  "ignored",
  "parked",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A line that a function has logged about a message. */
export interface WayStep {
  /** Milliseconds since 1970. */
  at: number;
  /** The function's short name. */
  service: string;
  level: string;
  message: string;
  /** What else stands on the line. */
  fields: Record<string, unknown>;
}

/** The way of one message through the bridge. */
export interface MessageWay {
  brand: string;
  /** LINE's `webhookEventId`, or Genesys Cloud's message id. */
  correlationId: string;
  /** Where it came from. */
  from: "LINE" | "Genesys";
  /** LINE's message id; absent where the event has none, and while nobody has said it. */
  messageId?: string | undefined;
  outcome: Outcome;
  /** Why it waits, is tried again or is parked. */
  reason?: string | undefined;
  /** When it is its turn again; milliseconds since 1970. */
  nextTryAt?: number | undefined;
  /** In the order of their times. */
  steps: WayStep[];
  /** How many steps after the first one are no longer kept. */
  leftOut: number;
}

/** What is looked for. An empty text is no condition. */
export interface WaySearch {
  brand?: string | undefined;
  /** Part of an id. */
  text?: string | undefined;
  outcome?: string | undefined;
}

export function isFound(way: MessageWay, { brand, text, outcome }: WaySearch): boolean {
  if (brand && way.brand !== brand) return false;
  if (outcome && way.outcome !== outcome) return false;
  const ids = `${way.correlationId} ${way.messageId ?? ""}`.toLowerCase();
  return !text || ids.includes(text.trim().toLowerCase());
}
