import {
  platformVariables,
  readEnvironment,
  variables,
} from "../../shared/function/environment.ts";

const { MARKET, QUEUE_URL_PREFIX, OUTBOUND_DEAD_LETTER_QUEUE_URL } = variables;
const { TABLE_NAME, MEDIA_BUCKET, MEDIA_URL, IMAGES_FUNCTION_NAME } = variables;
const { PATIENCE_HOURS, TIME_ZONE, LANGUAGE } = variables;

/** What the outbound sender reads from its environment; the brands' settings are in settings.json. */
export function readSenderEnvironment(environment: Record<string, string | undefined>) {
  return readEnvironment(
    {
      ...platformVariables,
      MARKET,
      QUEUE_URL_PREFIX,
      OUTBOUND_DEAD_LETTER_QUEUE_URL,
      TABLE_NAME,
      MEDIA_BUCKET,
      MEDIA_URL,
      IMAGES_FUNCTION_NAME,
      PATIENCE_HOURS,
      TIME_ZONE,
      LANGUAGE,
    },
    environment,
  );
}
