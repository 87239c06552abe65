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
  lineApiUrl: "LINE_API_URL",
  genesysApiUrl: "GENESYS_API_URL",
  genesysLoginUrl: "GENESYS_LOGIN_URL",
  /** The function's short name; Powertools reads it and puts it on every log line and metric. */
  service: "POWERTOOLS_SERVICE_NAME",
} as const;

/** Short names of the functions: log field `service`, metric dimension, local process name. */
export const SERVICES = {
  inbound: "inbound",
  worker: "worker",
  outboundWebhook: "outbound-webhook",
  outboundSender: "outbound-sender",
} as const;

export const METRICS_NAMESPACE = "LineGenesysBridge";

/** Dimensions of every metric, in CloudWatch's spelling. */
export const DIMENSIONS = { service: "service", market: "market", brand: "brand" } as const;

/** Metrics, all counts. Each is emitted by the services named here, with the dimensions above. */
export const METRICS = {
  /** Events (inbound) or messages (outbound-webhook) made durable in the queue. */
  accepted: "Accepted",
  /** Requests refused by either webhook for their body or size. */
  refused: "Refused",
  /** Requests refused by either webhook because the signature is missing, malformed or wrong. */
  signatureFailure: "SignatureFailure",
  /** Events or messages that are acknowledged and deliberately not forwarded. */
  ignored: "Ignored",
  /** Messages accepted by Genesys Cloud (worker) or by LINE (outbound-sender). */
  delivered: "Delivered",
  /** Attempts that failed and will be tried again (worker, outbound-sender). */
  retried: "Retried",
  /** Messages parked in the dead-letter queue (worker, outbound-sender). */
  failed: "Failed",
  /** A brand's secret cannot be used: placeholder, incomplete, unreadable (all services). */
  secretFault: "SecretFault",
  /** The other side refuses our credentials or permissions (worker, outbound-sender). */
  configurationFailure: "ConfigurationFailure",
} as const;

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
 * Seconds of a queue's consumer. One request to a platform can take `attempt` with everything that
 * it may need: secrets, a token, the record of the delivery, and all of it again with a new token.
 * The function's time limit leaves room to begin several short ones.
 */
export const CONSUMER_SECONDS = { attempt: 45, timeout: 60 } as const;
