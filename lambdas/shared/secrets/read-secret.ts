import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { ReadSecret } from "./rotating-secret.ts";

/** Reads secrets from AWS Secrets Manager. */
export function createReadSecret(client: SecretsManagerClient): ReadSecret {
  return async (secretId, stage) => {
    try {
      const answer = await client.send(
        new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }),
      );
      return { text: answer.SecretString ?? "", createdAt: answer.CreatedDate?.getTime() ?? 0 };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  };
}
