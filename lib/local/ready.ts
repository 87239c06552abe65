import type { StackQueues } from "./template/stack-queues.ts";

/** The line that `npm start -- --json` prints when the bridge is ready. */
export interface Ready {
  ready: true;
  market: string;
  /** Origin of both webhooks. */
  gateway: string;
  /** Absent with --no-console. */
  console?: string;
  brands: Record<string, ReadyBrand>;
  aws: { sqs: string; s3: string; dynamodb: string; secretsManager: string };
  queues: StackQueues;
}

export interface ReadyBrand {
  brand: string;
  line: { webhook: string; channelSecret: string; botUserId: string };
  genesys: { webhook: string; webhookSecret: string; integrationId: string };
}
