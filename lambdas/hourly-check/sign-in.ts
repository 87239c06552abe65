import { issueGenesysToken } from "../shared/genesys/access-token.ts";
import type { IntegrationSecret } from "../shared/genesys/integration-secret.ts";
import type { OnAnswer } from "../shared/platform/answer-class.ts";
import type { BrandSecrets } from "../shared/secrets/brand-secrets.ts";

/**
 * Asks Genesys Cloud for a token as the brand's OAuth client does, and uses it for nothing. Throws
 * SecretFault, ConfigurationFailure when the client is refused, and RetryableFailure.
 */
export type SignIn = (brand: string) => Promise<void>;

export function createSignIn(deps: {
  loginUrl: string;
  secrets: BrandSecrets<IntegrationSecret>;
  onAnswer: OnAnswer;
}): SignIn {
  return async (brand) => {
    const client = await deps.secrets.get(brand)?.get();
    if (client === undefined) return;
    await issueGenesysToken(deps.loginUrl, client, deps.onAnswer);
  };
}
