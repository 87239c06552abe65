import { CredentialsRefused } from "../../../lambdas/shared/platform/with-access-token.ts";
import { OperatorError } from "../errors.ts";
import { CREDENTIALS, type CredentialName } from "./credentials.ts";

/** Makes a call with these credentials. If they are refused it throws OperatorError, which names their flags. */
export async function provingCredentials<Result>(
  names: readonly CredentialName[],
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof CredentialsRefused)) throw error;
    const platform = error.platform === "line" ? "LINE" : "Genesys Cloud";
    const fields = names.map((name) => `${CREDENTIALS[name].name} (${CREDENTIALS[name].flag})`);
    throw new OperatorError(`${platform} refused these credentials: check ${fields.join(", ")}.`);
  }
}
