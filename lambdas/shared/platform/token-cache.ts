import type { AccessToken } from "./with-access-token.ts";

/** An access token and how long the issuer says it lives. */
export interface IssuedToken {
  token: string;
  expiresInSeconds: number;
}

const MARGIN_SECONDS = 60;

interface Entry {
  value: Promise<string>;
  expiresAt: number;
}

/** Access tokens by the credentials that they were issued for, each until shortly before it expires. */
export interface TokenCache {
  /** Whether a token is at hand that nobody needs to issue. */
  has(credentials: string): boolean;
  /** The cached token, or a new one from `issue`; callers at the same moment share one request. */
  get(credentials: string, issue: () => Promise<IssuedToken>): Promise<AccessToken>;
}

/** Lives in a function's memory. A failed issue is not kept. `now` in ms. */
export function createTokenCache(now: () => number): TokenCache {
  const entries = new Map<string, Entry>();

  function token(credentials: string, issue: () => Promise<IssuedToken>): Entry {
    const cached = entries.get(credentials);
    if (cached !== undefined && now() < cached.expiresAt) return cached;
    const entry: Entry = {
      expiresAt: Number.POSITIVE_INFINITY,
      value: issue().then(
        ({ token, expiresInSeconds }) => {
          // Short-lived tokens keep half of their life: a margin of a minute would leave none.
          const usable = Math.max(expiresInSeconds - MARGIN_SECONDS, expiresInSeconds / 2);
          entry.expiresAt = now() + usable * 1000;
          return token;
        },
        (error: unknown) => {
          forget(credentials, entry);
          throw error;
        },
      ),
    };
    entries.set(credentials, entry);
    return entry;
  }

  function forget(credentials: string, entry: Entry): void {
    if (entries.get(credentials) === entry) entries.delete(credentials);
  }

  return {
    has(credentials) {
      const entry = entries.get(credentials);
      return (
        entry !== undefined && entry.expiresAt < Number.POSITIVE_INFINITY && now() < entry.expiresAt
      );
    },
    async get(credentials, issue) {
      const entry = token(credentials, issue);
      // Dropping leaves a newer token alone, which another call may have got meanwhile.
      return { value: await entry.value, drop: () => forget(credentials, entry) };
    },
  };
}
