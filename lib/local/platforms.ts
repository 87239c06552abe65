import type { Market } from "../market-schema.ts";
import { MESSAGING_SETTING } from "../operator/platforms/messaging-setting.ts";
import { BRIDGE_PROFILE } from "../operator/platforms/profiles.ts";
import { SUPPORTED_CONTENT } from "../operator/platforms/supported-content.ts";
import { newLineChannel, newOAuthClient, newOpenIntegration } from "./credentials.ts";
import { INBOUND_FLOW } from "./inbound-flow.ts";
import type { LocalOptions } from "./options.ts";
import { type GenesysCloud, startGenesysCloud } from "./simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import {
  type OAuthClient,
  PROVISIONING_PERMISSIONS,
  RECEIVE_PERMISSION,
} from "./simulators/genesys/oauth-client.ts";
import type { LineChannel } from "./simulators/line/channel.ts";
import { type LinePlatform, startLinePlatform } from "./simulators/line/line-platform.ts";
import type { OnTraffic } from "./simulators/traffic.ts";

/** What set-up gives an integration. */
const AS_SET_UP = {
  supportedContent: { name: BRIDGE_PROFILE, ...SUPPORTED_CONTENT.own() },
  messagingSetting: { name: BRIDGE_PROFILE, ...MESSAGING_SETTING.own() },
};

/** What a test changes in the behaviour of the platforms. */
export interface PlatformSettings {
  line?: Omit<Parameters<typeof startLinePlatform>[0], "channels" | "onTraffic" | "port">;
  genesys?: Omit<
    Parameters<typeof startGenesysCloud>[0],
    "integrations" | "clients" | "onTraffic" | "port"
  >;
}

/** A brand's accounts on the two platforms. */
export interface BrandAccount {
  brandKey: string;
  /** The value that Architect routes by. */
  brand: string;
  channel: LineChannel;
  /** The bridge's OAuth client. It is part of the integration where there is one. */
  client: OAuthClient;
  /** Undefined until somebody creates it. */
  integration: OpenIntegration | undefined;
}

export interface Platforms {
  accounts: BrandAccount[];
  /** An OAuth client that may manage integrations and what belongs to them. */
  provisioning: OAuthClient;
  /** Undefined where a flag names another server. */
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
}

/**
 * Makes up the accounts of a market's brands and starts the simulators that no flag replaces. `onClose`
 * gets what ends them.
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
  const provisioning = newOAuthClient([...PROVISIONING_PERMISSIONS]);

  const isLineReplaced = servers["line-api"] !== undefined;
  const line = isLineReplaced
    ? undefined
    : await startLinePlatform({
        language: market.language,
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
        flows: [INBOUND_FLOW],
        ...(emptySecrets ? {} : { profiles: AS_SET_UP }),
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
