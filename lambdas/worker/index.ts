import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { CONSUMER_SECONDS } from "../shared/contract/consumer-seconds.ts";
import { ENV } from "../shared/contract/environment-variables.ts";
import { genesysSecretName, lineSecretName } from "../shared/contract/secret-names.ts";
import { AWS_CLIENT } from "../shared/function/aws-clients.ts";
import { clock } from "../shared/function/clock.ts";
import { countAnswers } from "../shared/function/counter.ts";
import { createTelemetry, queueFunction } from "../shared/function/lambda-function.ts";
import { integrationSecretSchema } from "../shared/genesys/integration-secret.ts";
import { createWithLineToken } from "../shared/line/access-token.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { createLineClient } from "../shared/line/client.ts";
import { createLineContent } from "../shared/line/content-client.ts";
import { mediaDependencies } from "../shared/media/media-dependencies.ts";
import { createTokenCache } from "../shared/platform/token-cache.ts";
import { consumerDependencies } from "../shared/queue/consumer-dependencies.ts";
import { createFailureTable } from "../shared/queue/failure-table.ts";
import { createBrandSecrets } from "../shared/secrets/brand-secrets.ts";
import { createReadSecret } from "../shared/secrets/read-secret.ts";
import { createButtonTable } from "../shared/tables/button-table.ts";
import { createCustomerTable } from "../shared/tables/customer-table.ts";
import { createDeliverOnce } from "./deliver-once.ts";
import { readWorkerEnvironment } from "./env.ts";
import { createBudgetTable } from "./genesys/budget-table.ts";
import { createGenesysClient } from "./genesys/client.ts";
import { createRequestBudget } from "./genesys/request-budget.ts";
import { createHandler } from "./handler.ts";
import { createFetchLineMedia } from "./media/fetch-line-media.ts";
import { createNameSender } from "./name-author.ts";
import { createNickname } from "./nickname.ts";
import { createRememberCustomer } from "./remember-customer.ts";

const environment = readWorkerEnvironment(process.env);
const market = environment[ENV.market];
const brands = Object.keys(environment[ENV.brands]);
const lineUrl = environment[ENV.lineApiUrl];
const attachmentBytes = environment[ENV.attachmentMegabytes] * 1_000_000;

const telemetry = createTelemetry(market);
const { log } = telemetry;
const { now } = clock;
const dynamodb = new DynamoDBClient(AWS_CLIENT);
const documents = DynamoDBDocumentClient.from(dynamodb);
const tableName = environment[ENV.tableName];
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const delivery = createDeliverOnce(dynamodb, tableName, log, clock.sleep);
const budget = createRequestBudget({
  table: createBudgetTable(documents, tableName, environment[ENV.requestsPerMinute], now),
  attemptMs: CONSUMER_SECONDS.attempt * 1_000,
  log,
  ...clock,
});
const customers = createCustomerTable(documents, tableName, now);
const failures = createFailureTable(documents, tableName, now);

const onLineAnswer = countAnswers("line", telemetry.countAnswer);
const withLineToken = createWithLineToken({
  apiUrl: lineUrl,
  secrets: createBrandSecrets(
    brands,
    (brand) => lineSecretName(market, brand),
    channelSecretSchema,
    readSecret,
    now,
  ),
  tokens: createTokenCache(now),
  onAnswer: onLineAnswer,
});
const line = createLineClient({ apiUrl: lineUrl, withLineToken, onAnswer: onLineAnswer });

const { store, prefix, download } = mediaDependencies({ market, environment, readSecret });

export const handler = queueFunction(
  createHandler({
    brands: new Map(Object.entries(environment[ENV.brands])),
    rememberCustomer: createRememberCustomer({ customers, log }),
    nameSender: createNameSender(createNickname({ customers, line, log, now })),
    fetchMedia: createFetchLineMedia({
      content: createLineContent({
        dataApiUrl: environment[ENV.lineDataApiUrl],
        withLineToken,
        onAnswer: onLineAnswer,
      }),
      download,
      store,
      prefix,
      attachmentBytes,
      now,
    }),
    forgetMedia: async (message) => store.deleteAll(await prefix(message)),
    attachmentBytes,
    buttons: createButtonTable(documents, tableName, now),
    failures,
    deliverOnce: delivery.deliverOnce,
    genesys: createGenesysClient({
      apiUrl: environment[ENV.genesysApiUrl],
      loginUrl: environment[ENV.genesysLoginUrl],
      secrets: createBrandSecrets(
        brands,
        (brand) => genesysSecretName(market, brand),
        integrationSecretSchema,
        readSecret,
        now,
      ),
      tokens: createTokenCache(now),
      budget,
      onAnswer: countAnswers("genesys", telemetry.countAnswer),
    }),
    ...consumerDependencies({
      sqs: new SQSClient(AWS_CLIENT),
      queueUrl: environment[ENV.inboundQueueUrl],
      failures,
      deadLetterQueueUrl: environment[ENV.inboundDeadLetterQueueUrl],
      patienceHours: environment[ENV.patienceHours],
      telemetry,
    }),
  }),
  telemetry,
).before(({ context }) => {
  delivery.startInvocation(context);
  budget.startInvocation(context);
});
