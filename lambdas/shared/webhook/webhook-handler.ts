import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { METRICS } from "../contract/metric-names.ts";
import { errorFields } from "../failures/bridge-error.ts";
import type { Count } from "../function/counter.ts";
import type { WebhookHandler } from "../function/lambda-function.ts";
import type { Log } from "../function/log.ts";
import { writeTogether } from "../function/write-together.ts";
import { EnqueueFailure } from "../queue/enqueue-failure.ts";
import {
  type FifoMessage,
  MAX_QUEUED_BYTES,
  queuedBytes,
  type SendFifo,
} from "../queue/send-fifo.ts";
import { SecretFault } from "../secrets/secret-fault.ts";
import { isSignatureOf } from "./signature.ts";

/**
 * What a signed body asks for: messages to enqueue, and the faults of those that cannot be read; or the fault in the
 * body.
 */
export type Split =
  | {
      ok: true;
      messages: FifoMessage[];
      faults: string[];
      ignored?: { correlationId: string | undefined };
    }
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
  /** `receivedAt`: when the request has arrived, in ms. */
  split(brand: Pick<WebhookBrand, "key">, rawBody: Buffer, receivedAt: number): Split;
}

const TOLD_FAULTS = 5;

/**
 * A webhook that proves who is calling, makes the messages durable, and nothing else. Answers 200 only when
 * all that can be read is stored: a platform that delivers again helps nothing that cannot. 400 or 413 is
 * for a body of which nothing can be; 401 is the same for a missing, malformed and wrong signature.
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
      if (!isUtf8(rawBody)) return refuse(brand, 400, ["body: is not UTF-8"]);
      const split = deps.split(brand, rawBody, event.requestContext.timeEpoch);
      if (!split.ok) return refuse(brand, 400, [split.fault]);
      const messages = split.messages.filter(fits);
      const faults = [
        ...split.faults,
        ...split.messages.filter((one) => !fits(one)).map(sizeFault),
      ];
      if (messages.length === 0 && faults.length > 0) {
        return refuse(brand, split.faults.length > 0 ? 400 : 413, faults);
      }
      await brand.enqueue(messages);
      writeTogether();
      for (const { deduplicationId: correlationId } of messages) {
        brand.log.info("Stored in the queue", { correlationId });
      }
      brand.count(METRICS.accepted, messages.length);
      if (faults.length > 0) noteRefused(brand, 200, faults);
      if (split.ignored !== undefined) {
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

function fits(message: FifoMessage): boolean {
  return queuedBytes(message) <= MAX_QUEUED_BYTES;
}

function sizeFault({ deduplicationId }: FifoMessage): string {
  return `${deduplicationId}: takes more than ${MAX_QUEUED_BYTES} bytes in the queue`;
}

function refuse(brand: WebhookBrand, statusCode: number, faults: readonly string[]) {
  return respond(statusCode, noteRefused(brand, statusCode, faults));
}

/** The faults as they are told and logged: the first of them, since a body can hold thousands. */
function noteRefused(brand: WebhookBrand, statusCode: number, faults: readonly string[]): string {
  const fault = faults.slice(0, TOLD_FAULTS).join("; ");
  brand.count(METRICS.refused, faults.length);
  brand.log.warn("Refused a signed webhook", { statusCode, refused: faults.length, fault });
  return fault;
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
