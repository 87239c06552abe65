import { isDeepStrictEqual } from "node:util";
import { ConfigurationFailure } from "../failures/failures.ts";
import type { ReloadableSecret } from "../secrets/rotating-secret.ts";

/** Our credentials or the token made from them were refused (401, invalid_client). */
export class CredentialsRefused extends ConfigurationFailure {}

export interface AccessToken {
  value: string;
  /** Forgets the token because it was refused. */
  drop(): void;
}

/**
 * Calls with an access token. When the credentials are refused the secret is read again, since it
 * may have been rotated, and the call is made once more with a new token; not where no token could be
 * had for these very credentials.
 */
export async function withAccessToken<Secret, Result>(
  secret: ReloadableSecret<Secret>,
  tokenOf: (secret: Secret) => Promise<AccessToken>,
  call: (token: string, secret: Secret) => Promise<Result>,
): Promise<Result> {
  let withoutToken: Secret | undefined;

  async function attempt(): Promise<Result> {
    const current = await secret.get();
    withoutToken = current;
    const token = await tokenOf(current);
    withoutToken = undefined;
    try {
      return await call(token.value, current);
    } catch (error) {
      if (error instanceof CredentialsRefused) token.drop();
      throw error;
    }
  }

  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof CredentialsRefused)) throw error;
    await secret.reload();
    if (withoutToken !== undefined && isDeepStrictEqual(withoutToken, await secret.get())) {
      throw error;
    }
  }
  return attempt();
}
