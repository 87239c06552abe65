import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { InvocationResult } from "../functions/function-messages.ts";
import { type HttpServer, readBody, startHttpServer } from "../http-server.ts";
import { gatewayEvent } from "./gateway-event.ts";
import { type GatewayResponse, gatewayMessage, gatewayResponse } from "./gateway-response.ts";
import { matchRoute } from "./route-matcher.ts";

/** Limit of API Gateway for a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Limit of Lambda for an event. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/** A tunnel for a real LINE channel leads here under a name of its own; signatures tell who calls. */
const ENDS_TUNNELS = true;

interface GatewayRoute {
  /** For example `POST /line/{brand}`. */
  routeKey: string;
  apiId: string;
  /** At most 30,000. */
  timeoutMilliseconds: number;
  /** `isWaiting`: whether the sender of the request still waits for the answer. */
  invoke(event: APIGatewayProxyEventV2, isWaiting: () => boolean): Promise<InvocationResult>;
}

/** One answered request. */
export interface GatewayRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** The route's key; undefined when no route matches. */
  route: string | undefined;
  status: number;
  milliseconds: number;
}

/** What was sent and answered. */
export interface GatewayBodies {
  /** Undefined where it was too large. */
  request: Buffer | undefined;
  answer: Buffer;
}

export type OnRequest = (request: GatewayRequest, bodies: GatewayBodies) => void;

export interface Gateway extends HttpServer {
  /** From now on requests go to these routes; until then they get 503. */
  serve(routes: GatewayRoute[]): void;
}

/** Starts an HTTP API (API Gateway v2, stage `$default`) on 127.0.0.1. Rejects when the port is taken. */
export async function startGateway(port: number, onRequest: OnRequest): Promise<Gateway> {
  let routes: GatewayRoute[] | undefined;

  const answerTo = async (
    request: IncomingMessage,
    body: Buffer | undefined,
    path: string,
  ): Promise<{ route: string | undefined; answer: GatewayResponse }> => {
    if (routes === undefined) {
      return { route: undefined, answer: gatewayMessage(503, "Service Unavailable") };
    }
    const match = matchRoute(routes, request.method ?? "", path);
    if (match === undefined) {
      return { route: undefined, answer: gatewayMessage(404, "Not Found") };
    }
    const { route, pathParameters } = match;
    const answer =
      body === undefined
        ? gatewayMessage(413, "Request Entity Too Large")
        : await invoke(
            route,
            gatewayEvent(request, body, { ...route, pathParameters }),
            () => !request.socket.destroyed,
          );
    return { route: route.routeKey, answer };
  };

  const server = await startHttpServer(
    async (request, response) => {
      const started = performance.now();
      const path = (request.url ?? "/").split("?")[0] ?? "/";
      const body = await readBody(request, MAX_BODY_BYTES);
      const { route, answer } = await answerTo(request, body, path);
      response.writeHead(answer.status, {
        ...answer.headers,
        "apigw-requestid": randomUUID(),
        "content-length": answer.body.length,
      });
      response.end(answer.body);
      const milliseconds = Math.round(performance.now() - started);
      const { method = "" } = request;
      onRequest(
        { method, path, route, status: answer.status, milliseconds },
        { request: body, answer: answer.body },
      );
    },
    port,
    ENDS_TUNNELS,
  );

  return {
    ...server,
    serve(served) {
      routes = served;
    },
  };
}

async function invoke(
  route: GatewayRoute,
  event: APIGatewayProxyEventV2,
  isWaiting: () => boolean,
): Promise<GatewayResponse> {
  if (Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) {
    return gatewayMessage(413, "Request Entity Too Large");
  }
  const result = await withTimeout(route.invoke(event, isWaiting), route.timeoutMilliseconds);
  if (result === undefined) return gatewayMessage(503, "Service Unavailable");
  const answer = result.ok ? gatewayResponse(result.payload) : undefined;
  return answer ?? gatewayMessage(500, "Internal Server Error");
}

/** Undefined when the time is up; the work itself goes on. */
function withTimeout<Value>(
  work: Promise<Value>,
  milliseconds: number,
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
