import { randomInt } from "node:crypto";
import * as z from "zod";
import { parsePart, TemplateError } from "./template-error.ts";
import { type generatedSecretSchema, secretSchema } from "./template-resources.ts";

export interface SecretDefinition {
  logicalId: string;
  name: string;
  arn: string;
  value: string;
}

/** Reads the resolved properties of an AWS::SecretsManager::Secret. Throws TemplateError. */
export function defineSecret(
  logicalId: string,
  properties: unknown,
  { arn, stackName }: { arn: string; stackName: string },
): SecretDefinition {
  const { Name, SecretString, GenerateSecretString } = parsePart(
    logicalId,
    secretSchema,
    properties,
  );
  const values = [
    ...(SecretString === undefined ? [] : [SecretString]),
    ...(GenerateSecretString === undefined ? [] : [generate(logicalId, GenerateSecretString)]),
  ];
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw new TemplateError(logicalId, "must have either SecretString or GenerateSecretString");
  }
  return { logicalId, name: Name ?? `${stackName}-${logicalId}`, arn, value };
}

const jsonObject = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "is not valid JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.unknown()));

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html
 */
function generate(logicalId: string, settings: z.infer<typeof generatedSecretSchema>): string {
  const { PasswordLength, ExcludePunctuation, SecretStringTemplate, GenerateStringKey } = settings;
  const password = randomPassword(PasswordLength, !ExcludePunctuation);
  if (SecretStringTemplate === undefined && GenerateStringKey === undefined) return password;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) {
    throw new TemplateError(logicalId, "SecretStringTemplate and GenerateStringKey go together");
  }
  const template = parsePart(`${logicalId}.SecretStringTemplate`, jsonObject, SecretStringTemplate);
  return JSON.stringify({ ...template, [GenerateStringKey]: password });
}

/** With at least one character of each kind, as Secrets Manager makes them. */
function randomPassword(length: number, punctuation: boolean): string {
  const kinds = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"];
  if (punctuation) kinds.push("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
  const characters = kinds.join("");
  for (;;) {
    const password = Array.from({ length }, () => characters[randomInt(characters.length)]);
    if (kinds.every((kind) => password.some((character = "") => kind.includes(character)))) {
      return password.join("");
    }
  }
}
