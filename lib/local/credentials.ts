import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import type { LineChannel } from "./simulators/line/channel.ts";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** Made-up credentials of a brand's LINE channel, in LINE's shapes; new for every run. */
export function newLineChannel(brandKey: string): LineChannel {
  return {
    brandKey,
    channelId: String(randomInt(1_000_000_000, 2_000_000_000)),
    channelSecret: hex(16),
    botUserId: `U${hex(16)}`,
  };
}

/** Made-up credentials of a brand's open integration and its OAuth client; new for every run. */
export function newOpenIntegration(brandKey: string, name: string): OpenIntegration {
  return {
    brandKey,
    name,
    integrationId: randomUUID(),
    webhookSecret: hex(24),
    clientId: randomUUID(),
    clientSecret: randomBytes(32).toString("base64url"),
  };
}
