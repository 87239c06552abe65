import { createHmac } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** base64 HMAC-SHA256, as LINE and Genesys Cloud sign. */
export function sign(body: string | Buffer, secret: string): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}

/** The event that API Gateway makes of a POST (payload format 2.0). */
export function httpEvent(
  brand: string,
  body: string,
  headers: Record<string, string>,
  isBase64Encoded = false,
): APIGatewayProxyEventV2 {
  return {
    version: "2.0",
    routeKey: "POST /line/{brand}",
    rawPath: `/line/${brand}`,
    rawQueryString: "",
    headers,
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: {
        method: "POST",
        path: `/line/${brand}`,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "LineBotWebhook/2.0",
      },
      requestId: "request",
      routeKey: "POST /line/{brand}",
      stage: "$default",
      time: "23/Nov/2026:00:00:00 +0000",
      timeEpoch: 1_795_392_000_000,
    },
    pathParameters: { brand },
    body,
    isBase64Encoded,
  };
}
