import { readEnvironment, variables } from "../../shared/function/environment.ts";

const { MARKET, BRANDS, OUTBOUND_QUEUE_URL } = variables;

/** What the outbound webhook reads from its environment. */
export function readWebhookEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, BRANDS, OUTBOUND_QUEUE_URL }, environment);
}
