import type { SimulatorRequest } from "../simulator-server.ts";
import { mediaType, type TokenStore } from "../token-store.ts";
import type { OAuthClient } from "./oauth-client.ts";

/**
 * Genesys Cloud, Login: POST /oauth/token with Basic authentication and `client_credentials`. 401
 * where the client gives no credentials, 400 where they are wrong; errors have OAuth's form.
 */
export function issueClientToken(
  request: SimulatorRequest,
  clients: OAuthClient[],
  tokens: TokenStore<OAuthClient>,
  tokenSeconds: number,
): { status: number; body: object; brandKey?: string } {
  if (mediaType(request.headers) !== "application/x-www-form-urlencoded" || request.tooLarge) {
    return refused(400, "invalid_request", "the body must be application/x-www-form-urlencoded");
  }
  const basic = /^Basic +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic === undefined) {
    return refused(401, "invalid_client", "authentication failed");
  }
  const [clientId, ...secret] = Buffer.from(basic, "base64").toString().split(":");
  const client = clients.find(
    (one) => one.clientId === clientId && one.clientSecret === secret.join(":"),
  );
  if (client === undefined) {
    return refused(400, "invalid_client", "authentication failed");
  }
  const grantType = new URLSearchParams(request.body.toString()).get("grant_type");
  if (grantType !== "client_credentials") {
    return refused(400, "unsupported_grant_type", `grant type ${grantType} is not supported`);
  }
  return {
    status: 200,
    body: {
      access_token: tokens.issue(client),
      token_type: "bearer",
      expires_in: tokenSeconds,
    },
  };
}

function refused(status: number, error: string, description: string) {
  return { status, body: { error, description, error_description: description } };
}
