import { genesysSecretName, lineSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import type { BrandAccount } from "./platforms.ts";
import { credentialsOf } from "./ready.ts";
import type { OpenIntegration } from "./simulators/genesys/integration.ts";
import type { StackRun } from "./stack-run.ts";

/** Stores what `setup` would store of a brand. Throws when the stack has no secrets for it. */
export function storeCredentials(
  market: string,
  { brandKey, channel }: BrandAccount,
  { integrationId, webhookSecret, ...client }: OpenIntegration,
  { secrets }: StackRun,
): void {
  const { channelId, channelSecret } = channel;
  secrets.put(lineSecretName(market, brandKey), JSON.stringify({ channelId, channelSecret }));
  secrets.put(
    genesysSecretName(market, brandKey),
    JSON.stringify({ ...credentialsOf(client), integrationId, webhookSecret }),
  );
}
