import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createBrandSecrets } from "../../shared/aws/brand-secrets.ts";
import { AWS_CLIENT, clock } from "../../shared/aws/clients.ts";
import { createReadSecret } from "../../shared/aws/read-secret.ts";
import { createSendFifo } from "../../shared/aws/send-fifo.ts";
import { consumerDependencies } from "../../shared/consumer-dependencies.ts";
import { createTelemetry, queueFunction } from "../../shared/lambda-function.ts";
import { channelSecretSchema } from "../../shared/line/channel-secret.ts";
import { createLineClient } from "../../shared/line/client.ts";
import { ENV, lineSecretName } from "../../shared/names.ts";
import { createTokenCache } from "../../shared/token-cache.ts";
import { readSenderEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readSenderEnvironment(process.env);
const market = environment[ENV.market];

const telemetry = createTelemetry(market);
const sqs = new SQSClient(AWS_CLIENT);

export const handler = queueFunction(
  createHandler({
    brands: new Map(Object.entries(environment[ENV.brands])),
    line: createLineClient({
      apiUrl: environment[ENV.lineApiUrl],
      secrets: createBrandSecrets(
        Object.keys(environment[ENV.brands]),
        (brand) => lineSecretName(market, brand),
        channelSecretSchema,
        createReadSecret(new SecretsManagerClient(AWS_CLIENT)),
        clock.now,
      ),
      tokens: createTokenCache(clock.now),
    }),
    enqueueInbound: createSendFifo(
      environment[ENV.inboundQueueUrl],
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
    ...consumerDependencies({
      sqs,
      queueUrl: environment[ENV.outboundQueueUrl],
      deadLetterQueueUrl: environment[ENV.outboundDeadLetterQueueUrl],
      patienceHours: environment[ENV.patienceHours],
      telemetry,
    }),
  }),
  telemetry,
);
