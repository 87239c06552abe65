import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ENV } from "../../shared/contract/environment-variables.ts";
import { lineSecretName } from "../../shared/contract/secret-names.ts";
import { AWS_CLIENT } from "../../shared/function/aws-clients.ts";
import { clock } from "../../shared/function/clock.ts";
import { countAnswers } from "../../shared/function/counter.ts";
import { createTelemetry, queueFunction } from "../../shared/function/lambda-function.ts";
import { createWithLineToken } from "../../shared/line/access-token.ts";
import { channelSecretSchema } from "../../shared/line/channel-secret.ts";
import { createLineClient } from "../../shared/line/client.ts";
import { mediaDependencies } from "../../shared/media/media-dependencies.ts";
import { createTokenCache } from "../../shared/platform/token-cache.ts";
import { consumerDependencies } from "../../shared/queue/consumer-dependencies.ts";
import { createFailureTable } from "../../shared/queue/failure-table.ts";
import { createSendFifo } from "../../shared/queue/send-fifo.ts";
import { createBrandSecrets } from "../../shared/secrets/brand-secrets.ts";
import { createReadSecret } from "../../shared/secrets/read-secret.ts";
import { createButtonTable } from "../../shared/tables/button-table.ts";
import { createCustomerTable } from "../../shared/tables/customer-table.ts";
import { createHostMedia } from "../media/host-media.ts";
import { createStoreAttachment } from "../media/store-attachment.ts";
import { readSenderEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readSenderEnvironment(process.env);
const market = environment[ENV.market];
const apiUrl = environment[ENV.lineApiUrl];
const genesysUrls = [environment[ENV.genesysApiUrl], environment[ENV.genesysDownloadsUrl]];
const genesysOrigins = new Set(genesysUrls.map((url) => new URL(url).origin));

const telemetry = createTelemetry(market);
const onAnswer = countAnswers("line", telemetry.countAnswer);
const sqs = new SQSClient(AWS_CLIENT);
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(AWS_CLIENT));
const failures = createFailureTable(dynamodb, environment[ENV.tableName], clock.now);
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const media = mediaDependencies({ market, environment, readSecret });

export const handler = queueFunction(
  createHandler({
    brands: new Map(Object.entries(environment[ENV.brands])),
    customers: createCustomerTable(dynamodb, environment[ENV.tableName], clock.now),
    buttons: createButtonTable(dynamodb, environment[ENV.tableName], clock.now),
    hostMedia: createHostMedia({
      storeAttachment: createStoreAttachment({
        ...media,
        startOrigins: genesysOrigins,
        log: telemetry.log,
      }),
      genesysOrigins,
      log: telemetry.log,
    }),
    rendering: {
      timeZone: environment[ENV.timeZone],
      language: environment[ENV.language],
      trustedOrigins: media.trustedOrigins,
    },
    line: createLineClient({
      apiUrl,
      withLineToken: createWithLineToken({
        apiUrl,
        secrets: createBrandSecrets(
          Object.keys(environment[ENV.brands]),
          (brand) => lineSecretName(market, brand),
          channelSecretSchema,
          readSecret,
          clock.now,
        ),
        tokens: createTokenCache(clock.now),
        onAnswer,
      }),
      onAnswer,
    }),
    enqueueInbound: createSendFifo(
      environment[ENV.inboundQueueUrl],
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
    ...consumerDependencies({
      sqs,
      queueUrl: environment[ENV.outboundQueueUrl],
      failures,
      deadLetterQueueUrl: environment[ENV.outboundDeadLetterQueueUrl],
      patienceHours: environment[ENV.patienceHours],
      telemetry,
    }),
  }),
  telemetry,
);
