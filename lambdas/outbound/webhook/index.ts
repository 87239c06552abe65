import * as z from "zod/mini";
import { queueName } from "../../shared/contract/queue-names.ts";
import { genesysSecretName } from "../../shared/contract/secret-names.ts";
import { createTelemetry, webhookFunction } from "../../shared/function/lambda-function.ts";
import { integrationSecretSchema } from "../../shared/genesys/integration-secret.ts";
import { webhookDependencies } from "../../shared/webhook/webhook-dependencies.ts";
import { readWebhookEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const { MARKET, BRANDS, QUEUE_URL_PREFIX } = readWebhookEnvironment(process.env);
const telemetry = createTelemetry(MARKET);

const { brands, prepare } = webhookDependencies({
  brands: BRANDS,
  secretName: (brand) => genesysSecretName(MARKET, brand),
  signingSecret: z.pipe(
    integrationSecretSchema,
    z.transform(({ webhookSecret }) => webhookSecret),
  ),
  queueUrl: (brand) => QUEUE_URL_PREFIX + queueName(MARKET, "outbound", brand),
  telemetry,
});

export { prepare };
export const handler = webhookFunction(createHandler({ brands }), telemetry);
