import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ACCOUNT_ID } from "../template/stack-definition.ts";
import { decode } from "./route-matcher.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].concat([
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
]);

/**
 * Content types whose body API Gateway hands over as text. All others come in base64: also a missing
 * one, and JSON dialects such as application/problem+json.
 */
const TEXT_TYPES = /^(text\/[^;]+|application\/(json|xml|javascript))\s*(;|$)/i;

/**
 * Makes the event (payload format 2.0) that API Gateway gives a function:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function gatewayEvent(
  request: IncomingMessage,
  body: Buffer,
  route: { routeKey: string; apiId: string; pathParameters: Record<string, string> },
): APIGatewayProxyEventV2 {
  const now = new Date();
  const url = request.url ?? "/";
  const queryStart = url.indexOf("?");
  const path = decode(queryStart < 0 ? url : url.slice(0, queryStart));
  const query = queryStart < 0 ? "" : url.slice(queryStart + 1);
  const headers = joinHeaders(request.rawHeaders);
  const requestId = randomUUID();
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  const host = headers.host ?? "127.0.0.1";
  const domainName = host.replace(/:\d+$/, "");
  const { cookie } = headers;

  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...headers,
      "content-length": String(body.length),
      host,
      "x-amzn-trace-id": `Root=1-${Math.floor(now.getTime() / 1000).toString(16)}-${requestId.replaceAll("-", "").slice(0, 24)}`,
      "x-forwarded-for": [headers["x-forwarded-for"], sourceIp].filter(Boolean).join(", "),
      "x-forwarded-port": String(request.socket.localPort ?? ""),
      "x-forwarded-proto": "http",
    },
    ...(query === "" ? {} : { queryStringParameters: joinQuery(query) }),
    requestContext: {
      accountId: ACCOUNT_ID,
      apiId: route.apiId,
      domainName,
      domainPrefix: domainName.split(".")[0] ?? "",
      http: {
        method: request.method ?? "",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: route.routeKey,
      stage: "$default",
      time: clfTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(route.pathParameters).length === 0
      ? {}
      : { pathParameters: route.pathParameters }),
    ...bodyOf(body, headers["content-type"] ?? ""),
  };
}

/** Names in lower case, repeated headers joined with commas. */
function joinHeaders(rawHeaders: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = rawHeaders[index + 1] ?? "";
    const separator = name === "cookie" ? "; " : ",";
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}${separator}${value}`;
  }
  return headers;
}

function joinQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters[name];
    parameters[name] = before === undefined ? value : `${before},${value}`;
  }
  return parameters;
}

function bodyOf(body: Buffer, contentType: string): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const text = TEXT_TYPES.test(contentType) ? utf8(body) : undefined;
  return text === undefined
    ? { body: body.toString("base64"), isBase64Encoded: true }
    : { body: text, isBase64Encoded: false };
}

/** Undefined when the bytes are not UTF-8. A byte order mark stays, so that the text encodes to the same bytes. */
function utf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** For example `12/Mar/2026:19:03:58 +0000`. */
function clfTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${day}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}
