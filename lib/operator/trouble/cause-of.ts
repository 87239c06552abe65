import type { Answer } from "../../../lambdas/shared/platform/exchange.ts";
import { parseJson } from "../platforms/parse-json.ts";
import type { Cause } from "./causes.ts";

/** Node's and OpenSSL's codes, and names of errors that have none. */
const CODES: readonly [Cause, RegExp][] = [
  ["refused", /^ECONNREFUSED$/],
  ["unknownName", /^(ENOTFOUND|EAI_\w+|ENODATA)$/],
  ["noRoute", /^(ENETUNREACH|EHOSTUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|EINVAL)$/],
  [
    "unknownIssuer",
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|CERT_UNTRUSTED|INVALID_CA)$/,
  ],
  ["outdated", /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/],
  ["otherHost", /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/],
  ["noTls", /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+|CERT_\w+)$/],
  ["noHttp", /^HPE_\w+$/],
  ["late", /^(TimeoutError|ETIMEDOUT|ESOCKETTIMEDOUT)$/],
  ["cut", /^(ECONNRESET|ECONNABORTED|EPIPE)$/],
  ["undocumented", /^ZodError$/],
];

/** The chain of causes is short; one that leads back to itself must not hang the command. */
const MAX_DEPTH = 8;

/**
 * Why there is no answer; undefined if nothing is known of the error. A cause can hide in the error's cause, and where
 * a name has several addresses there is one error for each: then the first known cause counts, which is the first
 * address's.
 */
export function causeOfError(error: unknown): Cause | undefined {
  const errors = chainOf(error);
  const message = (text: RegExp) => errors.some((one) => text.test(String(one.message)));
  // Of Node's agents.
  if (message(/^Proxy response \(407\)|^Failed to establish tunnel .* 407/)) return "proxyLogin";
  if (message(/^Proxy response \(|^Failed to establish tunnel /)) return "proxy";
  for (const name of errors.flatMap((one) => [one.code, one.name])) {
    const [cause] = CODES.find(([, codes]) => codes.test(String(name))) ?? [];
    if (cause !== undefined) return cause;
  }
  return undefined;
}

interface Linked {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** The innermost errors first, because they say most. */
function chainOf(error: unknown, depth = 0): Linked[] {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return [];
  const { cause, errors }: Linked = error;
  const inner = [...(Array.isArray(errors) ? errors : []), cause];
  return [...inner.flatMap((one) => chainOf(one, depth + 1)), error];
}

/**
 * Why an answer is none of the one who was called; undefined if it may be, also where it refuses credentials,
 * permissions or a body, or says in JSON that something does not exist. `isLogin`: nothing can be missing there.
 */
export function causeOfAnswer(
  { status, headers, text }: Answer,
  { isLogin }: { isLogin: boolean },
): Cause | undefined {
  if (status === 407) return "proxyLogin";
  if (status === 429) return "busy";
  if (status === 408) return "late";
  if (status >= 500) return "down";
  if (status >= 300 && status < 400) return "redirect";
  if (text === undefined) return "cut";
  if (/^\s*</.test(text) || /html/i.test(headers["content-type"] ?? "")) return "page";
  const isJson = parseJson(text) !== undefined;
  if ([404, 405, 410].includes(status) && (isLogin || !isJson)) return "unknownPath";
  return text === "" || isJson ? undefined : "noJson";
}
