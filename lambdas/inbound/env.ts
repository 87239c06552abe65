import { readEnvironment, variables } from "../shared/function/environment.ts";

const { MARKET, BRANDS, QUEUE_URL_PREFIX } = variables;

/** What the inbound function reads from its environment. */
export function readInboundEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, BRANDS, QUEUE_URL_PREFIX }, environment);
}
