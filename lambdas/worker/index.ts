import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createBrand } from "../shared/brand/brand.ts";
import { createFindBrand } from "../shared/brand/find-brand.ts";
import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { queueName } from "../shared/contract/queue-names.ts";
import { genesysSecretName } from "../shared/contract/secret-names.ts";
import { AWS_CLIENT, SECRETS_CLIENT } from "../shared/function/aws-clients.ts";
import { clock } from "../shared/function/clock.ts";
import { createTelemetry, queueFunction } from "../shared/function/lambda-function.ts";
import { lazily } from "../shared/function/lazily.ts";
import { prepareConsumer } from "../shared/function/prepare-consumer.ts";
import { readSettings } from "../shared/function/settings-file.ts";
import { integrationSecretSchema } from "../shared/genesys/integration-secret.ts";
import { createLineContent } from "../shared/line/content-client.ts";
import { createLineOf } from "../shared/line/line-of.ts";
import { mediaDependencies } from "../shared/media/media-dependencies.ts";
import { createTokenCache } from "../shared/platform/token-cache.ts";
import { createConsumer } from "../shared/queue/consumer.ts";
import { createSendFifo } from "../shared/queue/send-fifo.ts";
import { createReadSecret } from "../shared/secrets/read-secret.ts";
import {
  createRotatingSecret,
  READ_AHEAD_BRANDS,
  type RotatingSecret,
} from "../shared/secrets/rotating-secret.ts";
import { createErasureTable } from "../shared/tables/erasure-table.ts";
import { createTimeOf } from "../shared/text/local-time.ts";
import { createDeliverOnce } from "./deliver-once.ts";
import { createDeliveryTable } from "./delivery-table.ts";
import { readWorkerEnvironment } from "./env.ts";
import { createBudgetTable } from "./genesys/budget-table.ts";
import { createGenesysClient } from "./genesys/client.ts";
import { createRequestBudget } from "./genesys/request-budget.ts";
import { createHandler } from "./handler.ts";
import { createNameAuthor } from "./name-author.ts";
import { createProfileOf } from "./profile-of.ts";
import type { WorkerBrand } from "./worker-brand.ts";

const environment = readWorkerEnvironment(process.env);
const { MARKET: market } = environment;
const { now } = clock;
const attachmentBytes = environment.ATTACHMENT_MEGABYTES * 1_000_000;

const telemetry = createTelemetry(market);
const countLineAnswer = telemetry.forAnswersOf("line");
const countGenesysAnswer = telemetry.forAnswersOf("genesys");
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(AWS_CLIENT));
const table = { documents, name: environment.TABLE_NAME, now };
const sqs = new SQSClient(AWS_CLIENT);
const readSecret = createReadSecret(new SecretsManagerClient(SECRETS_CLIENT));

const { mediaOf, download } = mediaDependencies(environment, readSecret);
const lineOf = createLineOf({
  market,
  apiUrl: environment.LINE_API_URL,
  readSecret,
  countAnswer: countLineAnswer,
});
const genesysTokens = createTokenCache(now);
const budget = createRequestBudget({
  table: createBudgetTable(table, environment.REQUESTS_PER_MINUTE),
  log: telemetry.log,
  ...clock,
});

/** Two of each brand, in the brands' order: LINE's and Genesys Cloud's. Full when the handler has been made. */
const secrets: Pick<RotatingSecret<unknown>, "readAhead">[] = [];

function workerBrand(key: string, settings: BrandSettings): WorkerBrand {
  const { line, withLineToken, secret: lineSecret } = lineOf(key);
  const secret = createRotatingSecret(
    genesysSecretName(market, key),
    integrationSecretSchema,
    readSecret,
    now,
  );
  secrets.push(lineSecret, secret);
  const brand = createBrand(key, settings, { line, media: mediaOf(key), table, telemetry });
  return {
    ...brand,
    genesys: createGenesysClient({
      urls: { api: environment.GENESYS_API_URL, login: environment.GENESYS_LOGIN_URL },
      brand: { key, endpoint: settings.endpoint },
      secret,
      tokens: genesysTokens,
      hosts: brand.hosts,
      budget,
      countAnswer: countGenesysAnswer,
    }),
    content: createLineContent({
      dataApiUrl: environment.LINE_DATA_API_URL,
      withLineToken,
      countAnswer: countLineAnswer,
    }),
    deliveries: createDeliveryTable(key, table),
    erasures: createErasureTable(table),
    enqueue: createSendFifo(
      environment.QUEUE_URL_PREFIX + queueName(market, "inbound", key),
      (input) => sqs.send(new SendMessageBatchCommand(input)),
      clock,
    ),
  };
}

/** See prepareConsumer. */
export const prepare = () => prepareConsumer(table, secrets.slice(0, 2 * READ_AHEAD_BRANDS));

export const handler = queueFunction(
  createHandler({
    findBrand: createFindBrand(readSettings(import.meta.url), workerBrand),
    consume: createConsumer({
      queueUrlPrefix: environment.QUEUE_URL_PREFIX,
      deadLetterQueueUrl: environment.INBOUND_DEAD_LETTER_QUEUE_URL,
      patienceHours: environment.PATIENCE_HOURS,
      table,
      telemetry,
    }),
    nameAuthor: createNameAuthor(createProfileOf(now)),
    media: {
      fetchMedia: lazily(async () => {
        const { createFetchLineMedia, mediaPatienceMs } = await import(
          "./media/fetch-line-media.ts"
        );
        const patienceMs = mediaPatienceMs(environment.PATIENCE_HOURS);
        return createFetchLineMedia({ download, attachmentBytes, patienceMs, now });
      }),
      attachmentBytes,
      timeOf: createTimeOf(environment.TIME_ZONE),
    },
    deliverOnce: createDeliverOnce(clock.sleep),
    now,
  }),
  telemetry,
);
