import * as z from "zod/mini";
import { queueName } from "../shared/contract/queue-names.ts";
import { lineSecretName } from "../shared/contract/secret-names.ts";
import { createTelemetry, webhookFunction } from "../shared/function/lambda-function.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { webhookDependencies } from "../shared/webhook/webhook-dependencies.ts";
import { readInboundEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const { MARKET, BRANDS, QUEUE_URL_PREFIX } = readInboundEnvironment(process.env);
const telemetry = createTelemetry(MARKET);

const { brands, prepare } = webhookDependencies({
  brands: BRANDS,
  secretName: (brand) => lineSecretName(MARKET, brand),
  signingSecret: z.pipe(
    channelSecretSchema,
    z.transform(({ channelSecret }) => channelSecret),
  ),
  queueUrl: (brand) => QUEUE_URL_PREFIX + queueName(MARKET, "inbound", brand),
  telemetry,
});

export { prepare };
export const handler = webhookFunction(createHandler({ brands }), telemetry);
