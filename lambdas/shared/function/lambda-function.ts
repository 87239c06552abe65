import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import { Metrics } from "@aws-lambda-powertools/metrics";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  SQSBatchResponse,
  SQSEvent,
} from "aws-lambda";
import { errorFields } from "../failures/bridge-error.ts";
import { type Counter, createCounter } from "./counter.ts";
import { SlimLogFormatter } from "./slim-log-formatter.ts";

/** Where a function writes its logs and metrics. */
export interface Telemetry extends Counter {
  log: Logger;
}

export function createTelemetry(market: string): Telemetry {
  const metrics = new Metrics({ defaultDimensions: { market } });
  const ofAllServices = new Metrics();
  // The service, which Powertools would add to each.
  ofAllServices.clearDefaultDimensions();
  return {
    log: new Logger({ logFormatter: new SlimLogFormatter() }),
    ...createCounter({ metrics, ofAllServices, market }, (line) => {
      process.stdout.write(line);
    }),
  };
}

export type WebhookHandler = (
  event: APIGatewayProxyEventV2,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** What API Gateway invokes: an unexpected error becomes a 500 that tells a stranger nothing. */
export function webhookFunction(handler: WebhookHandler, { log, middleware }: Telemetry) {
  return middy(handler)
    .use(injectLambdaContext(log))
    .use(middleware)
    .use(
      httpErrorHandler({
        logger: (error: unknown) => log.error("Unexpected error", errorFields(error)),
        fallbackMessage: JSON.stringify({ message: "Internal Server Error" }),
      }),
    );
}

export type QueueHandler = (
  event: SQSEvent,
  context: { getRemainingTimeInMillis(): number },
) => Promise<SQSBatchResponse>;

/**
 * What an event source mapping invokes. Middy's own time limit stays off: it would answer while
 * the handler runs on into the next invocation, and Lambda ends the environment instead.
 */
export function queueFunction(handler: QueueHandler, { log, middleware }: Telemetry) {
  return middy(handler, { timeoutEarlyInMillis: 0 })
    .use(injectLambdaContext(log))
    .use(middleware)
    .onError(noteUnexpected(log));
}

/** What a schedule invokes, or another function that does not wait for it. */
export function eventFunction(
  handler: (event: unknown) => Promise<void>,
  { log, middleware }: Telemetry,
) {
  return middy(handler).use(injectLambdaContext(log)).use(middleware).onError(noteUnexpected(log));
}

/** Lambda itself logs such an error, too, but with places in the bundle that nobody can read. */
function noteUnexpected(log: Logger) {
  return ({ error }: { error: unknown }) => log.error("Unexpected error", errorFields(error));
}
