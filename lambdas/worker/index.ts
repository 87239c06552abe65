import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createBrandSecrets } from "../shared/aws/brand-secrets.ts";
import { AWS_CLIENT, clock } from "../shared/aws/clients.ts";
import { createCustomerTable } from "../shared/aws/customer-table.ts";
import { createReadSecret } from "../shared/aws/read-secret.ts";
import { consumerDependencies } from "../shared/consumer-dependencies.ts";
import { createGenesysClient } from "../shared/genesys/client.ts";
import { integrationSecretSchema } from "../shared/genesys/integration-secret.ts";
import { createTelemetry, queueFunction } from "../shared/lambda-function.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { createLineClient } from "../shared/line/client.ts";
import { ENV, genesysSecretName, lineSecretName } from "../shared/names.ts";
import { createTokenCache } from "../shared/token-cache.ts";
import { createDeliverOnce } from "./deliver-once.ts";
import { readWorkerEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";
import { createNickname } from "./nickname.ts";

const environment = readWorkerEnvironment(process.env);
const market = environment[ENV.market];
const brands = Object.keys(environment[ENV.brands]);

const telemetry = createTelemetry(market);
const sqs = new SQSClient(AWS_CLIENT);
const dynamodb = new DynamoDBClient(AWS_CLIENT);
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const { deliverOnce, startInvocation } = createDeliverOnce(
  dynamodb,
  environment[ENV.tableName],
  telemetry.log,
);

const line = createLineClient({
  apiUrl: environment[ENV.lineApiUrl],
  secrets: createBrandSecrets(
    brands,
    (brand) => lineSecretName(market, brand),
    channelSecretSchema,
    readSecret,
    clock.now,
  ),
  tokens: createTokenCache(clock.now),
});

export const handler = queueFunction(
  createHandler({
    brands: new Map(Object.entries(environment[ENV.brands])),
    nickname: createNickname({
      customers: createCustomerTable(
        DynamoDBDocumentClient.from(dynamodb),
        environment[ENV.tableName],
        clock.now,
      ),
      line,
      log: telemetry.log,
      now: clock.now,
    }),
    deliverOnce,
    genesys: createGenesysClient({
      apiUrl: environment[ENV.genesysApiUrl],
      loginUrl: environment[ENV.genesysLoginUrl],
      secrets: createBrandSecrets(
        brands,
        (brand) => genesysSecretName(market, brand),
        integrationSecretSchema,
        readSecret,
        clock.now,
      ),
      tokens: createTokenCache(clock.now),
    }),
    ...consumerDependencies({
      sqs,
      queueUrl: environment[ENV.inboundQueueUrl],
      deadLetterQueueUrl: environment[ENV.inboundDeadLetterQueueUrl],
      patienceHours: environment[ENV.patienceHours],
      telemetry,
    }),
  }),
  telemetry,
).before((request) => startInvocation(request.context));
