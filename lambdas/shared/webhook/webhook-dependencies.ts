import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type * as z from "zod/mini";
import { ENQUEUE_CLIENT, SECRETS_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import { brandLog } from "../function/log.ts";
import { createSendFifo } from "../queue/send-fifo.ts";
import { createReadSecret } from "../secrets/read-secret.ts";
import { createRotatingSecret } from "../secrets/rotating-secret.ts";
import type { WebhookBrand, WebhookDependencies } from "./webhook-handler.ts";

/** What both webhooks need of AWS; they differ in the secret that signs and in the queues. */
export function webhookDependencies(options: {
  /** Keys of the brands. */
  brands: readonly string[];
  secretName: (brand: string) => string;
  /** Takes the secret that signs out of the stored one. */
  signingSecret: z.core.$ZodType<string>;
  queueUrl: (brand: string) => string;
  telemetry: Telemetry;
}): Pick<WebhookDependencies, "brands"> {
  const { brands, secretName, signingSecret, queueUrl, telemetry } = options;
  const sqs = new SQSClient(ENQUEUE_CLIENT);
  const readSecret = createReadSecret(new SecretsManagerClient(SECRETS_CLIENT));

  function webhookBrand(key: string): WebhookBrand {
    const { candidates } = createRotatingSecret(
      secretName(key),
      signingSecret,
      readSecret,
      clock.now,
    );
    return {
      key,
      signingSecrets: candidates,
      enqueue: createSendFifo(
        queueUrl(key),
        (input) => sqs.send(new SendMessageBatchCommand(input)),
        clock,
      ),
      count: telemetry.forBrand(key).count,
      log: brandLog(telemetry.log, key),
    };
  }

  return { brands: new Map(brands.map((key) => [key, webhookBrand(key)])) };
}
