import * as z from "zod";
import type { Hosts } from "../../shared/breaker/hosts.ts";
import type { BrandSettings } from "../../shared/contract/brand-settings.ts";
import { nameOf } from "../../shared/failures/bridge-error.ts";
import {
  ConfigurationFailure,
  OutageFailure,
  PermanentFailure,
  RefusedForNow,
} from "../../shared/failures/failures.ts";
import { issueGenesysToken } from "../../shared/genesys/access-token.ts";
import type {
  InboundMessage,
  InboundReceipt,
  InboundStructuredResponse,
} from "../../shared/genesys/inbound-message.ts";
import type { IntegrationSecret } from "../../shared/genesys/integration-secret.ts";
import { type CountAnswer, counted } from "../../shared/platform/count-answer.ts";
import { type Answer, exchange } from "../../shared/platform/exchange.ts";
import { outcomeOf, retryAfterSeconds, retryable } from "../../shared/platform/http-outcome.ts";
import type { TokenCache } from "../../shared/platform/token-cache.ts";
import {
  type AccessToken,
  CredentialsRefused,
  withAccessToken,
} from "../../shared/platform/with-access-token.ts";
import type { Attempt } from "../../shared/queue/attempt.ts";
import type { ReloadableSecret } from "../../shared/secrets/rotating-secret.ts";
import { wellFormedJson } from "../../shared/text/well-formed.ts";
import { legacyBody } from "./legacy-body.ts";
import type { RequestBudget } from "./request-budget.ts";
import type { Ask } from "./turns.ts";

const TIMEOUT_MS = 10_000;
/** Where an answer of 429 does not say how long to wait. */
const PAUSE_SECONDS = 5;

/**
 * The part of Genesys Cloud that the bridge calls, for one brand and for the attempt to deliver a record.
 * Every call throws RetryableFailure, ConfigurationFailure (our credentials, permission or integration),
 * PermanentFailure (the body) or Postponed (the budget of requests, or a host that does not work).
 */
export interface GenesysClient {
  postMessage(message: InboundMessage, attempt: AttemptInfo): Promise<void>;
  /** Says that a button was tapped. PermanentFailure also where the conversation of the button has ended. */
  postStructuredResponse(response: InboundStructuredResponse, attempt: AttemptInfo): Promise<void>;
  /** `urgency`: messages go before receipts, which only get a turn that no message waits for. */
  postReceipt(receipt: InboundReceipt, urgency: Urgency, attempt: AttemptInfo): Promise<void>;
}

type Urgency = "message" | "receipt";

type AttemptInfo = Pick<Attempt, "record" | "receives" | "inHand"> & {
  /**
   * Runs before each request, when there is a turn for it: a message that is put off has written nothing. What it
   * throws is thrown, and the turn is lost.
   */
  beforeRequest?: () => Promise<void>;
};

interface GenesysRequest {
  path: keyof typeof PATHS;
  body: (integrationId: string) => object;
  urgency: Urgency;
  attempt: AttemptInfo;
}

/** `isAboutMessage`: a 404 may mean the message that is named in the body, not the integration. */
const PATHS = {
  message: { suffix: "inbound/open/message", isAboutMessage: false },
  receipt: { suffix: "inbound/open/receipt", isAboutMessage: true },
  structuredResponse: { suffix: "inbound/open/structured/response", isAboutMessage: true },
  legacy: { suffix: "inbound/open", isAboutMessage: false },
} as const;

/** The parts of an error body that are safe to log. */
const errorBody = z.object({ code: z.string().optional(), contextId: z.string().optional() });
const receiptAnswer = z.object({ status: z.string() });

