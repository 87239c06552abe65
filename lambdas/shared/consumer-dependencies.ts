import type { SQSClient } from "@aws-sdk/client-sqs";
import { clock } from "./aws/clients.ts";
import type { FailureTable } from "./aws/failure-table.ts";
import { createPark, createSetVisibility } from "./aws/fifo-consumer.ts";
import type { ConsumeDependencies } from "./consume-fifo.ts";
import type { Telemetry } from "./lambda-function.ts";
import type { CountDelivered, Measure } from "./metrics.ts";
import { CONSUMER_SECONDS } from "./names.ts";

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
