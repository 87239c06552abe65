import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { METRICS } from "../contract/metric-names.ts";
import { errorFields } from "../failures/bridge-error.ts";
import type { Count } from "../function/counter.ts";
import type { WebhookHandler } from "../function/lambda-function.ts";
import type { Log } from "../function/log.ts";
import { EnqueueFailure } from "../queue/enqueue-failure.ts";
import type { FifoMessage, SendFifo } from "../queue/send-fifo.ts";
import { SecretFault } from "../secrets/secret-fault.ts";
import { isSignatureOf } from "./signature.ts";

/** What a signed body asks for: messages to enqueue, or the fault in the body. */
export type Split =
  | { ok: true; messages: FifoMessage[]; ignored?: { correlationId: string | undefined } }
  | { ok: false; fault: string };

/** A brand as a webhook knows it. */
export interface WebhookBrand {
  /** Part of the webhook's URL. */
  key: string;
  /** The secrets with which the platform may have signed, the likeliest first. Throws SecretFault. */
  signingSecrets(): AsyncIterable<string>;
  /** Stores messages in the brand's queue. */
  enqueue: SendFifo;
  count: Count;
  /** Each line names the brand. */
  log: Log;
}

export interface WebhookDependencies {
  /** By their keys. */
  brands: ReadonlyMap<string, WebhookBrand>;
  /** The request's signature in base64, as the platform sends it. */
  readSignature(headers: Record<string, string | undefined>): string | undefined;
  split(brand: Pick<WebhookBrand, "key">, rawBody: Buffer): Split;
}

/** SQS admits 1 MiB per message; 900 KB leave room for what the bridge adds. */
const MAX_BODY_BYTES = 900_000;

/** What SQS takes; a number like `1e20` is longer in the queue than in the body. */
const MAX_QUEUED_BYTES = 1_048_576;

/**
 * A webhook that proves who is calling, makes the messages durable, and nothing else. Answers 200
 * only when everything is stored; 401 is the same for a missing, malformed and wrong signature.
 */
export function createWebhookHandler(deps: WebhookDependencies): WebhookHandler {
  return async (event) => {
    const brand = deps.brands.get(event.pathParameters?.brand ?? "");
    if (brand === undefined) return respond(404, "Not Found");
    const rawBody = rawBodyOf(event);
    try {
      if (!(await isSigned(rawBody, deps.readSignature(event.headers), brand))) {
        brand.count(METRICS.signatureFailure);
        return respond(401, "Unauthorized");
      }
      if (rawBody.length > MAX_BODY_BYTES) {
        return refuse(brand, 413, `The body is larger than ${MAX_BODY_BYTES} bytes.`);
      }
      if (!isUtf8(rawBody)) return refuse(brand, 400, "body: is not UTF-8");
      const split = deps.split(brand, rawBody);
      if (!split.ok) return refuse(brand, 400, split.fault);
      if (split.messages.some((message) => queuedBytes(message) > MAX_QUEUED_BYTES)) {
        return refuse(brand, 413, "The body takes more than 1 MiB in the queue.");
      }
      await brand.enqueue(split.messages);
      for (const { deduplicationId: correlationId } of split.messages) {
        brand.log.info("Stored in the queue", { correlationId });
      }
      brand.count(METRICS.accepted, split.messages.length);
      if (split.ignored !== undefined) {
        brand.count(METRICS.ignored);
        brand.log.info("Ignored on purpose", split.ignored);
      }
      return respond(200, "OK");
    } catch (error) {
      return unavailable(brand, error);
    }
  };
}

/** Whatever is wrong with a signature, finding out takes the same path: strangers learn nothing. */
async function isSigned(
  rawBody: Buffer,
  signature: string | undefined,
  brand: WebhookBrand,
): Promise<boolean> {
  for await (const secret of brand.signingSecrets()) {
    if (isSignatureOf(rawBody, secret, signature)) return true;
  }
  return false;
}

/** The bytes that were signed: API Gateway encodes bodies that it does not take for text. */
function rawBodyOf(event: APIGatewayProxyEventV2): Buffer {
  return Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
}

/** Two characters of 3 bytes, which SQS refuses, are sent as escapes of 6 (see createSendFifo). */
function queuedBytes({ body }: FifoMessage): number {
  return Buffer.byteLength(body) + 3 * (body.match(/[\uFFFE\uFFFF]/g)?.length ?? 0);
}

function refuse(brand: WebhookBrand, statusCode: number, fault: string) {
  brand.count(METRICS.refused);
  brand.log.warn("Refused a signed webhook", { statusCode, fault });
  return respond(statusCode, fault);
}

/** 503 makes the platform deliver again; only this brand is affected. */
function unavailable(brand: WebhookBrand, error: unknown) {
  if (error instanceof SecretFault) brand.count(METRICS.secretFault);
  else if (error instanceof EnqueueFailure) brand.count(METRICS.notStored);
  else throw error;
  brand.log.error("Could not take a webhook", errorFields(error));
  return respond(503, "Service Unavailable");
}

function respond(statusCode: number, message: string): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  };
}
