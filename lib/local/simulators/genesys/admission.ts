import { createRequestWindow } from "../request-window.ts";
import type { SimulatorRequest } from "../simulator-server.ts";
import { bearerToken, type TokenStore } from "../token-store.ts";
import { type OAuthClient, RECEIVE_PERMISSION } from "./oauth-client.ts";
import { GenesysRefusal } from "./refusal.ts";

/**
 * Lets a request to the Platform API pass if its token is valid and its OAuth client is within the rate
 * limit and has all of the permissions. Refused requests do not count against the limit.
 * @throws {GenesysRefusal} 401, 429, 403
 */
export type Admit = (request: SimulatorRequest, needed: readonly string[]) => void;

export function createAdmission(options: {
  clients: OAuthClient[];
  tokens: TokenStore<OAuthClient>;
  requestsPerMinute: number;
  now: () => number;
}): Admit {
  const window = createRequestWindow({
    requests: options.requestsPerMinute,
    milliseconds: 60_000,
    now: options.now,
  });
  return (request, needed) => {
    const token = bearerToken(request.headers);
    if (token === undefined) {
      throw new GenesysRefusal(
        401,
        "authentication.required",
        "No authentication bearer token specified in authorization header.",
      );
    }
    const client = options.tokens.ownerOf(token);
    if (client === undefined) {
      throw new GenesysRefusal(401, "bad.credentials", "Invalid login credentials.");
    }
    const seconds = window.take(client.clientId);
    if (seconds !== undefined) {
      throw tooManyRequests(seconds, options.requestsPerMinute);
    }
    const permissions = options.clients
      .filter(({ clientId }) => clientId === client.clientId)
      .flatMap((one) => one.permissions ?? [RECEIVE_PERMISSION]);
    const missing = needed.filter((permission) => !permissions.includes(permission));
    if (missing.length > 0) {
      throw new GenesysRefusal(
        403,
        "missing.permissions",
        `Unable to perform the requested action. You are missing the following permission(s): ${missing.join(", ")}`,
      );
    }
  };
}

/** Genesys Cloud, rate limits: `Retry-After` in whole seconds. */
function tooManyRequests(seconds: number, value: number): GenesysRefusal {
  const key = "client.credentials.token.rate.per.minute";
  return new GenesysRefusal(
    429,
    "too.many.requests",
    `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`,
    {
      headers: { "retry-after": String(seconds) },
      extra: { limit: { namespace: "platform.api", key, value } },
    },
  );
}
