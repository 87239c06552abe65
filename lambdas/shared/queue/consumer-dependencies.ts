import type { SQSClient } from "@aws-sdk/client-sqs";
import { CONSUMER_SECONDS } from "../contract/consumer-seconds.ts";
import { clock } from "../function/clock.ts";
import type { CountDelivered, Measure } from "../function/counter.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import type { ConsumeDependencies } from "./consume-fifo.ts";
import type { FailureTable } from "./failure-table.ts";
import { createPark, createSetVisibility } from "./park.ts";

/** What both consumers need of AWS; they differ in their queues and in what an attempt does. */
export function consumerDependencies(options: {
  sqs: SQSClient;
  queueUrl: string;
  deadLetterQueueUrl: string;
  failures: FailureTable;
  patienceHours: number;
  telemetry: Telemetry;
}): Omit<ConsumeDependencies, "attempt"> & { countDelivered: CountDelivered; measure: Measure } {
  const { sqs, queueUrl, deadLetterQueueUrl, failures, patienceHours, telemetry } = options;
  return {
    park: createPark(sqs, deadLetterQueueUrl),
    countFailure: ({ messageId }) => failures.add(messageId),
    setVisibility: createSetVisibility(sqs, queueUrl),
    patienceMs: patienceHours * 3_600_000,
    attemptMs: CONSUMER_SECONDS.attempt * 1_000,
    count: telemetry.count,
    countDelivered: telemetry.countDelivered,
    measure: telemetry.measure,
    noteWait: telemetry.noteWait,
    log: telemetry.log,
    now: clock.now,
    random: Math.random,
  };
}
