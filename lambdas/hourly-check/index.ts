import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ENV } from "../shared/contract/environment-variables.ts";
import { genesysSecretName, lineSecretName } from "../shared/contract/secret-names.ts";
import { AWS_CLIENT } from "../shared/function/aws-clients.ts";
import { clock } from "../shared/function/clock.ts";
import { countAnswers } from "../shared/function/counter.ts";
import { createTelemetry, scheduledFunction } from "../shared/function/lambda-function.ts";
import { integrationSecretSchema } from "../shared/genesys/integration-secret.ts";
import { createWithLineToken } from "../shared/line/access-token.ts";
import { channelSecretSchema } from "../shared/line/channel-secret.ts";
import { createLineClient } from "../shared/line/client.ts";
import { createTokenCache } from "../shared/platform/token-cache.ts";
import { createBrandSecrets } from "../shared/secrets/brand-secrets.ts";
import { createReadSecret } from "../shared/secrets/read-secret.ts";
import { readQuotaEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";
import { createSignIn } from "./sign-in.ts";

const environment = readQuotaEnvironment(process.env);
const market = environment[ENV.market];
const apiUrl = environment[ENV.lineApiUrl];
const brands = Object.keys(environment[ENV.brands]);
const telemetry = createTelemetry(market);
const readSecret = createReadSecret(new SecretsManagerClient(AWS_CLIENT));
const onLineAnswer = countAnswers("line", telemetry.countAnswer);

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
          readSecret,
          clock.now,
        ),
        tokens: createTokenCache(clock.now),
        onAnswer: onLineAnswer,
      }),
      onAnswer: onLineAnswer,
    }),
    signIn: createSignIn({
      loginUrl: environment[ENV.genesysLoginUrl],
      secrets: createBrandSecrets(
        brands,
        (brand) => genesysSecretName(market, brand),
        integrationSecretSchema,
        readSecret,
        clock.now,
      ),
      onAnswer: countAnswers("genesys", telemetry.countAnswer),
    }),
    ...telemetry,
  }),
  telemetry,
);
