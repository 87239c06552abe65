import { tableKeys } from "../../lambdas/shared/tables/table-keys.ts";
import type { Spoken } from "./conversation.ts";
import type { Receives } from "./receives.ts";

/** One time that Genesys Cloud accepted a message, or a part of one. */
interface Acceptance {
  /** `<id>`, or `<id>#n` for a further part. */
  key: string;
  /** By the harness's clock, in ms. */
  at: number;
  /** Why the answer did not reach the bridge. */
  lostBy?: string;
}

/** One time that LINE was asked to reply with a message, or the first part of one. */
export interface AskedReply {
  index: number;
  token: string;
  at: number;
  /** What LINE answered; undefined where the answer did not reach the bridge. */
  status?: number | undefined;
  endedAt?: number;
}

/** What happened in a run, as far as only the one who makes it happen can know. */
export interface Ledger {
  spoken: Spoken[];
  byId: Map<string, Spoken>;
  begunAt: Map<number, number>;
  /** When the gateway got the message's webhook for the first time, in ms. */
  askedAt: Map<number, number>;
  /** When a message says that it was written, in ms of a clock that all of a direction share. Some do not say. */
  writtenAt: Map<number, number>;
  /** LINE or Genesys Cloud has given up delivering the message to the bridge. */
  undelivered: Map<number, string>;
  /** SQS's sequence number by de-duplication id, of the first time that the message was stored. */
  sequences: Map<string, string>;
  /** What the functions were given. */
  receives: Receives;
  /** Receipt handles of messages whose visibility timeout passes at work. */
  exposed: Set<string>;
  /** In the order in which they happened. */
  accepted: Acceptance[];
  /** In the order in which they were asked for. */
  replies: AskedReply[];
  /** When a sender had decided to reply, by the key of its record. */
  decidedAt: Map<string, number>;
  /** When the worker had noted a delivery in the table, and a sender what became of a reply, by the keys of the records. */
  notedAt: Map<string, number>;
  /** When the processes of a function were killed, from the order until the end of the last one. */
  kills: { service: string; from: number; to: number }[];
  /** How often each kind of mishap happened. */
  mishaps: Map<string, number>;
  count(mishap: string): void;
  /** Tokens of all kinds and secrets that were in use. */
  secrets: Set<string>;
}

/** Key of the worker's record of a delivery. */
export function recordKey({ brandKey, event }: Spoken, part: number): string {
  return tableKeys.delivery(brandKey, event?.webhookEventId ?? "", part);
}

/** Key of a sender's record of how an agent's message goes out. */
export function wayKey({ brandKey, id }: Spoken): string {
  return tableKeys.way(brandKey, id);
}

/** The bridge waits ten seconds for an answer. */
const IN_TIME_MS = 9_000;

/**
 * Why nobody at the bridge knows whether a reply with the message has arrived; "" where it was never replied with,
 * or LINE's answers to all its replies were clear and noted.
 */
export function causeOfUnclear(
  one: Spoken,
  { replies, decidedAt, notedAt, kills }: Ledger,
): string {
  const isUnclear = ({ status = 500, at, endedAt = at }: AskedReply) =>
    status >= 500 || status === 408 || endedAt - at > IN_TIME_MS;
  if (replies.some((reply) => reply.index === one.index && isUnclear(reply))) {
    return "the answer to a reply was lost";
  }
  const decided = decidedAt.get(wayKey(one)) ?? Number.POSITIVE_INFINITY;
  const noted = notedAt.get(wayKey(one)) ?? Number.POSITIVE_INFINITY;
  const wasKilled = kills.some(
    ({ service, from, to }) => service === "outbound-sender" && to >= decided && from < noted,
  );
  return wasKilled ? "the sender was killed before it had noted what became of a reply" : "";
}

export function createLedger(spoken: Spoken[]): Ledger {
  const mishaps = new Map<string, number>();
  return {
    spoken,
    byId: new Map(spoken.map((one) => [one.id, one])),
    begunAt: new Map(),
    askedAt: new Map(),
    writtenAt: new Map(),
    undelivered: new Map(),
    sequences: new Map(),
    receives: new Map(),
    exposed: new Set(),
    accepted: [],
    replies: [],
    decidedAt: new Map(),
    notedAt: new Map(),
    kills: [],
    mishaps,
    count: (mishap) => void mishaps.set(mishap, (mishaps.get(mishap) ?? 0) + 1),
    secrets: new Set(),
  };
}
