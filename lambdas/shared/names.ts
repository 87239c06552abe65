/**
 * Names that the infrastructure and the functions must agree on. `lib/` may import this file and
 * nothing else from `lambdas/`.
 */

/** Environment variables of the functions; each function's `env.ts` says which it reads. */
export const ENV = {
  /** The market's key, for example `Thailand`. */
  market: "MARKET",
  /** JSON object: brand key → the brand's settings as the functions need them. */
  brands: "BRANDS",
  inboundQueueUrl: "INBOUND_QUEUE_URL",
  inboundDeadLetterQueueUrl: "INBOUND_DEAD_LETTER_QUEUE_URL",
  outboundQueueUrl: "OUTBOUND_QUEUE_URL",
  outboundDeadLetterQueueUrl: "OUTBOUND_DEAD_LETTER_QUEUE_URL",
  tableName: "TABLE_NAME",
  /** Hours for which a message is retried before it is parked. */
  patienceHours: "PATIENCE_HOURS",
  /** Requests a minute that Genesys Cloud admits per OAuth client. */
  requestsPerMinute: "REQUESTS_PER_MINUTE",
  lineApiUrl: "LINE_API_URL",
  /** Where LINE keeps the pictures, films, sounds and files that customers send. */
  lineDataApiUrl: "LINE_DATA_API_URL",
  genesysApiUrl: "GENESYS_API_URL",
  genesysLoginUrl: "GENESYS_LOGIN_URL",
  /** Where Genesys Cloud keeps what agents attach. */
  genesysDownloadsUrl: "GENESYS_DOWNLOADS_URL",
  /** Bucket of what is hosted for both sides. */
  mediaBucket: "MEDIA_BUCKET",
  /** Where that bucket is served; an object's key follows behind a slash. */
  mediaUrl: "MEDIA_URL",
  /** MB (10^6 bytes) up to which media goes to Genesys Cloud as an attachment, above as a link. */
  attachmentMegabytes: "ATTACHMENT_MEGABYTES",
  /** IANA time zone in which customers read dates, for example `Asia/Bangkok`. */
  timeZone: "TIME_ZONE",
  /** One of LANGUAGES. */
  language: "LANGUAGE",
  /** The function's short name; Powertools reads it and puts it on every log line and metric. */
  service: "POWERTOOLS_SERVICE_NAME",
} as const;

/** Short names of the functions: log field `service`, metric dimension, local process name. */
export const SERVICES = {
  inbound: "inbound",
  worker: "worker",
  outboundWebhook: "outbound-webhook",
  outboundSender: "outbound-sender",
  quota: "quota",
} as const;

export const METRICS_NAMESPACE = "LineGenesysBridge";

/**
 * Dimensions of the metrics, in CloudWatch's spelling: service, market and brand; of ANSWERS and WAITED
 * service and market alone; of METRICS.delivered also service, market and kind.
 */
export const DIMENSIONS = {
  service: "service",
  market: "market",
  brand: "brand",
  kind: "kind",
} as const;

/** Metrics that are counts. Each is emitted by the services named here, with the dimensions above. */
export const METRICS = {
  /** Events (inbound) or messages (outbound-webhook) made durable in the queue. */
  accepted: "Accepted",
  /** Requests refused by either webhook for their body or size. */
  refused: "Refused",
  /** Requests refused by either webhook because the signature is missing, malformed or wrong. */
  signatureFailure: "SignatureFailure",
  /** Requests of either webhook that could not be stored in the queue, and are to be sent again. */
  notStored: "NotStored",
  /** Events or messages that are acknowledged and deliberately not forwarded. */
  ignored: "Ignored",
  /** Messages and receipts accepted by Genesys Cloud (worker), messages accepted by LINE (outbound-sender). */
  delivered: "Delivered",
  /** Pushes accepted by LINE, which bills each of them; a message can take several (outbound-sender). */
  pushed: "Pushed",
  /** Messages not pushed because the customer has blocked the account (outbound-sender). */
  recipientBlocked: "RecipientBlocked",
  /** Messages parked because the account's monthly messages are used up (outbound-sender). */
  quotaExceeded: "QuotaExceeded",
  /** Attempts that failed and will be tried again (worker, outbound-sender). */
  retried: "Retried",
  /** Messages that went back untried, because their turn comes later (worker, outbound-sender). */
  putOff: "PutOff",
  /** Messages parked in the dead-letter queue (worker, outbound-sender). */
  failed: "Failed",
  /** A brand's secret cannot be used: placeholder, incomplete, unreadable (all services). */
  secretFault: "SecretFault",
  /** Genesys Cloud refuses our credentials, permissions or integration (worker, quota). */
  genesysAccessRefused: "GenesysAccessRefused",
  /** LINE refuses our credentials or permissions (worker, outbound-sender, quota). */
  lineAccessRefused: "LineAccessRefused",
} as const;

/**
 * Age in seconds of the oldest message that a consumer tried in vain or put off (worker, outbound-sender);
 * with service and market alone. SQS's own metric leaves out what was received three times.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const WAITED = "Waited";

/** A side of the bridge. */
export type Platform = "genesys" | "line";

/**
 * Counts of our requests to a platform, tokens included, by the class of its answer: Genesys Cloud's
 * from worker and quota, LINE's from worker, outbound-sender and quota. 429 is none of the 4xx. LINE's 409
 * to a retry key, which says that it has the push already, is a 2xx.
 */
