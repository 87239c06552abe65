import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
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
  schema: z.ZodType<Secret>,
): Promise<Secret> {
  return createRotatingSecret(secretName, schema, createReadSecret(client), Date.now).get();
}
