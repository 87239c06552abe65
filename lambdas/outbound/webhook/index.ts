import { genesysSecretName } from "../../shared/contract/secret-names.ts";
import { createTelemetry, webhookFunction } from "../../shared/function/lambda-function.ts";
import { integrationSecretSchema } from "../../shared/genesys/integration-secret.ts";
import { webhookDependencies } from "../../shared/webhook/webhook-dependencies.ts";
import { readWebhookEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const { MARKET, BRANDS, OUTBOUND_QUEUE_URL } = readWebhookEnvironment(process.env);
const telemetry = createTelemetry(MARKET);

export const handler = webhookFunction(
  createHandler(
    webhookDependencies({
      brands: BRANDS,
      secretName: (brand) => genesysSecretName(MARKET, brand),
      signingSecret: integrationSecretSchema.transform(({ webhookSecret }) => webhookSecret),
      queueUrl: OUTBOUND_QUEUE_URL,
      telemetry,
    }),
  ),
  telemetry,
);
