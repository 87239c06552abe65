import { askCredential } from "../credentials/ask-credential.ts";
import type { GivenCredentials } from "../credentials/given-credentials.ts";
import { readFields } from "../market/secret-fields.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { OAuthClient } from "../platforms/genesys-api.ts";
import type { Terminal } from "../terminal.ts";

export interface GenesysClients {
  stored: Record<string, string>;
  runtime: OAuthClient;
  /** Undefined if the integration is known and nobody gave a client that may read it. */
  provisioning: OAuthClient | undefined;
}

/**
 * The OAuth clients: given ones first, then the stored one, then what a person types. `isSeen`: the integration is to
 * be looked at, though it is known.
 */
export async function gatherClients(
  brand: BrandStack,
  target: Target,
  { given, isSeen }: { given: GivenCredentials; isSeen: boolean },
  terminal: Terminal,
): Promise<GenesysClients> {
  const stored = await readFields(target.aws.secrets, brand.genesysSecret);
  const clientId = given.genesysClientId ?? stored.clientId;
  const clientSecret = given.genesysClientSecret ?? stored.clientSecret;
  const runtime = {
    clientId: clientId ?? (await askCredential("genesysClientId", terminal)),
    clientSecret: clientSecret ?? (await askCredential("genesysClientSecret", terminal)),
  };
  const { genesysProvisioningClientId: id, genesysProvisioningClientSecret: secret } = given;
  const isKnown = stored.integrationId !== undefined && stored.webhookSecret !== undefined;
  if (id === undefined && secret === undefined && isKnown && !isSeen) {
    return { stored, runtime, provisioning: undefined };
  }
  const provisioning = {
    clientId: id ?? (await askCredential("genesysProvisioningClientId", terminal)),
    clientSecret: secret ?? (await askCredential("genesysProvisioningClientSecret", terminal)),
  };
  return { stored, runtime, provisioning };
}

/** The same clients with what was typed again. */
export function retypeClients(
  { stored, runtime, provisioning }: GenesysClients,
  typed: GivenCredentials,
): GenesysClients {
  const { genesysProvisioningClientId, genesysProvisioningClientSecret } = typed;
  return {
    stored,
    runtime: retype(runtime, typed.genesysClientId, typed.genesysClientSecret),
    provisioning:
      provisioning &&
      retype(provisioning, genesysProvisioningClientId, genesysProvisioningClientSecret),
  };
}

function retype(client: OAuthClient, clientId?: string, clientSecret?: string): OAuthClient {
  return {
    clientId: clientId ?? client.clientId,
    clientSecret: clientSecret ?? client.clientSecret,
  };
}
