import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import type { OAuthClient } from "./simulators/genesys/oauth-client.ts";
import type { LineChannel } from "./simulators/line/channel.ts";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** Made-up credentials of a brand's LINE channel, in LINE's formats; new for every run. */
export function newLineChannel(brandKey: string): LineChannel {
  return {
    brandKey,
    channelId: String(randomInt(1_000_000_000, 2_000_000_000)),
    channelSecret: hex(16),
    botUserId: `U${hex(16)}`,
  };
}

/** A made-up OAuth client with these permissions; new for every run. */
export function newOAuthClient(permissions: string[]): OAuthClient {
  return {
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString("base64url"),
    permissions,
  };
}

/** A made-up open integration of a brand, which this OAuth client serves; new for every run. */
export function newOpenIntegration(
  brandKey: string,
  name: string,
  client: OAuthClient,
): OpenIntegration {
  return { ...client, brandKey, name, integrationId: randomUUID(), webhookSecret: hex(24) };
}
