import type { OpenIntegration } from "../../../../../lib/local/simulators/genesys/integration.ts";
import type { OAuthCredentials } from "../../../../../lib/local/simulators/genesys/oauth-client.ts";

export const USER = `U${"a".repeat(32)}`;

export const RETAIL: OpenIntegration = {
  brandKey: "retail",
  integrationId: "11111111-2222-4333-8444-555555555555",
  name: "LINE Retail",
  webhookSecret: "webhook-secret-of-retail",
  clientId: "client",
  clientSecret: "secret",
};

/** Calls an inbound operation of the integration with a fresh token. */
export function postInbound(
  origin: string,
  operation: string,
  body: object,
  integration: OpenIntegration = RETAIL,
) {
  const { integrationId } = integration;
  const path = `/api/v2/conversations/messages/${integrationId}/inbound/open/${operation}`;
  return postGenesys(origin, path, body, integration);
}

/** Calls an operation with a fresh token. */
export async function postGenesys(
  origin: string,
  path: string,
  body: object,
  { clientId, clientSecret }: OAuthCredentials,
) {
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const login = await fetch(`${origin}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  const { access_token: token } = (await login.json()) as { access_token: string };
  const response = await fetch(`${origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** `channel` of an inbound body. */
export function channelOf(fromId: string) {
  return { from: { id: fromId, idType: "Opaque" }, time: "2026-11-23T00:00:00Z" };
}
