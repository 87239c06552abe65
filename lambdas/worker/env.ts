import { ENV } from "../shared/contract/environment-variables.ts";
import { platformVariables, readEnvironment, variables } from "../shared/function/environment.ts";

/** What the worker reads from its environment. */
export function readWorkerEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.inboundQueueUrl]: variables[ENV.inboundQueueUrl],
      [ENV.inboundDeadLetterQueueUrl]: variables[ENV.inboundDeadLetterQueueUrl],
      [ENV.tableName]: variables[ENV.tableName],
      [ENV.mediaBucket]: variables[ENV.mediaBucket],
      [ENV.mediaUrl]: variables[ENV.mediaUrl],
      [ENV.attachmentMegabytes]: variables[ENV.attachmentMegabytes],
      [ENV.patienceHours]: variables[ENV.patienceHours],
      [ENV.requestsPerMinute]: variables[ENV.requestsPerMinute],
      ...platformVariables,
    },
    environment,
  );
}
