import { readEnvironment, variables } from "../shared/environment.ts";
import { ENV } from "../shared/names.ts";

/** What the worker reads from its environment. */
export function readWorkerEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.inboundQueueUrl]: variables[ENV.inboundQueueUrl],
      [ENV.inboundDeadLetterQueueUrl]: variables[ENV.inboundDeadLetterQueueUrl],
      [ENV.tableName]: variables[ENV.tableName],
      [ENV.patienceHours]: variables[ENV.patienceHours],
      [ENV.lineApiUrl]: variables[ENV.lineApiUrl],
      [ENV.genesysApiUrl]: variables[ENV.genesysApiUrl],
      [ENV.genesysLoginUrl]: variables[ENV.genesysLoginUrl],
    },
    environment,
  );
}
