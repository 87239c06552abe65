import { ENV } from "../../shared/contract/environment-variables.ts";
import {
  platformVariables,
  readEnvironment,
  variables,
} from "../../shared/function/environment.ts";

/** What the outbound sender reads from its environment. */
export function readSenderEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.inboundQueueUrl]: variables[ENV.inboundQueueUrl],
      [ENV.outboundQueueUrl]: variables[ENV.outboundQueueUrl],
      [ENV.outboundDeadLetterQueueUrl]: variables[ENV.outboundDeadLetterQueueUrl],
      [ENV.tableName]: variables[ENV.tableName],
      [ENV.mediaBucket]: variables[ENV.mediaBucket],
      [ENV.mediaUrl]: variables[ENV.mediaUrl],
      [ENV.patienceHours]: variables[ENV.patienceHours],
      [ENV.timeZone]: variables[ENV.timeZone],
      [ENV.language]: variables[ENV.language],
      ...platformVariables,
    },
    environment,
  );
}
