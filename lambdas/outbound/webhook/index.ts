import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createBrandSecrets } from "../../shared/aws/brand-secrets.ts";
import { AWS_CLIENT, clock } from "../../shared/aws/clients.ts";
import { createReadSecret } from "../../shared/aws/read-secret.ts";
import { createSendFifo } from "../../shared/aws/send-fifo.ts";
import { integrationSecretSchema } from "../../shared/genesys/integration-secret.ts";
import { createTelemetry, webhookFunction } from "../../shared/lambda-function.ts";
import { ENV, genesysSecretName } from "../../shared/names.ts";
import { secretMatcher } from "../../shared/webhook-handler.ts";
import { readWebhookEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readWebhookEnvironment(process.env);
const market = environment[ENV.market];
const brands = Object.keys(environment[ENV.brands]);

const telemetry = createTelemetry(market);
const sqs = new SQSClient(AWS_CLIENT);
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const secrets = createBrandSecrets(
  brands,
  (brand) => genesysSecretName(market, brand),
  integrationSecretSchema,
  readSecret,
);

export const handler = webhookFunction(
  createHandler({
    brands: new Set(brands),
    secretMatches: secretMatcher(secrets, (secret) => secret.webhookSecret),
    enqueue: createSendFifo(
      environment[ENV.outboundQueueUrl],
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
    count: telemetry.count,
    log: telemetry.log,
  }),
  telemetry,
);
