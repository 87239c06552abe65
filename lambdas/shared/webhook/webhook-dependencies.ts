import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type * as z from "zod";
import { AWS_CLIENT, ENQUEUE_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import { createSendFifo } from "../queue/send-fifo.ts";
import { createBrandSecrets } from "../secrets/brand-secrets.ts";
import { createReadSecret } from "../secrets/read-secret.ts";
import type { WebhookDependencies } from "./webhook-handler.ts";

/** What both webhooks need of AWS; they differ in the secret that signs and the queue. */
export function webhookDependencies<Secret>(options: {
  brands: readonly string[];
  secretName: (brand: string) => string;
  secretSchema: z.ZodType<Secret>;
  /** The field of the secret that signs. */
  signingSecret: (secret: Secret) => string;
  queueUrl: string;
  telemetry: Telemetry;
}): Omit<WebhookDependencies, "readSignature" | "split"> {
  const { brands, secretName, secretSchema, signingSecret, queueUrl, telemetry } = options;
  const sqs = new SQSClient(ENQUEUE_CLIENT);
  const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
  const secrets = createBrandSecrets(brands, secretName, secretSchema, readSecret, clock.now);
  return {
    brands: new Set(brands),
    secretMatches: async (brand, test) =>
      (await secrets.get(brand)?.matches((secret) => test(signingSecret(secret)))) ?? false,
    enqueue: createSendFifo(
      queueUrl,
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
    count: telemetry.count,
    log: telemetry.log,
  };
}