export function createGenesysClient(deps: {
  urls: { api: string; login: string };
  /** `endpoint`: which of the two for messages it uses. */
  brand: { key: string; endpoint: BrandSettings["endpoint"] };
  secret: ReloadableSecret<IntegrationSecret>;
  tokens: TokenCache;
  hosts: Hosts;
  budget: RequestBudget;
  countAnswer: CountAnswer;
}): GenesysClient {
  const { urls, brand, secret, tokens, hosts, budget, countAnswer } = deps;

  /** Whoever has a token does not need the login. */
  function tokenOf(
    { clientId, clientSecret }: IntegrationSecret,
    attempt: AttemptInfo,
  ): Promise<AccessToken> {
    const credentials = JSON.stringify([clientId, clientSecret]);
    const get = () =>
      tokens.get(credentials, () =>
        issueGenesysToken(urls.login, { clientId, clientSecret }, countAnswer),
      );
    return tokens.has(credentials) ? get() : hosts.guard("genesys-login", attempt, get);
  }

  /** One guard around both tries of an access token: a token that has just been revoked is no outage. */
  function send(request: GenesysRequest): Promise<string> {
    return hosts.guard("genesys-api", request.attempt, () => sendNow(request));
  }

  function sendNow({ path, body, urgency, attempt }: GenesysRequest): Promise<string> {
    return withAccessToken(
      secret,
      (current) => tokenOf(current, attempt),
      async (token, { clientId, integrationId }) => {
        const url = new URL(pathOf(path, integrationId), urls.api);
        await budget.take(clientId, { ...askOf(urgency, attempt), brand: brand.key });
        await attempt.beforeRequest?.();
        const answer = await post(url, token, body(integrationId), countAnswer);
        if (answer.status === 429) {
          await budget.pause(clientId, retryAfterSeconds(answer.headers) ?? PAUSE_SECONDS);
        } else {
          await budget.resume(clientId);
        }
        return accept(answer, secret, path);
      },
    );
  }

  return {
    async postMessage(message, attempt) {
      await send({
        path: brand.endpoint,
        body: (integrationId) =>
          brand.endpoint === "legacy" ? legacyBody(message, integrationId) : message,
        urgency: "message",
        attempt,
      });
    },
    async postStructuredResponse(response, attempt) {
      await send({
        path: "structuredResponse",
        body: () => response,
        urgency: "message",
        attempt,
      });
    },
    async postReceipt(receipt, urgency, attempt) {
      const answer = await send({ path: "receipt", body: () => receipt, urgency, attempt });
      refuseFailedReceipt(answer, receipt.status);
    },
  };
}

/** What has come before has a place in the line of those that were put off. */
function askOf(urgency: Urgency, { receives, inHand }: AttemptInfo): Omit<Ask, "brand"> {
  const messageKind = receives > 1 ? "returning" : "new";
  return { kind: urgency === "receipt" ? "receipt" : messageKind, places: inHand };
}

/** The deprecated endpoint has no integration id in its path. */
function pathOf(path: keyof typeof PATHS, integrationId: string): string {
  const integration = path === "legacy" ? "" : `${encodeURIComponent(integrationId)}/`;
  return `/api/v2/conversations/messages/${integration}${PATHS[path].suffix}`;
}

async function post(
  url: URL,
  token: string,
  body: object,
  countAnswer: CountAnswer,
): Promise<Answer> {
  try {
    const request = exchange(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: wellFormedJson(body),
      timeoutMs: TIMEOUT_MS,
    });
    return await counted(request, countAnswer);
  } catch (error) {
    throw new OutageFailure(`Genesys could not be reached (${nameOf(error)}).`);
  }
}

/** The text of an answer that accepts. */
async function accept(
  answer: Answer,
  secret: ReloadableSecret<IntegrationSecret>,
  path: keyof typeof PATHS,
): Promise<string> {
  const { status, text } = answer;
  const outcome = outcomeOf(status);
  // Accepted is accepted: to try again because of the answer's body would double the message.
  if (outcome === "accepted") return text ?? "";
  if (outcome === "retryable") throw retryable("Genesys", status, answer.headers);
  if (outcome === "unauthorized") {
    throw new CredentialsRefused("genesys", "Genesys refused the access token with 401.");
  }
  if (text === undefined) {
    throw new OutageFailure(`Genesys answered ${status}, but its body cannot be read.`);
  }
  const isIntegrationMissing = status === 404 && !PATHS[path].isAboutMessage;
  // The integration may have been created again; the next try then uses its new id.
  if (isIntegrationMissing) await secret.reload();
  throw refusal(answer, isIntegrationMissing);
}

/** Never the message of the error body: it may quote the text. */
function refusal({ status, headers, text = "" }: Answer, isIntegrationMissing: boolean): Error {
  const { code, contextId } = errorBody.safeParse(parseJson(text)).data ?? {};
  const refused = `Genesys refused with ${[status, code].filter(Boolean).join(" ")}`;
  const failure =
    status === 403
      ? new ConfigurationFailure(
          "genesys",
          `${refused}: give the OAuth client's role the permission conversation:message:receive.`,
        )
      : isIntegrationMissing
        ? new ConfigurationFailure(
            "genesys",
            `${refused}: check integrationId in the brand's Genesys secret.`,
          )
        : new PermanentFailure("GenesysRefused", `${refused}.`);
  failure.contextId = contextId;
  const isPassing = failure instanceof PermanentFailure && outcomeOf(status) === "passing";
  return isPassing ? new RefusedForNow(failure, retryAfterSeconds(headers)) : failure;
}

/** Genesys can accept the call and refuse the receipt in the answer's body. */
function refuseFailedReceipt(text: string, sent: InboundReceipt["status"]): void {
  const answer = receiptAnswer.safeParse(parseJson(text));
  if (answer.success && answer.data.status === "Failed" && sent !== "Failed") {
    throw new PermanentFailure("ReceiptRefused", "Genesys accepted the call but not the receipt.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
