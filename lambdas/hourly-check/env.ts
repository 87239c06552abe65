import { ENV } from "../shared/contract/environment-variables.ts";
import { platformVariables, readEnvironment, variables } from "../shared/function/environment.ts";

/** What the quota function reads from its environment. */
export function readQuotaEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      [ENV.market]: variables[ENV.market],
      [ENV.brands]: variables[ENV.brands],
      [ENV.lineApiUrl]: platformVariables[ENV.lineApiUrl],
      [ENV.genesysLoginUrl]: platformVariables[ENV.genesysLoginUrl],
    },
    environment,
  );
}
