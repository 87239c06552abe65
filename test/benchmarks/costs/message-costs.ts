import {
  ANSWER_BYTES,
  BYTES_A_LINE,
  COUNTS,
  LOGGED_BYTES,
  MILLISECONDS,
  PLATFORM_BYTES,
  PUT_OFF,
  PUT_OFF_BYTES,
  PUT_OFFS_OF_A_MESSAGE,
  SENT_BYTES,
  SHARE_PUT_OFF,
  STARTS,
} from "./counts.ts";
import { functionsOf, type Resource } from "./market-template.ts";
import type { Prices } from "./prices.ts";

const MESSAGES = 1_000;

/** Whose messages. `backlog`: customers' messages while more come in than Genesys Cloud admits. */
export type Direction = "customers" | "agents" | "backlog";

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

/** What 1,000 messages of one text take, each in a webhook and a batch of its own; memory sizes from the template. */
export function messageUnits(resources: readonly Resource[], direction: Direction): MessageUnits {
  const functions = functionsOf(resources);
  const counts = COUNTS[direction === "agents" ? "agents" : "customers"];
  const putOffs = direction === "backlog" ? PUT_OFFS_OF_A_MESSAGE * MESSAGES : 0;
  const sharePutOff = direction === "backlog" ? SHARE_PUT_OFF : 0;
  const consumer = counts.services.at(-1) ?? "";
  const runs = [
    ...counts.services.map((service) => ({
      service,
      times: MESSAGES,
      milliseconds: MILLISECONDS[service] ?? 0,
      bytes: LOGGED_BYTES[service] ?? 0,
    })),
    {
      service: consumer,
      times: putOffs,
      milliseconds: PUT_OFF.milliseconds,
      bytes: PUT_OFF_BYTES,
    },
  ];
  const gigabytes = (service: string) => (functions.get(service)?.megabytes ?? 0) / 1_024;
  const sum = (of: (run: (typeof runs)[number]) => number) =>
    runs.reduce((total, run) => total + of(run), 0);
  const started = (STARTS.milliseconds * STARTS.ofThousand) / 1_000;
  return {
    httpRequests: counts.httpRequests * MESSAGES,
    invocations: sum(({ times }) => times),
    gigabyteSeconds: sum(
      ({ service, times, milliseconds }) =>
        (gigabytes(service) * times * (milliseconds + started)) / 1_000,
    ),
    queueRequests: counts.queueRequests * MESSAGES + putOffs * PUT_OFF.queueRequests,
    tableWrites: (counts.tableWrites + sharePutOff * PUT_OFF.firstTableWrites) * MESSAGES,
    tableReads: counts.tableReads * MESSAGES + putOffs * PUT_OFF.tableReads,
    logBytes:
      counts.httpRequests * MESSAGES * (PLATFORM_BYTES.accessLog + BYTES_A_LINE) +
      sum(({ service, times, bytes }) => {
        const reported = functions.get(service)?.isReported ? PLATFORM_BYTES.invocation : 0;
        return times * (bytes + reported);
      }),
    bytesOut: (counts.httpRequests * ANSWER_BYTES + (SENT_BYTES[consumer] ?? 0)) * MESSAGES,
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
