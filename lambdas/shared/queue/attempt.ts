import type { SQSRecord } from "aws-lambda";
import { CONSUMER_SECONDS } from "../contract/consumer-seconds.ts";
import { type PermanentFailure, Postponed } from "../failures/failures.ts";
import type { SentParts } from "./sent-parts.ts";

/** One try to deliver one record of a queue. */
export interface Attempt {
  record: SQSRecord;
  /** How often SQS has given the record out, this time included. */
  receives: number;
  /** How many records of the customer the invocation still has, this one included: where it goes back, all go. */
  inHand: number;
  /** When the function's time is up, in ms. */
  endsAt: number;
  /** How often trying the record has failed. Throws when DynamoDB cannot be reached. */
  failures(): Promise<number>;
}

/** What a function does with the records of its queue. */
export interface Work {
  /**
   * Delivers one record. What it throws decides: PermanentFailure parks, Postponed gives it back,
   * anything else is a failed try that is made again.
   */
  attempt(attempt: Attempt): Promise<void>;
  /**
   * When the content of a record was written, in ms of a clock that all records of a group share. Undefined:
   * the record does not say. Never throws. Without it records keep the queue's order.
   */
  timeOf?(record: SQSRecord): number | undefined;
  /**
   * Which parts of a record's message have been sent, for its dead letter. Runs first at every try to park the
   * record. Where it throws, the record stays in its queue.
   */
  sentParts?(record: SQSRecord): Promise<SentParts | undefined>;
  /** Runs before a record is parked, at every try to park it. Where it throws, the record stays in its queue. */
  beforeParking?(record: SQSRecord, failure: PermanentFailure): Promise<void>;
  /** Runs once a record is parked. Must not throw: the record would come back although it is parked. */
  parked?(record: SQSRecord, failure: PermanentFailure): void;
}

/** Another invocation may begin at once; not 0, which could turn into a hot loop. */
const HAND_BACK_SECONDS = 1;

/**
 * To be called before each further request of an attempt. Throws Postponed where less time is left than
 * one request can take. `now` in ms.
 */
export function ensureTime({ endsAt }: Pick<Attempt, "endsAt">, now: number): void {
  if (endsAt - now < CONSUMER_SECONDS.attempt * 1_000) {
    throw new Postponed("Too little time is left.", HAND_BACK_SECONDS);
  }
}
