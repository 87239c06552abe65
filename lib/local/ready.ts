import type { Direction } from "../../lambdas/shared/contract/queue-names.ts";
import type { BrandAccount } from "./platforms.ts";
import type { OAuthCredentials } from "./simulators/genesys/oauth-client.ts";
import type { StackEndpoints } from "./stack-run.ts";
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
  /** An OAuth client that may manage open integrations; only where Genesys Cloud is simulated. */
  provisioning?: OAuthCredentials;
  aws: StackEndpoints;
  queues: StackQueues;
}

export interface ReadyBrand {
  brand: string;
  line: { webhook: string; channelId: string; channelSecret: string; botUserId: string };
  /** With --empty-secrets there is no integration yet. */
  genesys: OAuthCredentials & {
    webhook: string;
    webhookSecret?: string;
    integrationId?: string;
  };
  /** The URLs of the brand's queues. */
  queues: Record<Direction, string>;
}

/** What the consoles of both platforms show of a brand, and where its webhooks and its queues are. */
export function readyBrand(
  account: BrandAccount,
  gateway: string,
  queues: ReadyBrand["queues"],
): ReadyBrand {
  const { brandKey, brand, channel, client, integration } = account;
  const { channelId, channelSecret, botUserId } = channel;
  const webhook = `${gateway}/line/${brandKey}`;
  return {
    brand,
    line: { webhook, channelId, channelSecret, botUserId },
    genesys: {
      webhook: `${gateway}/genesys/${brandKey}`,
      ...credentialsOf(client),
      ...(integration !== undefined && {
        webhookSecret: integration.webhookSecret,
        integrationId: integration.integrationId,
      }),
    },
    queues,
  };
}

export function credentialsOf({ clientId, clientSecret }: OAuthCredentials): OAuthCredentials {
  return { clientId, clientSecret };
}
