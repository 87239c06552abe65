import { readEnvironment, variables } from "../../shared/environment.ts";
import { ENV } from "../../shared/names.ts";

/** What the outbound sender reads from its environment. */
export function readSenderEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.inboundQueueUrl]: variables[ENV.inboundQueueUrl],
      [ENV.outboundQueueUrl]: variables[ENV.outboundQueueUrl],
      [ENV.outboundDeadLetterQueueUrl]: variables[ENV.outboundDeadLetterQueueUrl],
      [ENV.patienceHours]: variables[ENV.patienceHours],
      [ENV.lineApiUrl]: variables[ENV.lineApiUrl],
    },
    environment,
  );
}
