import {
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type * as z from "zod";
import { createReadSecret } from "../../../lambdas/shared/secrets/read-secret.ts";
import { createRotatingSecret } from "../../../lambdas/shared/secrets/rotating-secret.ts";

/**
 * A secret's current value, read as the functions read it: if it passes here, they can use it.
 * Throws SecretFault, which names the field and the fix.
 */
export function storedSecret<Secret>(
  client: SecretsManagerClient,
  secretName: string,
  schema: z.core.$ZodType<Secret>,
): Promise<Secret> {
  const read = createReadSecret(client);
  const readExisting: typeof read = async (secretId, stage) => {
    const version = await read(secretId, stage);
    if (version !== undefined || stage !== "AWSCURRENT") return version;
    // Not to be stored but to be deployed.
    throw new ResourceNotFoundException({ message: "There is no such secret.", $metadata: {} });
  };
  return createRotatingSecret(secretName, schema, readExisting, Date.now).get();
}
