import { readEnvironment, variables } from "../../shared/function/environment.ts";

const { MARKET, BRANDS, QUEUE_URL_PREFIX } = variables;

/** What the outbound webhook reads from its environment. */
export function readWebhookEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment({ MARKET, BRANDS, QUEUE_URL_PREFIX }, environment);
}
