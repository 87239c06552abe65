import { CredentialsRefused } from "../../../lambdas/shared/platform/with-access-token.ts";
import { OperatorError } from "../errors.ts";
import { troubleOf } from "../trouble/trouble.ts";
import { CREDENTIALS, type CredentialName } from "./credentials.ts";

/** A platform has refused these credentials: at least one of them is wrong. The message names their flags. */
export class CredentialsWrong extends OperatorError {
  readonly names: readonly CredentialName[];
  constructor(message: string, names: readonly CredentialName[]) {
    super(message);
    this.names = names;
  }
}

/** Makes a call with these credentials. Throws CredentialsWrong if they are refused. */
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
    const refused = names.filter(isTried(error));
    const fields = refused.map((name) => `${CREDENTIALS[name].name} (${CREDENTIALS[name].flag})`);
    const region = error.platform === "line" ? "" : ", and genesysRegion in cdk.json";
    throw new CredentialsWrong(
      `${platform} refused these credentials: check ${fields.join(", ")}${region}.`,
      refused,
    );
  }
}

/** A login judges an id and its secret, any other call the access token that was given instead. */
function isTried({ request }: CredentialsRefused): (name: CredentialName) => boolean {
  const isLogin = request?.url.pathname.startsWith("/oauth") ?? true;
  return (name) => (name === "lineChannelAccessToken") !== isLogin;
}
