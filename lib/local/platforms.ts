import type { Market } from "../market-schema.ts";
import { newLineChannel, newOAuthClient, newOpenIntegration } from "./credentials.ts";
import type { LocalOptions } from "./options.ts";
import { type GenesysCloud, startGenesysCloud } from "./simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import {
  INTEGRATION_PERMISSIONS,
  type OAuthClient,
  RECEIVE_PERMISSION,
} from "./simulators/genesys/oauth-client.ts";
import type { LineChannel } from "./simulators/line/channel.ts";
import { type LinePlatform, startLinePlatform } from "./simulators/line/line-platform.ts";
import type { OnTraffic } from "./simulators/traffic.ts";

/** How the platforms behave where a test wants it otherwise. */
export interface PlatformSettings {
  line?: Omit<Parameters<typeof startLinePlatform>[0], "channels" | "onTraffic" | "port">;
  genesys?: Omit<
    Parameters<typeof startGenesysCloud>[0],
    "integrations" | "clients" | "onTraffic" | "port"
  >;
}

/** What the two platforms have of a brand. */
export interface BrandAccount {
  brandKey: string;
  /** The value that Architect routes on. */
  brand: string;
  channel: LineChannel;
  /** OAuth client of the bridge; the integration itself where there is one. */
  client: OAuthClient;
  /** Undefined where somebody has yet to create it. */
  integration: OpenIntegration | undefined;
}

export interface Platforms {
  accounts: BrandAccount[];
  /** May manage integrations. */
  provisioning: OAuthClient;
  /** Undefined where another server stands in for it. */
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
}

/**
 * Makes up the accounts of a market's brands and starts the simulators that no flag replaces. What
 * it starts is ended by `onClose`.
 */
export async function startPlatforms(
  market: Market,
  { servers, emptySecrets }: Pick<LocalOptions, "servers" | "emptySecrets">,
  settings: PlatformSettings,
  onTraffic: OnTraffic,
  onClose: (end: () => Promise<void>) => void,
): Promise<Platforms> {
  const accounts = Object.entries(market.brands).map(([brandKey, { brand }]): BrandAccount => {
    const channel = newLineChannel(brandKey);
    const client = newOAuthClient([RECEIVE_PERMISSION]);
    if (emptySecrets) return { brandKey, brand, channel, client, integration: undefined };
    const integration = newOpenIntegration(brandKey, brand, client);
    return { brandKey, brand, channel, client: integration, integration };
  });
  const provisioning = newOAuthClient(Object.values(INTEGRATION_PERMISSIONS));

  const isLineReplaced = servers["line-api"] !== undefined;
  const line = isLineReplaced
    ? undefined
    : await startLinePlatform({
        ...settings.line,
        channels: accounts.map(({ channel }) => channel),
        onTraffic,
      });
  if (line !== undefined) onClose(() => line.close());

  const isGenesysReplaced =
    servers["genesys-api"] !== undefined && servers["genesys-login"] !== undefined;
  const genesys = isGenesysReplaced
    ? undefined
    : await startGenesysCloud({
        ...settings.genesys,
        integrations: accounts.flatMap(({ integration }) => integration ?? []),
        clients: [
          provisioning,
          ...accounts.flatMap(({ client, integration }) => (integration ? [] : client)),
        ],
        onTraffic,
      });
  if (genesys !== undefined) onClose(() => genesys.close());
  return { accounts, provisioning, line, genesys };
}
