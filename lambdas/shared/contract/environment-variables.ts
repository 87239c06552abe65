/** Environment variables of the functions; each function's `env.ts` says which it reads. */
export const ENV = {
  /** The market's key, for example `Thailand`. */
  market: "MARKET",
  /** The brands' keys, separated by commas. The settings of the brands are in `settings.json`, see settings-file.ts. */
  brands: "BRANDS",
  /** What the URL of each queue of a brand begins with; its name follows, see queue-names.ts. */
  queueUrlPrefix: "QUEUE_URL_PREFIX",
  inboundDeadLetterQueueUrl: "INBOUND_DEAD_LETTER_QUEUE_URL",
  outboundDeadLetterQueueUrl: "OUTBOUND_DEAD_LETTER_QUEUE_URL",
  tableName: "TABLE_NAME",
  /** Hours for which a message is retried before it is parked. */
  patienceHours: "PATIENCE_HOURS",
  /** Requests a minute that Genesys Cloud admits per OAuth client. */
  requestsPerMinute: "REQUESTS_PER_MINUTE",
  lineApiUrl: "LINE_API_URL",
  /** Where LINE keeps the images, videos, audio and files that customers send. */
  lineDataApiUrl: "LINE_DATA_API_URL",
  genesysApiUrl: "GENESYS_API_URL",
  genesysLoginUrl: "GENESYS_LOGIN_URL",
  /** Where Genesys Cloud keeps what agents attach. */
  genesysDownloadsUrl: "GENESYS_DOWNLOADS_URL",
  /** Bucket of the media that is hosted for both sides. */
  mediaBucket: "MEDIA_BUCKET",
  /** Where that bucket is served; an object's key follows after a slash. */
  mediaUrl: "MEDIA_URL",
  /** MB (10^6 bytes) up to which media goes to Genesys Cloud as an attachment, above that as a link. */
  attachmentMegabytes: "ATTACHMENT_MEGABYTES",
  /** Name of the function that converts agents' images. */
  imagesFunctionName: "IMAGES_FUNCTION_NAME",
  /** IANA time zone in which customers and agents read dates, for example `Asia/Bangkok`. */
  timeZone: "TIME_ZONE",
  /** One of LANGUAGES. */
  language: "LANGUAGE",
  /** The function's short name; Powertools reads it and puts it on every log line and metric. */
  service: "POWERTOOLS_SERVICE_NAME",
} as const;
