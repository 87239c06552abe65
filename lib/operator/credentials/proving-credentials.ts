import { CredentialsRefused } from "../../../lambdas/shared/platform/with-access-token.ts";
import { OperatorError } from "../errors.ts";
import { troubleOf } from "../trouble/trouble.ts";
import { CREDENTIALS, type CredentialName } from "./credentials.ts";

/** Makes a call with these credentials. If they are refused it throws OperatorError, which names their flags. */
export async function provingCredentials<Result>(
  names: readonly CredentialName[],
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    // What a proxy or another server answers says nothing about the credentials.
    if (!(error instanceof CredentialsRefused) || troubleOf(error) !== undefined) throw error;
    const platform = error.platform === "line" ? "LINE" : "Genesys Cloud";
    const fields = names.map((name) => `${CREDENTIALS[name].name} (${CREDENTIALS[name].flag})`);
    throw new OperatorError(`${platform} refused these credentials: check ${fields.join(", ")}.`);
  }
}
