import { issueGenesysToken } from "../shared/genesys/access-token.ts";
import type { IntegrationSecret } from "../shared/genesys/integration-secret.ts";
import type { CountAnswer } from "../shared/platform/count-answer.ts";
import type { ReloadableSecret } from "../shared/secrets/rotating-secret.ts";

/**
 * Asks Genesys Cloud for a token as the brand's OAuth client does, and uses it for nothing. Throws
 * SecretFault, ConfigurationFailure when the client is refused, and RetryableFailure.
 */
export type SignIn = () => Promise<void>;

export function createSignIn(deps: {
  loginUrl: string;
  secret: Pick<ReloadableSecret<IntegrationSecret>, "get">;
  countAnswer: CountAnswer;
}): SignIn {
  return async () => {
    await issueGenesysToken(deps.loginUrl, await deps.secret.get(), deps.countAnswer);
  };
}
