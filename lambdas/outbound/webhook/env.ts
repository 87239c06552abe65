import { ENV } from "../../shared/contract/environment-variables.ts";
import { readEnvironment, variables } from "../../shared/function/environment.ts";

/** What the outbound webhook reads from its environment. */
export function readWebhookEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.outboundQueueUrl]: variables[ENV.outboundQueueUrl],
    },
    environment,
  );
}
