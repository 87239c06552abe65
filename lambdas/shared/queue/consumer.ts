import { SQSClient } from "@aws-sdk/client-sqs";
import { AWS_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import type { Table } from "../tables/table.ts";
import { type Consume, createConsume } from "./consume-fifo.ts";
import { createFailureTable } from "./failure-table.ts";
import { createPark } from "./park.ts";
import { createSetVisibility } from "./set-visibility.ts";

/**
 * The consumer of the brands' queues of one direction. Worker and sender differ in their queues and in what an
 * attempt does.
 */
export function createConsumer(options: {
  /** What the URL of each queue begins with. */
  queueUrlPrefix: string;
  deadLetterQueueUrl: string;
  patienceHours: number;
  table: Table;
  telemetry: Telemetry;
}): Consume {
  const { queueUrlPrefix, deadLetterQueueUrl, patienceHours, table, telemetry } = options;
  const sqs = new SQSClient(AWS_CLIENT);
  return createConsume({
    queue: {
      park: createPark(sqs, deadLetterQueueUrl),
      async setVisibility(records, seconds) {
        // A batch comes from one queue, whose name ends its ARN.
        const name = records[0]?.eventSourceARN.split(":").at(-1) ?? "";
        await createSetVisibility(sqs, queueUrlPrefix + name)(records, seconds);
      },
    },
    failures: createFailureTable(table),
    patienceMs: patienceHours * 3_600_000,
    counter: telemetry,
    log: telemetry.log,
    chance: { now: clock.now, random: Math.random },
  });
}
