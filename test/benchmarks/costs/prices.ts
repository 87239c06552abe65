/** A list price of AWS in USD, without tax and without free tiers. */
interface Price {
  usd: number;
  /** AWS's page of it. */
  page: string;
  /** When somebody has read it there, or a copy of that page; undefined where that could not be done. */
  read?: string;
}

const page = (service: string) => `https://aws.amazon.com/${service}/pricing/`;

/** These are the same in Singapore and Tokyo. */
const EVERYWHERE = {
  /** A metric of an alarm, a month. */
  alarmMetric: { usd: 0.1, page: page("cloudwatch") },
  /** A metric of one's own, a month; billed by the hour in which it has a value. */
  metric: { usd: 0.3, page: page("cloudwatch") },
  /** A month. */
  dashboard: { usd: 3, page: page("cloudwatch") },
  /** A month. Its encryption by the key aws/secretsmanager costs nothing. */
  secret: { usd: 0.4, page: page("secrets-manager"), read: "2026-09-20" },
  secretReads: { usd: 5, page: page("secrets-manager"), read: "2026-09-20" },
  /** A million requests. */
  invocations: { usd: 0.2, page: page("lambda") },
  /** A GB-second of a function on arm64, its start (INIT) included since August 2025. */
  gigabyteSecond: { usd: 0.000_013_333_4, page: page("lambda") },
} satisfies Record<string, Price>;

export type Prices = typeof EVERYWHERE &
  Record<
    /** A million requests each. */
    | "httpApi"
    | "queueRequests"
    | "tableWrites"
    | "tableReads"
    /** A GB each. */
    | "logs"
    | "dataOut",
    Price
  >;

/** What changes from region to region: nobody has read it at AWS. Check it before you rely on it. */
export const PRICES: Record<"Singapore" | "Tokyo", Prices> = {
  Singapore: {
    ...EVERYWHERE,
    httpApi: { usd: 1.25, page: page("api-gateway") },
    queueRequests: { usd: 0.5, page: page("sqs") },
    tableWrites: { usd: 0.715, page: page("dynamodb") },
    tableReads: { usd: 0.1425, page: page("dynamodb") },
    logs: { usd: 0.7, page: page("cloudwatch") },
    dataOut: { usd: 0.12, page: page("ec2") },
  },
  Tokyo: {
    ...EVERYWHERE,
    httpApi: { usd: 1.29, page: page("api-gateway") },
    queueRequests: { usd: 0.5, page: page("sqs") },
    tableWrites: { usd: 0.715, page: page("dynamodb") },
    tableReads: { usd: 0.1425, page: page("dynamodb") },
    logs: { usd: 0.76, page: page("cloudwatch") },
    dataOut: { usd: 0.114, page: page("ec2") },
  },
};
