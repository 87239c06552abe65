/** The three parties of a local run. */
type Party = "LINE" | "bridge" | "Genesys";

/** A request that a simulator answered or sent, for people who watch the local run. */
export interface Traffic {
  /** Start of the request, milliseconds since 1970. */
  at: number;
  from: Party;
  to: Party;
  /** Absent when the caller could not be identified. */
  brandKey?: string;
  /** Short kind, for example `text`, `push`, `receipt` or `token`. */
  what: string;
  /** What a person would see on the screen, if there is anything to see. */
  text?: string;
  /** HTTP status of the answer; 0 when there was none (timeout, connection refused). */
  status: number;
  milliseconds: number;
}

export type OnTraffic = (traffic: Traffic) => void;
