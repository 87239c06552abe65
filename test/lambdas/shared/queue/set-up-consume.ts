import type { SQSRecord } from "aws-lambda";
import type { PermanentFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { createConsume } from "../../../../lambdas/shared/queue/consume-fifo.ts";
import type { FailureTable } from "../../../../lambdas/shared/queue/failure-table.ts";
import type { SentParts } from "../../../../lambdas/shared/queue/sent-parts.ts";
import { sqsRecord } from "../../sqs-record.ts";

export const HOUR = 3_600_000;
/** When SQS gave the records out for the first time, in ms. */
export const FIRST_RECEIVED = 1_000_000;

interface Options {
  /** In ms, when the first attempt begins. */
  startsAt?: number;
  /** How long each attempt takes; 0 if left out. */
  attemptTakesMs?: number;
  park?: () => Promise<void>;
  setVisibility?: () => Promise<void>;
  /** Counts a failure. */
  add?: FailureTable["add"];
  beforeParking?: (record: SQSRecord, failure: PermanentFailure) => Promise<void>;
  sentParts?: (record: SQSRecord) => Promise<SentParts | undefined>;
}

/** A consumer whose attempts end with these failures, by message id, and all that it does. */
export function setUpConsume(failures: Record<string, Error>, options: Options = {}) {
  const attempted: string[] = [];
  const parked: string[] = [];
  /** What of them was sent. */
  const parkedWith: [string, SentParts][] = [];
  const visibility: string[] = [];
  const counts: string[] = [];
  const waits: string[] = [];
  /** What `parked` was told. */
  const told: string[] = [];
  const logged: unknown[] = [];
  const log = (...entry: unknown[]) => logged.push(entry);
  const { startsAt = FIRST_RECEIVED + HOUR, attemptTakesMs = 0 } = options;
  const unexpected = () => {
    throw new Error("not expected of a consumer");
  };
  const consume = createConsume({
    queue: {
      park: async (record, failure, sent) => {
        await options.park?.();
        parked.push(`${record.messageId} ${failure.reason}`);
        if (sent !== undefined) parkedWith.push([record.messageId, sent]);
      },
      setVisibility: async (records, seconds) => {
        await options.setVisibility?.();
        visibility.push(...records.map(({ messageId }) => `${messageId} ${seconds}`));
      },
    },
    failures: { of: async () => 0, add: options.add ?? (async () => ({ failures: 1 })) },
    patienceMs: 12 * HOUR,
    counter: {
      forBrand: (brand) => ({
        count: (metric) => counts.push(`${metric} ${brand}`),
        measure: unexpected,
      }),
      noteWait: (brand, seconds) => waits.push(`${brand} ${seconds}`),
    },
    log: { info: log, warn: log, error: log },
    chance: { now: () => startsAt + attempted.length * attemptTakesMs, random: () => 0 },
  });
  const run = async (records: SQSRecord[], remainingMs = 45_000) => {
    const { batchItemFailures } = await consume(records, remainingMs, {
      async attempt({ record: { messageId } }) {
        attempted.push(messageId);
        await new Promise((resolve) => setImmediate(resolve));
        const failure = failures[messageId];
        if (failure !== undefined) throw failure;
      },
      ...(options.sentParts && { sentParts: options.sentParts }),
      ...(options.beforeParking && { beforeParking: options.beforeParking }),
      parked: (record, failure) => void told.push(`${record.messageId} ${failure.reason}`),
    });
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { run, attempted, parked, parkedWith, told, visibility, counts, waits, logged };
}

/** Three messages of customer A and two of customer B. */
export const batch = () => [
  sqsRecord("a1", "retail-thai#A"),
  sqsRecord("b1", "retail-thai#B"),
  sqsRecord("a2", "retail-thai#A"),
  sqsRecord("b2", "retail-thai#B"),
  sqsRecord("a3", "retail-thai#A"),
];
