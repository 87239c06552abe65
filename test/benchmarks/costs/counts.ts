import { ANSWERS } from "../../../lambdas/shared/contract/answers.ts";
import { GAUGES, METRICS } from "../../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";

const { inbound, worker, outboundWebhook, outboundSender, hourlyCheck } = SERVICES;

/** What one message of one text takes, with one event a webhook and one message a batch, which is the dearest case. */
export interface Counts {
  /** Functions that it passes, each of which is invoked once. */
  services: string[];
  httpRequests: number;
  queueRequests: number;
  tableWrites: number;
  /** Request units. */
  tableReads: number;
}

/**
 * What functions send to the platforms for one message, over a TLS connection of its own: measured by `npm run
 * bench:costs -- --measure`. What they send to AWS stays in the region and is not billed.
 */
export const SENT_BYTES: Record<string, number> = { [worker]: 2_689, [outboundSender]: 2_349 };

/** API Gateway's answer to a webhook, with its headers and TLS's record, but not the handshake. Counted by hand. */
export const ANSWER_BYTES = 190;

/** As test/lambdas/aws-calls.test.ts holds them. */
export const COUNTS: Record<"customers" | "agents", Counts> = {
  customers: {
    services: [inbound, worker],
    httpRequests: 1,
    // Send, receive, delete.
    queueRequests: 3,
    tableWrites: 4,
    tableReads: 0,
  },
  agents: {
    services: [outboundWebhook, outboundSender],
    httpRequests: 1,
    queueRequests: 3,
    tableWrites: 0,
    tableReads: 0.5,
  },
};

/** What one put-off takes in a backlog, when more comes in than Genesys Cloud admits. */
export const PUT_OFF = {
  /** Receive, change the visibility. */
  queueRequests: 2,
  /** A place in the line of those that wait for a turn. Who has had one and finds no turn writes nothing. */
  firstTableWrites: 1,
  /** The customer's record, consistently, at the next receive. */
  tableReads: 1,
  milliseconds: 50,
};

/** How long functions run for one message, in ms. Assumed: nothing has been deployed yet. */
export const MILLISECONDS: Record<string, number> = {
  [inbound]: 50,
  [worker]: 400,
  [outboundWebhook]: 50,
  [outboundSender]: 300,
  [hourlyCheck]: 2_000,
};

/** The start of an instance, which Lambda bills, and how many of 1,000 invocations begin with one. Assumed. */
export const STARTS = { milliseconds: 500, ofThousand: 10 };

/**
 * What the functions write to their logs for one message, metrics included, and how often a message is put off when 600
 * customers write within a minute: measured by `npm run bench:costs -- --measure`, which fails where this is off by a tenth.
 */
export const LOGGED_BYTES: Record<string, number> = {
  [inbound]: 484,
  [worker]: 721,
  [outboundWebhook]: 508,
  [outboundSender]: 733,
};
export const PUT_OFFS_OF_A_MESSAGE = 1.14;
/** How many of these messages are put off at all, of 1. */
export const SHARE_PUT_OFF = 0.89;
export const PUT_OFF_BYTES = 699;

/** What Lambda writes for each invocation: START, END and REPORT. What API Gateway writes for each webhook. */
export const PLATFORM_BYTES = { invocation: 330, accessLog: 107 };

/** CloudWatch bills so many bytes more for each line. */
export const BYTES_A_LINE = 26;

/** The metrics that have values in every hour in which people write and all is well. Of a brand by service. */
export const ORDINARY_METRICS = {
  market: [ANSWERS.genesys.all, ANSWERS.line.all],
  brand: [
    `${inbound} ${METRICS.accepted}`,
    `${worker} ${GAUGES.timeToGenesys}`,
    `${outboundWebhook} ${METRICS.accepted}`,
    `${outboundSender} ${GAUGES.timeToLine}`,
    `${outboundSender} ${METRICS.pushed}`,
    `${hourlyCheck} ${GAUGES.quotaUsedPercent}`,
  ],
  /** Also when nobody writes. */
  quietBrand: [`${hourlyCheck} ${GAUGES.quotaUsedPercent}`],
};

/**
 * Lambda keeps so many receives open for each queue, each for 20 s. Documented for standard queues, assumed for FIFO
 * queues.
 */
export const POLLING = { receives: 5, seconds: 20 };

/** Each function reads a secret again after this time while it is busy. */
export const SECRET_READ_MINUTES = 5;
