import { ANSWERS } from "../../../lambdas/shared/contract/answers.ts";
import { GAUGES, METRICS } from "../../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";

/** Whose messages. `backlog`: customers' messages while more come in than Genesys Cloud admits. */
export type Direction = "customers" | "agents" | "backlog";

const { inbound, worker, outboundWebhook, outboundSender, hourlyCheck } = SERVICES;

/** What a function takes for one message of one text. */
interface Runs {
  invocations: number;
  /** All invocations together. */
  milliseconds: number;
  /** Metrics included, but not what Lambda writes. */
  loggedBytes: number;
}

/** What one message of one text takes. */
export interface Counts {
  httpRequests: number;
  /** Those of Lambda included: it receives and deletes. */
  queueRequests: number;
  tableWrites: number;
  /** Request units. */
  tableReads: number;
  /** To the platforms, over a TLS connection of its own. What is sent to AWS stays in the region and is not billed. */
  sentBytes: number;
  /** By service. */
  functions: Record<string, Runs>;
}

/** How long an answer takes, in ms. Assumed: nothing has been deployed yet. */
export const ANSWER_MILLISECONDS = {
  sqs: 10,
  dynamodb: 5,
  secretsManager: 20,
  line: 100,
  genesys: 150,
};

const inboundRuns: Runs = { invocations: 1, milliseconds: 20, loggedBytes: 484 };
const toGenesys = { httpRequests: 1, sentBytes: 2_611 };

/**
 * With one event a webhook and one message a batch, which is the dearest case; in a `backlog` as 600 customers write
 * within a minute, twice of what Genesys Cloud admits. `npm run bench:costs -- --measure` measures all that
 * test/lambdas/aws-calls.test.ts does not hold, and fails where it has changed.
 */
export const COUNTS: Record<Direction, Counts> = {
  customers: {
    ...toGenesys,
    // Send, receive, delete.
    queueRequests: 3,
    tableWrites: 4,
    tableReads: 0,
    functions: {
      [inbound]: inboundRuns,
      [worker]: { invocations: 1, milliseconds: 225, loggedBytes: 721 },
    },
  },
  agents: {
    httpRequests: 1,
    queueRequests: 3,
    tableWrites: 0,
    tableReads: 0.5,
    sentBytes: 2_574,
    functions: {
      [outboundWebhook]: { invocations: 1, milliseconds: 20, loggedBytes: 508 },
      [outboundSender]: { invocations: 1, milliseconds: 130, loggedBytes: 733 },
    },
  },
  backlog: {
    ...toGenesys,
    queueRequests: 3,
    tableWrites: 4.3,
    tableReads: 2.2,
    functions: {
      [inbound]: inboundRuns,
      [worker]: { invocations: 0.58, milliseconds: 425, loggedBytes: 824 },
    },
  },
};

/** Assumed. */
export const HOURLY_CHECK_MILLISECONDS = 2_000;

/** API Gateway's answer to a webhook, with its headers and TLS's record, but not the handshake. Counted by hand. */
export const ANSWER_BYTES = 190;

/** The start of an instance, which Lambda bills, and how many of 1,000 invocations begin with one. Assumed. */
export const STARTS = { milliseconds: 500, ofThousand: 10 };

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
