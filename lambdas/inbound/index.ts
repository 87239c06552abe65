import { ENV } from "../shared/contract/environment-variables.ts";
import { lineSecretName } from "../shared/contract/secret-names.ts";
import { createTelemetry, webhookFunction } from "../shared/function/lambda-function.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { webhookDependencies } from "../shared/webhook/webhook-dependencies.ts";
import { readInboundEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readInboundEnvironment(process.env);
const market = environment[ENV.market];
const telemetry = createTelemetry(market);

export const handler = webhookFunction(
  createHandler(
    webhookDependencies({
      brands: Object.keys(environment[ENV.brands]),
      secretName: (brand) => lineSecretName(market, brand),
      secretSchema: channelSecretSchema,
      signingSecret: ({ channelSecret }) => channelSecret,
      queueUrl: environment[ENV.inboundQueueUrl],
      telemetry,
    }),
  ),
  telemetry,
);
