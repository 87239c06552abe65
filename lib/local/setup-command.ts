import { INBOUND_FLOW } from "./inbound-flow.ts";
import type { ReadyBrand } from "./ready.ts";
import type { OAuthCredentials } from "./simulators/genesys/oauth-client.ts";

/**
 * A shell command that sets up a brand of this run, with the credentials that the consoles of the two
 * platforms would show. Without `provisioning` where Genesys Cloud is not simulated.
 */
export function setupCommand(
  provisioning: OAuthCredentials | undefined,
  brandKey: string,
  { line, genesys }: ReadyBrand,
): string {
  const variables = {
    LINE_CHANNEL_ID: line.channelId,
    LINE_CHANNEL_SECRET: line.channelSecret,
    GENESYS_CLIENT_ID: genesys.clientId,
    GENESYS_CLIENT_SECRET: genesys.clientSecret,
    ...(provisioning !== undefined && {
      GENESYS_PROVISIONING_CLIENT_ID: provisioning.clientId,
      GENESYS_PROVISIONING_CLIENT_SECRET: provisioning.clientSecret,
    }),
  };
  return [
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    provisioning === undefined
      ? bareSetupCommand(brandKey)
      : `${bareSetupCommand(brandKey)} --flow "${INBOUND_FLOW.name}"`,
  ].join(" \\\n  ");
}

/** The same command without credentials: it asks for them. */
export function bareSetupCommand(brandKey: string): string {
  return `npm run operator -- setup --local --brand ${brandKey}`;
}
