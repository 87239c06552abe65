import type { Spoken } from "./conversation.ts";

/** One time that the other side took a message over, by the order in which it did. */
export interface Taken {
  /** `<id>`, or `<id>#n` for a further part. */
  key: string;
  /** By the harness's clock, in ms. */
  at: number;
  /** When its answer had left, unless it never did. */
  answeredAt?: number;
  /** Why the answer did not reach the bridge. */
  lostBy?: string;
}

/** What happened in a run, as far as only the one who makes it happen can know. */
export interface Ledger {
  spoken: Spoken[];
  byId: Map<string, Spoken>;
  begunAt: Map<number, number>;
  /** LINE or Genesys Cloud has given up delivering the message to the bridge. */
  undelivered: Map<number, string>;
  /** SQS's sequence number by de-duplication id, of the first time that the message was stored. */
  sequences: Map<string, string>;
  taken: Taken[];
  /** When the processes of a function were killed, from the order until the end of the last one. */
  kills: { service: string; from: number; to: number }[];
  /** How often each kind of mishap happened. */
  mishaps: Map<string, number>;
  count(mishap: string): void;
  /** Tokens that the platforms issued and secrets that were in use. */
  secrets: Set<string>;
}

export function createLedger(spoken: Spoken[]): Ledger {
  const mishaps = new Map<string, number>();
  return {
    spoken,
    byId: new Map(spoken.map((one) => [one.id, one])),
    begunAt: new Map(),
    undelivered: new Map(),
    sequences: new Map(),
    taken: [],
    kills: [],
    mishaps,
    count: (mishap) => void mishaps.set(mishap, (mishaps.get(mishap) ?? 0) + 1),
    secrets: new Set(),
  };
}
