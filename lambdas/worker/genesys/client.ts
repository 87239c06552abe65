import * as z from "zod";
import type { AnswerClass } from "../../shared/contract/answers.ts";
import {
  ConfigurationFailure,
  PermanentFailure,
  RetryableFailure,
} from "../../shared/failures/failures.ts";
import { issueGenesysToken } from "../../shared/genesys/access-token.ts";
import type {
  InboundMessage,
  InboundReceipt,
  InboundStructuredResponse,
} from "../../shared/genesys/inbound-message.ts";
import type { IntegrationSecret } from "../../shared/genesys/integration-secret.ts";
import { classified, type OnAnswer } from "../../shared/platform/answer-class.ts";
import { outcomeOf, retryAfterSeconds, retryable } from "../../shared/platform/http-outcome.ts";
import type { TokenCache } from "../../shared/platform/token-cache.ts";
import { CredentialsRefused, withAccessToken } from "../../shared/platform/with-access-token.ts";
import type { BrandSecrets } from "../../shared/secrets/brand-secrets.ts";
import type { RotatingSecret } from "../../shared/secrets/rotating-secret.ts";
import type { RequestBudget, Urgency } from "./request-budget.ts";

const TIMEOUT_MS = 10_000;
/** Where an answer of 429 does not say how long to wait. */
const PAUSE_SECONDS = 5;

/**
 * The part of Genesys Cloud that the bridge calls. Every call throws RetryableFailure,
 * ConfigurationFailure (our credentials, permission or integration), PermanentFailure (the body) or
 * Postponed (the budget of requests).
 */
export interface GenesysClient {
  postMessage(brand: string, endpoint: Endpoint, message: InboundMessage): Promise<void>;
  /** Says that a button was tapped. PermanentFailure also where the conversation of the button has ended. */
  postStructuredResponse(brand: string, response: InboundStructuredResponse): Promise<void>;
  postReceipt(brand: string, receipt: InboundReceipt, urgency: Urgency): Promise<void>;
}

/** `legacy` is the deprecated endpoint that has no integration id in its path. */
export type Endpoint = "message" | "legacy";

/** The parts of an error body that are safe to log. */
const errorBody = z.object({ code: z.string().optional(), contextId: z.string().optional() });
const receiptAnswer = z.object({ status: z.string() });

export function createGenesysClient(deps: {
  apiUrl: string;
  loginUrl: string;
  secrets: BrandSecrets<IntegrationSecret>;
  tokens: TokenCache;
  budget: RequestBudget;
  onAnswer?: OnAnswer;
}): GenesysClient {
  async function send(
    brand: string,
    pathOf: (integrationId: string) => string,
    bodyOf: (integrationId: string) => unknown,
    isAbout: "integration" | "message" = "integration",
    urgency: Urgency = "message",
  ): Promise<string> {
    const secret = deps.secrets.get(brand);
    if (secret === undefined) {
      throw new PermanentFailure("UnknownBrand", `The brand ${brand} is not configured.`);
    }
    const tell = (answer: AnswerClass) => deps.onAnswer?.(answer);
    return withAccessToken(
      secret,
      ({ clientId, clientSecret }) =>
        deps.tokens.get(JSON.stringify([clientId, clientSecret]), () =>
          issueGenesysToken(deps.loginUrl, { clientId, clientSecret }, tell),
        ),
      async (token, { clientId, integrationId }) => {
        const url = new URL(pathOf(integrationId), deps.apiUrl);
        await deps.budget.take(clientId, urgency);
        const answer = await post(url, token, bodyOf(integrationId), tell);
        if (answer.status === 429) {
          await deps.budget.pause(clientId, retryAfterSeconds(answer.headers) ?? PAUSE_SECONDS);
        }
        return accept(answer, secret, isAbout);
      },
    );
  }

  return {
    async postMessage(brand, endpoint, message) {
      await send(
        brand,
        (integrationId) =>
          endpoint === "legacy"
            ? "/api/v2/conversations/messages/inbound/open"
            : `/api/v2/conversations/messages/${encodeURIComponent(integrationId)}/inbound/open/message`,
        (integrationId) => (endpoint === "legacy" ? legacyBody(message, integrationId) : message),
      );
    },
    async postStructuredResponse(brand, response) {
      await send(
        brand,
        (integrationId) =>
          `/api/v2/conversations/messages/${encodeURIComponent(integrationId)}/inbound/open/structured/response`,
        () => response,
        "message",
      );
    },
    async postReceipt(brand, receipt, urgency) {
      const answer = await send(
        brand,
        (integrationId) =>
          `/api/v2/conversations/messages/${encodeURIComponent(integrationId)}/inbound/open/receipt`,
        () => receipt,
        "message",
        urgency,
      );
      refuseFailedReceipt(answer, receipt.status);
    },
  };
}

