export const METRICS_NAMESPACE = "LineGenesysBridge";

/**
 * Dimensions of the metrics, in CloudWatch's spelling: service, market and brand. FAULTS have market and brand alone,
 * ANSWERS the market alone.
 */
export const DIMENSIONS = {
  service: "service",
  market: "market",
  brand: "brand",
} as const;

/** Metrics that are counts. Each is emitted by the services named here, with the dimensions above. */
export const METRICS = {
  /**
   * Events (inbound) or messages (outbound-webhook) made durable in the queue. Each signed request of which something
   * can be read counts, with 0 where it holds nothing to forward: any value proves the secret.
   */
  accepted: "Accepted",
  /**
   * Events (inbound) and messages (outbound-webhook) of signed requests that cannot be read or are too large; a
   * request of which nothing can be read is one.
   */
  refused: "Refused",
  /** Requests refused by either webhook because the signature is missing, malformed or wrong. */
  signatureFailure: "SignatureFailure",
  /** Requests of either webhook that could not be stored in the queue, and are to be sent again. */
  notStored: "NotStored",
  /** Pushes accepted by LINE, which bills each of them; a message can take several (outbound-sender). */
  pushed: "Pushed",
  /** Replies accepted by LINE, which bills none of them (outbound-sender). */
  replied: "Replied",
  /**
   * Replies of which nobody knows whether they have arrived, and that were then pushed: some of them arrive twice
   * (outbound-sender).
   */
  replyUnclearPushed: "ReplyUnclearPushed",
  /** Replies of which nobody knows whether they have arrived, and whose messages failed for the agent (outbound-sender). */
  replyUnclearFailed: "ReplyUnclearFailed",
  /** Messages not pushed because the customer has blocked the account (outbound-sender). */
  recipientBlocked: "RecipientBlocked",
  /** Pushes that LINE refused for what is in them, and that are made again with plain text (outbound-sender). */
  sentAsText: "SentAsText",
  /**
   * Messages parked because the account's monthly messages are used up, or LINE says so for 15 minutes
   * (outbound-sender).
   */
  quotaExceeded: "QuotaExceeded",
  /** Attempts that failed and will be made again (worker, outbound-sender). */
  retried: "Retried",
  /**
   * Messages that went back untried, because their turn comes later (worker, outbound-sender); not those that wait
   * for media to be prepared.
   */
  putOff: "PutOff",
  /** Messages that went back because a host that they need does not work: its breaker is open (worker, outbound-sender). */
  heldBack: "HeldBack",
  /** Messages parked in the dead-letter queue; tries that failed are `retried` (worker, outbound-sender). */
  failed: "Failed",
  /** A brand's secret cannot be used: placeholder, incomplete, unreadable (all services). */
  secretFault: "SecretFault",
  /** Genesys Cloud refuses our credentials, permissions or integration (worker, hourly-check). */
  genesysAccessRefused: "GenesysAccessRefused",
  /** LINE refuses our credentials or permissions (worker, outbound-sender, hourly-check). */
  lineAccessRefused: "LineAccessRefused",
} as const;

/**
 * Counts of what is wrong with a brand, whichever function finds it, so that an alarm on one needs one metric. The log
 * tells the function.
 */
export const FAULTS: readonly MetricName[] = [
  METRICS.refused,
  METRICS.secretFault,
  METRICS.genesysAccessRefused,
  METRICS.lineAccessRefused,
  METRICS.heldBack,
];

/**
 * Age in seconds of the oldest message that a consumer tried without success or put off (worker,
 * outbound-sender). SQS's own metric leaves out what was received three times.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const WAITED = "Waited";

/** Metrics that are values, not counts; with service, market and brand. */
export const GAUGES = {
  /** ms from the customer's act, by LINE's clock, until Genesys Cloud has accepted it; a value for each message (worker). */
  timeToGenesys: "TimeToGenesys",
  /**
   * ms from the agent's act, by Genesys Cloud's clock, until LINE has accepted the push; a value for each message
   * (outbound-sender).
   */
  timeToLine: "TimeToLine",
  /** The share of this month's messages that is used, in percent; 0 where the plan has no limit (hourly-check). */
  quotaUsedPercent: "QuotaUsedPercent",
} as const;

/** The name of a count per brand. */
export type MetricName = (typeof METRICS)[keyof typeof METRICS];

export type GaugeName = (typeof GAUGES)[keyof typeof GAUGES];
