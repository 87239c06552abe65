import { ENV_KEY, ENV_SECRET, fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Where the AWS clients get their keys. It stands in the place of `@aws-sdk/credential-provider-node` in the
 * bundles (see lib/cloud/bundle.ts): that package looks for keys in nine places and brings clients for some of
 * them, a third of a webhook's code, while Lambda writes a role's keys into the environment and nowhere else.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 *
 * Called for each client, when the function starts. Throws if the keys are not there, so that the function stops
 * at start. An SDK that wants more of the package than this fails the build.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  const missing = [ENV_KEY, ENV_SECRET].filter((name) => !process.env[name]);
  if (missing.length > 0) throw new CredentialsFault(missing);
  return fromEnv();
}

class CredentialsFault extends Error {
  override name = "CredentialsFault";
  constructor(missing: readonly string[]) {
    super(
      `The environment lacks ${missing.join(" and ")}: set both there, as Lambda does. The functions read no keys from profiles, containers (AWS_CONTAINER_CREDENTIALS_FULL_URI) or instances.`,
    );
  }
}
