import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { SECRET_PLACEHOLDER } from "../../../lambdas/shared/contract/secret-names.ts";
import { parseJson } from "../platforms/parse-json.ts";

const fieldsSchema = z.record(z.string(), z.unknown());

/**
 * The fields of a secret that hold a real value: no placeholder and nothing empty. No fields if the secret
 * is not a JSON object. Throws when Secrets Manager refuses.
 */
export async function readFields(
  client: SecretsManagerClient,
  secretName: string,
): Promise<Record<string, string>> {
  const { SecretString = "" } = await client.send(
    new GetSecretValueCommand({ SecretId: secretName }),
  );
  const fields = fieldsSchema.safeParse(parseJson(SecretString)).data ?? {};
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const text = typeof value === "number" ? String(value) : value;
      if (typeof text !== "string" || text.trim() === "" || text === SECRET_PLACEHOLDER) return [];
      return [[name, text.trim()]];
    }),
  );
}

/** Stores the fields as the secret's current value. */
export async function storeFields(
  client: SecretsManagerClient,
  secretName: string,
  fields: Record<string, string>,
): Promise<void> {
  await client.send(
    new PutSecretValueCommand({ SecretId: secretName, SecretString: JSON.stringify(fields) }),
  );
}
