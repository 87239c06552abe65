import { readEnvironment, variables } from "../shared/function/environment.ts";

const { MARKET, BRANDS, LINE_API_URL, GENESYS_LOGIN_URL } = variables;

/** What the hourly check reads from its environment. */
export function readHourlyCheckEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, BRANDS, LINE_API_URL, GENESYS_LOGIN_URL }, environment);
}
