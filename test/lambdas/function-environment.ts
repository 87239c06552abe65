import { TABLE } from "./local-table.ts";

/** The environment of every function of a market Thailand, where `origin` stands in for AWS and for both platforms. */
export function functionEnvironment(origin: string, brands: readonly string[]) {
  return {
    MARKET: "Thailand",
    BRANDS: brands.join(","),
    TABLE_NAME: TABLE,
    PATIENCE_HOURS: "12",
    QUEUE_URL_PREFIX: `${origin}/0/`,
    INBOUND_DEAD_LETTER_QUEUE_URL: `${origin}/0/inbound-dead-letters`,
    OUTBOUND_DEAD_LETTER_QUEUE_URL: `${origin}/0/outbound-dead-letters`,
    IMAGES_FUNCTION_NAME: "images",
    MEDIA_BUCKET: "media",
    MEDIA_URL: "https://media.example",
    ATTACHMENT_MEGABYTES: "25",
    REQUESTS_PER_MINUTE: "300",
    TIME_ZONE: "Asia/Bangkok",
    LANGUAGE: "th",
    LINE_API_URL: origin,
    LINE_DATA_API_URL: origin,
    GENESYS_API_URL: origin,
    GENESYS_LOGIN_URL: origin,
    GENESYS_DOWNLOADS_URL: origin,
    POWERTOOLS_SERVICE_NAME: "a-service",
    POWERTOOLS_METRICS_NAMESPACE: "LineGenesysBridge",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    AWS_ENDPOINT_URL: origin,
    AWS_REGION: "ap-southeast-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
}
