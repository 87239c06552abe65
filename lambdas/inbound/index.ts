import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createBrandSecrets } from "../shared/aws/brand-secrets.ts";
import { AWS_CLIENT, clock } from "../shared/aws/clients.ts";
import { createReadSecret } from "../shared/aws/read-secret.ts";
import { createSendFifo } from "../shared/aws/send-fifo.ts";
import { createTelemetry, webhookFunction } from "../shared/lambda-function.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { ENV, lineSecretName } from "../shared/names.ts";
import { secretMatcher } from "../shared/webhook-handler.ts";
import { readInboundEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readInboundEnvironment(process.env);
const market = environment[ENV.market];
const brands = Object.keys(environment[ENV.brands]);

const telemetry = createTelemetry(market);
const sqs = new SQSClient(AWS_CLIENT);
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const secrets = createBrandSecrets(
  brands,
  (brand) => lineSecretName(market, brand),
  channelSecretSchema,
  readSecret,
);

export const handler = webhookFunction(
  createHandler({
    brands: new Set(brands),
    secretMatches: secretMatcher(secrets, (secret) => secret.channelSecret),
    enqueue: createSendFifo(
      environment[ENV.inboundQueueUrl],
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
    count: telemetry.count,
    log: telemetry.log,
  }),
  telemetry,
);
