import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type * as z from "zod/mini";
import { ENQUEUE_CLIENT, SECRETS_CLIENT } from "../function/aws-clients.ts";
import { clock } from "../function/clock.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import { brandLog } from "../function/log.ts";
import { createSendFifo, type SendBatch } from "../queue/send-fifo.ts";
import { createReadSecret } from "../secrets/read-secret.ts";
import {
  createRotatingSecret,
  READ_AHEAD_BRANDS,
  type RotatingSecret,
} from "../secrets/rotating-secret.ts";
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
}): Pick<WebhookDependencies, "brands"> & {
  /**
   * Does before the first event what the first event would otherwise wait for, while Lambda gives a starting
   * function a whole processor: reads secrets. Never rejects, and takes less than a second.
   */
  prepare(): Promise<void>;
} {
  const { brands, secretName, signingSecret, queueUrl, telemetry } = options;
  const sqs = new SQSClient(ENQUEUE_CLIENT);
  const readSecret = createReadSecret(new SecretsManagerClient(SECRETS_CLIENT));

  const sendBatch: SendBatch = (input) => sqs.send(new SendMessageBatchCommand(input));
  const secrets = new Map(
    brands.map((key) => [
      key,
      createRotatingSecret(secretName(key), signingSecret, readSecret, clock.now),
    ]),
  );

  function webhookBrand(key: string, secret: RotatingSecret<string>): WebhookBrand {
    return {
      key,
      signingSecrets: secret.candidates,
      enqueue: createSendFifo(queueUrl(key), sendBatch, clock),
      count: telemetry.forBrand(key).count,
      log: brandLog(telemetry.log, key),
    };
  }

  async function prepare(): Promise<void> {
    const first = [...secrets.values()].slice(0, READ_AHEAD_BRANDS);
    await Promise.all(first.map((secret) => secret.readAhead()));
  }

  return {
    brands: new Map([...secrets].map(([key, secret]) => [key, webhookBrand(key, secret)])),
    prepare,
  };
}
