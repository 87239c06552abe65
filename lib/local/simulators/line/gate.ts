import type { SimulatorAnswer, SimulatorRequest } from "../simulator-server.ts";
import { bearerToken, createTokenStore, mediaType } from "../token-store.ts";
import type { OnTraffic } from "../traffic.ts";
import type { LineChannel } from "./channel.ts";
import type { LineAnswer, LineRoute } from "./line-route.ts";
import { LineRefusal } from "./refusal.ts";
import { issueStatelessToken, LINE_TOKEN_SECONDS } from "./token.ts";

/** "The access token might be long": real stateless tokens exceed 200 characters. */
const TOKEN_LENGTH = 240;

const INVALID_TOKEN =
  "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.";

/**
 * What LINE does with every API request before and after the route itself: request id, access token, form
 * of the body, error answers. Also issues the tokens.
 */
export function createLineGate(options: {
  channels: LineChannel[];
  routes: LineRoute[];
  requestId: () => string;
  now: () => number;
  onTraffic: OnTraffic;
}): (request: SimulatorRequest) => Promise<SimulatorAnswer> {
  const tokens = createTokenStore<LineChannel>({
    seconds: LINE_TOKEN_SECONDS,
    length: TOKEN_LENGTH,
    now: options.now,
  });

  const channelOf = (request: SimulatorRequest): LineChannel | undefined => {
    const token = bearerToken(request.headers);
    return token === undefined
      ? undefined
      : (tokens.ownerOf(token) ??
          options.channels.find(({ channelAccessToken }) => channelAccessToken === token));
  };

  const callRoute = async (
    request: SimulatorRequest,
    requestId: string,
    channel: LineChannel | undefined,
  ): Promise<LineAnswer> => {
    const routes = options.routes.filter(({ path }) => path.test(request.path));
    const route = routes.find(({ method }) => method === request.method);
    if (route === undefined) {
      throw routes.length === 0
        ? new LineRefusal(404, "Not found")
        : new LineRefusal(405, "Method not allowed");
    }
    if (channel === undefined) {
      throw new LineRefusal(401, INVALID_TOKEN);
    }
    const retryKey = request.headers["x-line-retry-key"];
    if (retryKey !== undefined && !route.isRetryable) {
      // LINE, Retrying an API request: "rejected and the status code 400"; its words are not documented.
      throw new LineRefusal(400, "The retry key is not supported");
    }
    const answer = await route.answer({
      channel,
      requestId,
      retryKey: Array.isArray(retryKey) ? retryKey.join() : retryKey,
      parameters: (route.path.exec(request.path) ?? []).slice(1).map(decode),
      body: route.method === "GET" ? undefined : readJson(request),
    });
    return { what: route.what, ...answer };
  };

  return async (request) => {
    const at = options.now();
    const started = performance.now();
    const requestId = options.requestId();
    let channel = channelOf(request);
    let answer: LineAnswer;
    try {
      if (request.path === "/oauth2/v3/token" && request.method === "POST") {
        const issued = issueStatelessToken(request, options.channels, tokens);
        channel = issued.channel;
        answer = { ...issued, what: "token" };
      } else {
        answer = await callRoute(request, requestId, channel);
      }
    } catch (error) {
      if (!(error instanceof LineRefusal)) {
        throw error;
      }
      const { status, message, details } = error;
      const text = [message, ...details.map((one) => `${one.property}: ${one.message}`)];
      answer = {
        status,
        what: `${request.method} ${request.path}`,
        text: text.join(" · "),
        body: details.length > 0 ? { message, details } : { message },
      };
    }
    options.onTraffic({
      at,
      from: "bridge",
      to: "LINE",
      ...(channel && { brandKey: channel.brandKey }),
      what: answer.what ?? request.path,
      ...(answer.text && { text: answer.text }),
      status: answer.status,
      milliseconds: Math.round(performance.now() - started),
    });
    return { ...answer, headers: { ...answer.headers, "x-line-request-id": requestId } };
  };
}

/** @throws {LineRefusal} 415, 413, 400 */
function readJson(request: SimulatorRequest): unknown {
  const type = mediaType(request.headers);
  if (type !== "application/json") {
    throw new LineRefusal(415, `The content type, ${type || "null"}, is not supported`);
  }
  if (request.tooLarge) {
    throw new LineRefusal(413, "The request body is too large");
  }
  try {
    return JSON.parse(request.body.toString());
  } catch {
    throw new LineRefusal(400, "The request body could not be parsed as JSON (line: 1, column: 1)");
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
