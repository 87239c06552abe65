import { ENV } from "../../shared/contract/environment-variables.ts";
import { genesysSecretName } from "../../shared/contract/secret-names.ts";
import { createTelemetry, webhookFunction } from "../../shared/function/lambda-function.ts";
import { integrationSecretSchema } from "../../shared/genesys/integration-secret.ts";
import { webhookDependencies } from "../../shared/webhook/webhook-dependencies.ts";
import { readWebhookEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readWebhookEnvironment(process.env);
const market = environment[ENV.market];
const telemetry = createTelemetry(market);

export const handler = webhookFunction(
  createHandler(
    webhookDependencies({
      brands: Object.keys(environment[ENV.brands]),
      secretName: (brand) => genesysSecretName(market, brand),
      secretSchema: integrationSecretSchema,
      signingSecret: ({ webhookSecret }) => webhookSecret,
      queueUrl: environment[ENV.outboundQueueUrl],
      telemetry,
    }),
  ),
  telemetry,
);
