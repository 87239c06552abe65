import type { SimulatorAnswer, SimulatorRequest } from "../simulator-server.ts";
import { createTokenStore, mediaType } from "../token-store.ts";
import type { OnTraffic } from "../traffic.ts";
import { createAdmission } from "./admission.ts";
import type { GenesysAnswer, GenesysRoute } from "./api.ts";
import type { GenesysDownloads } from "./downloads.ts";
import type { OAuthClient } from "./oauth-client.ts";
import { badRequest, errorBody, GenesysRefusal, notFound } from "./refusal.ts";
import { issueClientToken } from "./token.ts";

/** `request.bytes.max` of Genesys Cloud's organization limits. */
export const GENESYS_BODY_LIMIT_BYTES = 512_000;

type GateAnswer = GenesysAnswer & { status: number; headers?: Record<string, string> };

/**
 * What the Platform API does with every request before and after the operation itself: correlation id,
 * admission, form of the body, error answers. Also issues tokens and serves agents' files, which need no
 * admission.
 */
export function createGenesysGate(options: {
  clients: OAuthClient[];
  routes: GenesysRoute[];
  downloads: GenesysDownloads;
  /** The brand of the integration that a path names, for people who watch the local run. */
  brandKeyOf: (path: string) => string | undefined;
  requestsPerMinute: number;
  tokenSeconds: number;
  now: () => number;
  onTraffic: OnTraffic;
}): (request: SimulatorRequest) => SimulatorAnswer {
  const { clients, downloads, tokenSeconds, now } = options;
  const tokens = createTokenStore<OAuthClient>({ seconds: tokenSeconds, length: 86, now });
  const admit = createAdmission({ ...options, tokens });

  const operate = (request: SimulatorRequest): GateAnswer => {
    const routes = options.routes.filter(({ path }) => path.test(request.path));
    if (routes.length === 0) {
      throw notFound();
    }
    const route = routes.find(({ method }) => method === request.method);
    if (route === undefined) {
      throw new GenesysRefusal(405, "method.not.allowed", "HTTP 405 Method Not Allowed");
    }
    admit(request, route.permissions);
    const parameters = (route.path.exec(request.path) ?? []).slice(1);
    const hasBody = ["POST", "PUT", "PATCH"].includes(route.method);
    const body = hasBody ? readJson(request) : undefined;
    return { status: 200, ...route.answer({ parameters, query: request.query, body }) };
  };

  return (request) => {
    const at = now();
    const started = performance.now();
    const contextId = crypto.randomUUID();
    let answer: GateAnswer;
    try {
      answer =
        request.path === "/oauth/token" && request.method === "POST"
          ? { ...issueClientToken(request, clients, tokens, tokenSeconds), what: "token" }
          : (downloads.answer(request) ?? operate(request));
    } catch (error) {
      if (!(error instanceof GenesysRefusal)) {
        throw error;
      }
      answer = refusedAnswer(error, contextId, `${request.method} ${request.path}`);
      const brandKey = options.brandKeyOf(request.path);
      answer = { ...answer, ...(brandKey !== undefined && { brandKey }) };
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
  const { status, code, details, extra, headers } = refusal;
  const fields = details.map(({ fieldName }) => fieldName).join(", ");
  return {
    status,
    headers,
    what,
    text: `${code} ${fields}`.trim(),
    body: { ...errorBody(status, refusal, contextId), ...extra },
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
