import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createBrandSecrets } from "../shared/aws/brand-secrets.ts";
import { AWS_CLIENT, clock } from "../shared/aws/clients.ts";
import { createReadSecret } from "../shared/aws/read-secret.ts";
import { createTelemetry, scheduledFunction } from "../shared/lambda-function.ts";
import { createWithLineToken } from "../shared/line/access-token.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { createLineClient } from "../shared/line/client.ts";
import { ENV, lineSecretName } from "../shared/names.ts";
import { createTokenCache } from "../shared/token-cache.ts";
import { readQuotaEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";

const environment = readQuotaEnvironment(process.env);
const market = environment[ENV.market];
const apiUrl = environment[ENV.lineApiUrl];
const brands = Object.keys(environment[ENV.brands]);
const telemetry = createTelemetry(market);

export const handler = scheduledFunction(
  createHandler({
    brands,
    line: createLineClient({
      apiUrl,
      withLineToken: createWithLineToken({
        apiUrl,
        secrets: createBrandSecrets(
          brands,
          (brand) => lineSecretName(market, brand),
          channelSecretSchema,
          createReadSecret(new SecretsManagerClient(AWS_CLIENT)),
          clock.now,
        ),
        tokens: createTokenCache(clock.now),
      }),
    }),
    ...telemetry,
  }),
  telemetry,
);
