import { readEnvironment, variables } from "../shared/function/environment.ts";

const { MARKET, BRANDS, LINE_API_URL, GENESYS_LOGIN_URL } = variables;
const { INBOUND_DEAD_LETTER_QUEUE_URL, OUTBOUND_DEAD_LETTER_QUEUE_URL } = variables;

/** What the hourly check reads from its environment. */
export function readHourlyCheckEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      MARKET,
      BRANDS,
      LINE_API_URL,
      GENESYS_LOGIN_URL,
      INBOUND_DEAD_LETTER_QUEUE_URL,
      OUTBOUND_DEAD_LETTER_QUEUE_URL,
    },
    environment,
  );
}
