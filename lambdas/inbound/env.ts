import { ENV } from "../shared/contract/environment-variables.ts";
import { readEnvironment, variables } from "../shared/function/environment.ts";

/** What the inbound function reads from its environment. */
export function readInboundEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.inboundQueueUrl]: variables[ENV.inboundQueueUrl],
    },
    environment,
  );
}
