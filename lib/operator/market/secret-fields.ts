import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
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
  return fieldsIn(
    (await client.send(new GetSecretValueCommand({ SecretId: secretName }))).SecretString,
  );
}

function fieldsIn(secret = ""): Record<string, string> {
  const fields = fieldsSchema.safeParse(parseJson(secret)).data ?? {};
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const text = typeof value === "number" ? String(value) : value;
      if (typeof text !== "string" || text.trim() === "" || text === SECRET_PLACEHOLDER) return [];
      return [[name, text.trim()]];
    }),
  );
}

const DAY_MS = 86_400_000;

/**
 * The fields of the value before the current one, if that was replaced within the last day; undefined otherwise. `now`
 * in ms. Throws when Secrets Manager refuses.
 */
export async function readFieldsBefore(
  client: SecretsManagerClient,
  secretName: string,
  now: number,
): Promise<Record<string, string> | undefined> {
  const current = await client.send(new GetSecretValueCommand({ SecretId: secretName }));
  if (now - (current.CreatedDate?.getTime() ?? 0) > DAY_MS) return undefined;
  try {
    const before = new GetSecretValueCommand({
      SecretId: secretName,
      VersionStage: "AWSPREVIOUS",
    });
    return fieldsIn((await client.send(before)).SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
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
