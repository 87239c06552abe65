import type { SimulatorAnswer, SimulatorRequest } from "../simulator-server.ts";
import { createTokenStore, mediaType } from "../token-store.ts";
import type { OnTraffic } from "../traffic.ts";
import { createAdmission } from "./admission.ts";
import type { GenesysDownloads } from "./downloads.ts";
import type { GenesysInbound } from "./inbound.ts";
import type { OpenIntegration } from "./integration.ts";
import { badRequest, GenesysRefusal } from "./refusal.ts";
import { type ClientCredentials, issueClientToken } from "./token.ts";

/** `request.bytes.max` of Genesys Cloud's organization limits. */
export const GENESYS_BODY_LIMIT_BYTES = 512_000;

const LEGACY_PATH = "/api/v2/conversations/messages/inbound/open";
const PATH = /^\/api\/v2\/conversations\/messages\/([^/]+)\/inbound\/open\/(.+)$/;

type GateAnswer = {
  status: number;
  headers?: Record<string, string>;
  what: string;
  text?: string;
  brandKey?: string | undefined;
} & ({ body: object } | { bytes: Buffer });

/**
 * What the Platform API does with every request before and after the operation's own work:
 * correlation id, admission, form of the body, error answers. Issues the tokens and serves agents'
 * files too, which need no admission.
 */
export function createGenesysGate(options: {
  integrations: OpenIntegration[];
  inbound: GenesysInbound;
  downloads: GenesysDownloads;
  requestsPerMinute: number;
  tokenSeconds: number;
  now: () => number;
  onTraffic: OnTraffic;
}): (request: SimulatorRequest) => SimulatorAnswer {
  const { integrations, inbound, downloads, tokenSeconds, now } = options;
  const tokens = createTokenStore<ClientCredentials>({ seconds: tokenSeconds, length: 86, now });
  const admit = createAdmission({ ...options, tokens });

  const operate = (request: SimulatorRequest): GateAnswer => {
    const [, integrationId = "", name = ""] = PATH.exec(request.path) ?? [];
    const operation = request.path === LEGACY_PATH ? inbound.legacy : inbound.operations.get(name);
    if (operation === undefined) {
      throw new GenesysRefusal(404, "not.found", "The requested resource was not found.");
    }
    if (request.method !== "POST") {
      throw new GenesysRefusal(405, "method.not.allowed", "HTTP 405 Method Not Allowed");
    }
    admit(request);
    const body = readJson(request);
    const { integration, ...answer } = operation({ integrationId, query: request.query, body });
    return { status: 200, ...answer, brandKey: integration.brandKey };
  };

  return (request) => {
    const at = now();
    const started = performance.now();
    const contextId = crypto.randomUUID();
    let answer: GateAnswer;
    try {
      answer =
        request.path === "/oauth/token" && request.method === "POST"
          ? { ...issueClientToken(request, integrations, tokens, tokenSeconds), what: "token" }
          : (downloads.answer(request) ?? operate(request));
    } catch (error) {
      if (!(error instanceof GenesysRefusal)) {
        throw error;
      }
      answer = refusedAnswer(error, contextId, `${request.method} ${request.path}`);
      const integrationId = PATH.exec(request.path)?.[1];
      answer.brandKey = integrations.find((one) => one.integrationId === integrationId)?.brandKey;
    }
    const { status, what, text, brandKey, headers, ...content } = answer;
    options.onTraffic({
      at,
      from: "bridge",
      to: "Genesys",
      ...(brandKey !== undefined && { brandKey }),
      what,
      ...(text && { text }),
      status,
      milliseconds: Math.round(performance.now() - started),
    });
    return { status, headers: { ...headers, "inin-correlation-id": contextId }, ...content };
  };
}

function refusedAnswer(refusal: GenesysRefusal, contextId: string, what: string): GateAnswer {
  const { status, code, message, details, extra, headers } = refusal;
  const fields = details.map(({ fieldName }) => fieldName).join(", ");
  return {
    status,
    headers,
    what,
    text: `${code} ${fields}`.trim(),
    body: { message, code, status, contextId, details, errors: [], ...extra },
  };
}

/** @throws {GenesysRefusal} 415, 413, 400 */
function readJson(request: SimulatorRequest): unknown {
  if (mediaType(request.headers) !== "application/json") {
    throw new GenesysRefusal(
      415,
      "unsupported.media.type",
      "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.",
    );
  }
  if (request.tooLarge) {
    throw new GenesysRefusal(
      413,
      "request.entity.too.large",
      `The request is over the size limit. Maximum bytes: ${GENESYS_BODY_LIMIT_BYTES}`,
    );
  }
  try {
    return JSON.parse(request.body.toString());
  } catch {
    throw badRequest();
  }
}