/** Body of the deprecated endpoint (OpenNormalizedMessage): the integration is the addressee. */
function legacyBody(message: InboundMessage, integrationId: string) {
  return {
    channel: { ...message.channel, to: { id: integrationId }, type: "Private" },
    type: "Text",
    direction: "Inbound",
    ...(message.text === undefined ? {} : { text: message.text }),
    ...(message.content === undefined
      ? {}
      : {
          content: message.content.map(({ attachment }) => ({
            contentType: "Attachment",
            attachment,
          })),
        }),
  };
}

interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

async function post(
  url: URL,
  token: string,
  body: unknown,
  tell: (answer: AnswerClass) => void,
): Promise<Answer> {
  try {
    const request = fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      // Following a redirect would turn the POST into a GET and its answer into a false success.
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const response = await classified(request, tell);
    const text = await response.text().catch((error: unknown) => {
      // Accepted is accepted: to try again because of the answer's body would double the message.
      if (outcomeOf(response.status) === "accepted") return "";
      throw error;
    });
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown error";
    throw new RetryableFailure(`Genesys could not be reached (${name}).`);
  }
}

/** `isAbout` is what a 404 says is missing: receipts and structured responses also name a message. */
async function accept(
  answer: Answer,
  secret: RotatingSecret<IntegrationSecret>,
  isAbout: "integration" | "message",
): Promise<string> {
  const outcome = outcomeOf(answer.status);
  if (outcome === "accepted") return answer.text;
  if (outcome === "retryable") throw retryable("Genesys", answer.status, answer.headers);
  if (outcome === "unauthorized") {
    throw new CredentialsRefused("genesys", "Genesys refused the access token with 401.");
  }
  const { detail, contextId } = describe(answer);
  if (answer.status === 403) {
    const failure = new ConfigurationFailure(
      "genesys",
      `Genesys refused with ${detail}: give the OAuth client's role the permission conversation:message:receive.`,
    );
    throw Object.assign(failure, { contextId });
  }
  if (answer.status === 404 && isAbout === "integration") {
    // The integration may have been created anew; the next try then uses its id.
    await secret.reload();
    const failure = new ConfigurationFailure(
      "genesys",
      `Genesys refused with ${detail}: check integrationId in the brand's Genesys secret.`,
    );
    throw Object.assign(failure, { contextId });
  }
  const failure = new PermanentFailure("GenesysRefused", `Genesys refused with ${detail}.`);
  throw Object.assign(failure, { contextId });
}

/** Genesys can accept the call and refuse the receipt in the answer's body. */
function refuseFailedReceipt(text: string, sent: InboundReceipt["status"]): void {
  const answer = receiptAnswer.safeParse(parseJson(text));
  if (answer.success && answer.data.status === "Failed" && sent !== "Failed") {
    throw new PermanentFailure("ReceiptRefused", "Genesys accepted the call but not the receipt.");
  }
}

/** Never the message of the error body: it may quote the text. */
function describe({ status, text }: Answer): { detail: string; contextId: string | undefined } {
  const { code, contextId } = errorBody.safeParse(parseJson(text)).data ?? {};
  return { detail: [status, code].filter(Boolean).join(" "), contextId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
