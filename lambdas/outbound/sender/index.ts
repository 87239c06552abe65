import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createBrand } from "../../shared/brand/brand.ts";
import { createFindBrand } from "../../shared/brand/find-brand.ts";
import { queueName } from "../../shared/contract/queue-names.ts";
import { AWS_CLIENT, SECRETS_CLIENT } from "../../shared/function/aws-clients.ts";
import { clock } from "../../shared/function/clock.ts";
import { createTelemetry, queueFunction } from "../../shared/function/lambda-function.ts";
import { lazily } from "../../shared/function/lazily.ts";
import { prepareConsumer } from "../../shared/function/prepare-consumer.ts";
import { readSettings } from "../../shared/function/settings-file.ts";
import { createLineOf } from "../../shared/line/line-of.ts";
import { mediaDependencies } from "../../shared/media/media-dependencies.ts";
import { createConsumer } from "../../shared/queue/consumer.ts";
import { createSendFifo } from "../../shared/queue/send-fifo.ts";
import { createReadSecret } from "../../shared/secrets/read-secret.ts";
import { READ_AHEAD_BRANDS, type RotatingSecret } from "../../shared/secrets/rotating-secret.ts";
import { createHostMedia } from "../media/host-media.ts";
import { readSenderEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";
import { createMessagesLeft } from "./messages-left.ts";
import { createReceipts } from "./receipts.ts";

const environment = readSenderEnvironment(process.env);
const { now, sleep } = clock;
const genesysUrls = [environment.GENESYS_API_URL, environment.GENESYS_DOWNLOADS_URL];
const genesysOrigins = new Set(genesysUrls.map((url) => new URL(url).origin));

const telemetry = createTelemetry(environment.MARKET);
const sqs = new SQSClient(AWS_CLIENT);
const documents = DynamoDBDocumentClient.from(new DynamoDBClient(AWS_CLIENT));
const table = { documents, name: environment.TABLE_NAME, now };
const readSecret = createReadSecret(new SecretsManagerClient(SECRETS_CLIENT));
const { mediaOf, download, trustedOrigins } = mediaDependencies(environment, readSecret);
const lineOf = createLineOf({
  market: environment.MARKET,
  apiUrl: environment.LINE_API_URL,
  readSecret,
  countAnswer: telemetry.forAnswersOf("line"),
});

/** LINE's of each brand, in their order. Full when the handler has been made. */
const secrets: Pick<RotatingSecret<unknown>, "readAhead">[] = [];

/** See prepareConsumer. */
export const prepare = () => prepareConsumer(table, secrets.slice(0, READ_AHEAD_BRANDS));

export const handler = queueFunction(
  createHandler({
    findBrand: createFindBrand(readSettings(import.meta.url), (key, settings) => {
      const { line, secret } = lineOf(key);
      secrets.push(secret);
      return createBrand(key, settings, { line, media: mediaOf(key), table, telemetry });
    }),
    consume: createConsumer({
      queueUrlPrefix: environment.QUEUE_URL_PREFIX,
      deadLetterQueueUrl: environment.OUTBOUND_DEAD_LETTER_QUEUE_URL,
      patienceHours: environment.PATIENCE_HOURS,
      table,
      telemetry,
    }),
    hostMedia: createHostMedia({
      storeAttachment: lazily(async () => {
        const { createStoreAttachment } = await import("../media/store-attachment.ts");
        const { createInvokeImages } = await import("./invoke-images.ts");
        const invokeImages = createInvokeImages(environment.IMAGES_FUNCTION_NAME);
        const { log } = telemetry;
        return createStoreAttachment({
          download,
          startOrigins: genesysOrigins,
          invokeImages,
          log,
          now,
        });
      }),
      genesysOrigins,
      now,
    }),
    rendering: {
      timeZone: environment.TIME_ZONE,
      language: environment.LANGUAGE,
      trustedOrigins,
    },
    messagesLeft: createMessagesLeft(now),
    receipts: createReceipts(
      (brand) =>
        createSendFifo(
          environment.QUEUE_URL_PREFIX + queueName(environment.MARKET, "inbound", brand),
          (input) => sqs.send(new SendMessageBatchCommand(input)),
          clock,
        ),
      now,
    ),
    now,
    sleep,
    startedAt: now(),
  }),
  telemetry,
);
