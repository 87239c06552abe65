import { platformVariables, readEnvironment, variables } from "../shared/function/environment.ts";

const { MARKET, QUEUE_URL_PREFIX, INBOUND_DEAD_LETTER_QUEUE_URL, TABLE_NAME } = variables;
const { MEDIA_BUCKET, MEDIA_URL, ATTACHMENT_MEGABYTES } = variables;
const { PATIENCE_HOURS, REQUESTS_PER_MINUTE, TIME_ZONE } = variables;

/** What the worker reads from its environment; the brands' settings are in settings.json. */
export function readWorkerEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      ...platformVariables,
      MARKET,
      QUEUE_URL_PREFIX,
      INBOUND_DEAD_LETTER_QUEUE_URL,
      TABLE_NAME,
      MEDIA_BUCKET,
      MEDIA_URL,
      ATTACHMENT_MEGABYTES,
      PATIENCE_HOURS,
      REQUESTS_PER_MINUTE,
      TIME_ZONE,
    },
    environment,
  );
}
