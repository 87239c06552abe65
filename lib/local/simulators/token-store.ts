import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** Access tokens that a simulator issued; each belongs to one owner (a channel, an OAuth client). */
export interface TokenStore<Owner> {
  issue(owner: Owner): string;
  /** Undefined for a token that was never issued or has expired. */
  ownerOf(token: string): Owner | undefined;
}

/** Random tokens of `length` characters (LINE's are long) that live `seconds` by the clock `now`. */
export function createTokenStore<Owner>(options: {
  seconds: number;
  length: number;
  now: () => number;
}): TokenStore<Owner> {
  const issued = new Map<string, { owner: Owner; expiresAt: number }>();
  return {
    issue(owner) {
      for (const [token, { expiresAt }] of issued) {
        if (expiresAt <= options.now()) {
          issued.delete(token);
        }
      }
      const token = randomBytes(options.length).toString("base64url").slice(0, options.length);
      issued.set(token, { owner, expiresAt: options.now() + options.seconds * 1000 });
      return token;
    },
    ownerOf(token) {
      const entry = issued.get(token);
      return entry !== undefined && options.now() < entry.expiresAt ? entry.owner : undefined;
    },
  };
}

/** The token of `Authorization: Bearer …`, or undefined. */
export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
}

/** The media type of a request in lower case, without parameters; "" when there is none. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers["content-type"]?.split(";")[0] ?? "").trim().toLowerCase();
}
