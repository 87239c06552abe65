import { readEnvironment, variables } from "../shared/function/environment.ts";

const { MARKET, BRANDS, INBOUND_QUEUE_URL } = variables;

/** What the inbound function reads from its environment. */
export function readInboundEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, BRANDS, INBOUND_QUEUE_URL }, environment);
}