export const ANSWERS = {
  genesys: {
    "2xx": "GenesysAnswered2xx",
    "4xx": "GenesysAnswered4xx",
    /** 429. */
    throttled: "GenesysAnswered429",
    "5xx": "GenesysAnswered5xx",
    /** Time limit, broken connection, redirect, or a body that LINE's SDK cannot read. */
    none: "GenesysUnanswered",
  },
  line: {
    "2xx": "LineAnswered2xx",
    "4xx": "LineAnswered4xx",
    throttled: "LineAnswered429",
    "5xx": "LineAnswered5xx",
    none: "LineUnanswered",
  },
} as const;

export type AnswerClass = keyof (typeof ANSWERS)[Platform];

/** The name of a count per brand. */
export type MetricName = (typeof METRICS)[keyof typeof METRICS];

/** The name of a count of answers. */
export type AnswerMetric = (typeof ANSWERS)[Platform][AnswerClass];

/** What the worker delivers: LINE's types of messages, and what else there is. */
export const INBOUND_KINDS = [
  "text",
  "sticker",
  "image",
  "video",
  "audio",
  "file",
  "location",
  "postback",
  "event",
  "receipt",
  "other",
] as const;

/** What the outbound sender delivers: Genesys Cloud's types of content. */
export const OUTBOUND_KINDS = [
  "text",
  "attachment",
  "quick-reply",
  "card",
  "carousel",
  "list-picker",
  "date-picker",
  "notification",
  "location",
  "other",
] as const;

export type InboundKind = (typeof INBOUND_KINDS)[number];
export type OutboundKind = (typeof OUTBOUND_KINDS)[number];

/** Metrics that are values, not counts; with the same dimensions. */
export const GAUGES = {
  /** ms from the customer's act, by LINE's clock, until Genesys Cloud has accepted it (worker). */
  timeToGenesys: "TimeToGenesys",
  /** ms from the agent's act, by Genesys Cloud's clock, until LINE has accepted the push (outbound-sender). */
  timeToLine: "TimeToLine",
  /** Messages of this month that LINE has counted (quota). */
  quotaUsed: "QuotaUsed",
  /** Messages a month that the account's plan holds; missing where it has no limit (quota). */
  quotaLimit: "QuotaLimit",
  /** The share of the limit that is used, in percent (quota). */
  quotaUsedPercent: "QuotaUsedPercent",
} as const;

export type GaugeName = (typeof GAUGES)[keyof typeof GAUGES];

/**
 * Message attribute of what an operator has put back into the outbound queue: a time (ms) before the
 * first try. LINE knows a retry key for 24 hours from then.
 */
export const TRIED_SINCE = "TriedSince";

/** Of a push: LINE refuses to accept it again for 24 hours; an hour less, for the clocks. */
export const RETRY_KEY_TRUSTED_MS = 23 * 3_600_000;

/** Every field of a new secret holds this until set-up stores the real value. */
export const SECRET_PLACEHOLDER = "REPLACE_ME";

/** Name of the secret that holds a brand's LINE channel: `{channelId, channelSecret, channelAccessToken?}`. */
export function lineSecretName(market: string, brandKey: string): string {
  return `${market}/${brandKey}/line`;
}

/** Name of the secret that holds a brand's Genesys side: `{clientId, clientSecret, integrationId, webhookSecret}`. */
export function genesysSecretName(market: string, brandKey: string): string {
  return `${market}/${brandKey}/genesys`;
}

/**
 * Name of the secret from which the keys of hosted media are derived: `{keySecret}`, generated by
 * the first deployment. Nobody needs to know it. After a change, what was stored before can still be
 * fetched, but not be found to be deleted.
 */
export function mediaSecretName(market: string): string {
  return `${market}/media`;
}

/** Languages of the words that the bridge itself says to customers. */
export const LANGUAGES = ["en", "ja", "th", "zh-TW"] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * Kinds of events that are told to agents as a short note where the brand's `notes` names them, and
 * are only counted otherwise.
 */
export const NOTES = [
  "unsend",
  "follow",
  "unblock",
  "unfollow",
  "join",
  "leave",
  "memberJoined",
  "memberLeft",
  "beacon",
  "accountLink",
  "membership",
  "videoPlayComplete",
] as const;

export type NoteKind = (typeof NOTES)[number];

/**
 * A brand's settings where its configuration is silent. The functions get only what differs:
 * Lambda has little room for environment variables.
 */
export const BRAND_DEFAULTS = {
  endpoint: "message",
  receipts: "failed",
  stickers: "text",
  groups: "ignore",
  // A note about someone who has not written begins a conversation that an agent must take, so
  // adding and blocking the account are only counted.
  notes: ["unsend", "join", "leave", "memberJoined", "memberLeft", "accountLink", "membership"],
  markAsRead: false,
  mapsLinks: "text",
} as const satisfies { notes: readonly NoteKind[]; [setting: string]: unknown };

/**
 * Seconds of a queue's consumer. One request to a platform can take `attempt` with everything that
 * it may need: secrets, a token, the record of the delivery, and all of it again with a new token.
 * The function's time limit leaves room to begin several short ones.
 */
export const CONSUMER_SECONDS = { attempt: 45, timeout: 60 } as const;
