import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { genesysSecretName } from "../shared/contract/secret-names.ts";
import { AWS_CLIENT, SECRETS_CLIENT } from "../shared/function/aws-clients.ts";
import { clock } from "../shared/function/clock.ts";
import { createTelemetry, eventFunction } from "../shared/function/lambda-function.ts";
import { brandLog } from "../shared/function/log.ts";
import { integrationSecretSchema } from "../shared/genesys/integration-secret.ts";
import { createLineOf } from "../shared/line/line-of.ts";
import { createReadSecret } from "../shared/secrets/read-secret.ts";
import { createRotatingSecret } from "../shared/secrets/rotating-secret.ts";
import { readHourlyCheckEnvironment } from "./env.ts";
import { type CheckedBrand, createHandler } from "./handler.ts";
import { keepReporting } from "./keep-reporting.ts";
import { createSignIn } from "./sign-in.ts";

const environment = readHourlyCheckEnvironment(process.env);
const telemetry = createTelemetry(environment.MARKET);
const readSecret = createReadSecret(new SecretsManagerClient(SECRETS_CLIENT));
const sqs = new SQSClient(AWS_CLIENT);

/** What the platforms answer here says nothing of messages, and would be metrics to pay for in months without any. */
const uncounted = () => {};

const lineOf = createLineOf({
  market: environment.MARKET,
  apiUrl: environment.LINE_API_URL,
  readSecret,
  countAnswer: uncounted,
});

function checkedBrand(key: string): CheckedBrand {
  return {
    line: lineOf(key).line,
    signIn: createSignIn({
      loginUrl: environment.GENESYS_LOGIN_URL,
      secret: createRotatingSecret(
        genesysSecretName(environment.MARKET, key),
        integrationSecretSchema,
        readSecret,
        clock.now,
      ),
      countAnswer: uncounted,
    }),
    ...telemetry.forBrand(key),
    log: brandLog(telemetry.log, key),
  };
}

export const handler = eventFunction(
  createHandler({
    brands: environment.BRANDS.map(checkedBrand),
    keepReporting: [
      environment.INBOUND_DEAD_LETTER_QUEUE_URL,
      environment.OUTBOUND_DEAD_LETTER_QUEUE_URL,
    ].map((url) => () => keepReporting(sqs, url)),
    log: telemetry.log,
  }),
  telemetry,
);
