import {
  ANSWER_BYTES,
  BYTES_A_LINE,
  COUNTS,
  type Direction,
  PLATFORM_BYTES,
  STARTS,
} from "./counts.ts";
import { functionsOf, type Resource } from "./market-template.ts";
import type { Prices } from "./prices.ts";

const MESSAGES = 1_000;

export interface MessageUnits {
  httpRequests: number;
  invocations: number;
  gigabyteSeconds: number;
  queueRequests: number;
  tableWrites: number;
  tableReads: number;
  logBytes: number;
  bytesOut: number;
}

/** What 1,000 messages of one text take; memory sizes from the template. */
export function messageUnits(resources: readonly Resource[], direction: Direction): MessageUnits {
  const templates = functionsOf(resources);
  const counts = COUNTS[direction];
  const functions = Object.entries(counts.functions).map(([service, runs]) => {
    const { megabytes = 0, isReported = false } = templates.get(service) ?? {};
    return { ...runs, gigabytes: megabytes / 1_024, isReported };
  });
  const sum = (of: (each: (typeof functions)[number]) => number) =>
    functions.reduce((total, each) => total + of(each), 0) * MESSAGES;
  const started = (STARTS.milliseconds * STARTS.ofThousand) / 1_000;
  return {
    httpRequests: counts.httpRequests * MESSAGES,
    invocations: sum(({ invocations }) => invocations),
    gigabyteSeconds: sum(
      ({ gigabytes, invocations, milliseconds }) =>
        (gigabytes * (milliseconds + invocations * started)) / 1_000,
    ),
    queueRequests: counts.queueRequests * MESSAGES,
    tableWrites: counts.tableWrites * MESSAGES,
    tableReads: counts.tableReads * MESSAGES,
    logBytes:
      counts.httpRequests * MESSAGES * (PLATFORM_BYTES.accessLog + BYTES_A_LINE) +
      sum(
        ({ loggedBytes, isReported, invocations }) =>
          loggedBytes + (isReported ? invocations * PLATFORM_BYTES.invocation : 0),
      ),
    bytesOut: (counts.httpRequests * ANSWER_BYTES + counts.sentBytes) * MESSAGES,
  };
}

/** USD for each kind of unit. */
export function messageCosts(units: MessageUnits, prices: Prices) {
  return {
    httpApi: (units.httpRequests / 1e6) * prices.httpApi.usd,
    invocations: (units.invocations / 1e6) * prices.invocations.usd,
    time: units.gigabyteSeconds * prices.gigabyteSecond.usd,
    queues: (units.queueRequests / 1e6) * prices.queueRequests.usd,
    table:
      (units.tableWrites / 1e6) * prices.tableWrites.usd +
      (units.tableReads / 1e6) * prices.tableReads.usd,
    logs: (units.logBytes / 1e9) * prices.logs.usd,
    dataOut: (units.bytesOut / 1e9) * prices.dataOut.usd,
  };
}
