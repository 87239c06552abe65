import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { SECRET_PLACEHOLDER } from "../../../lambdas/shared/contract/secret-names.ts";
import { createAwsClients } from "../../../lib/operator/market/aws-clients.ts";
import type { Target } from "../../../lib/operator/market/target.ts";
import type { LocalMarket } from "./local-market.ts";

const fieldsSchema = z.record(z.string(), z.string());
const SECRET_FIELDS = ["channelSecret", "channelAccessToken", "clientSecret", "webhookSecret"];

/** The fields of a stored secret, and its version. */
export async function storedSecret({ target }: LocalMarket, SecretId: string) {
  const answer = await target.aws.secrets.send(new GetSecretValueCommand({ SecretId }));
  return {
    fields: fieldsSchema.parse(JSON.parse(answer.SecretString ?? "")),
    version: answer.VersionId,
  };
}

export async function storeSecret(
  { target }: LocalMarket,
  SecretId: string,
  value: object | string,
): Promise<void> {
  const SecretString = typeof value === "string" ? value : JSON.stringify(value);
  await target.aws.secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));
}

/** The values that nobody may see: of the stored secrets and of the platforms. */
export async function secretValues(market: LocalMarket): Promise<string[]> {
  const { ready } = market.run;
  const stored = await Promise.all(
    market.stack.brands
      .flatMap(({ lineSecret, genesysSecret }) => [lineSecret, genesysSecret])
      .map((name) => storedSecret(market, name)),
  );
  const fields = [
    ...stored.map((secret) => secret.fields),
    ...Object.values(ready.brands).flatMap(({ line, genesys }) => [line, genesys]),
    { ...ready.provisioning },
  ].flatMap((held) => Object.entries(held));
  const values = fields.flatMap(([name, value]) => (SECRET_FIELDS.includes(name) ? [value] : []));
  return [...new Set(values)].filter((value) => value !== SECRET_PLACEHOLDER);
}

/** The same market, where Secrets Manager fails to store anything. */
export function withoutStoring(target: Target, { run }: LocalMarket): Target {
  const aws = createAwsClients(target.region, run.runFile.aws);
  aws.secrets.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== "PutSecretValueCommand") return next(args);
      throw Object.assign(new Error("out of order"), {
        name: "InternalServiceError",
        $metadata: {},
      });
    },
    { step: "initialize" },
  );
  return { ...target, aws };
}
