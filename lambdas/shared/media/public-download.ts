import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { RequestFilteringHttpsAgent } from "request-filtering-agent";
import { OutageFailure } from "../failures/failures.ts";
import { outcomeOf } from "../platform/http-outcome.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
  DownloadTooSlow,
} from "./download-errors.ts";
import { guardedBody } from "./guarded-body.ts";

export interface DownloadOptions {
  maxBytes: number;
  /** For the whole transfer. */
  timeoutMs: number;
  /** The first URL must have one of these origins; redirects may leave them. */
  startOrigins?: ReadonlySet<string>;
}

/**
 * Fetches a URL that others have chosen, without credentials. Throws, and so does the body,
 * DownloadRefused, DownloadTooLarge, DownloadGone, or RetryableFailure for an outage; the body that takes
 * longer than it may, DownloadTooSlow.
 */
export type Download = (
  url: string,
  options: DownloadOptions,
) => Promise<{
  body: Readable;
  contentType: string | undefined;
}>;

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads over https from public addresses only, at every redirect. `trustedOrigins` are the
 * platforms' own, which in a local run are neither. `lookup` is for tests.
 */
export function createPublicDownload(deps: {
  trustedOrigins: ReadonlySet<string>;
  lookup?: LookupFunction;
}): Download {
  // Looks at the address to which the name has resolved and connects to exactly that. Only IPv4,
  // which a function has to the outside: IPv6 has too many ways to wrap a private IPv4 address.
  const publicAgent = new RequestFilteringHttpsAgent({
    family: 4,
    ...(deps.lookup !== undefined && { lookup: deps.lookup }),
  });

  function get(url: URL, signal: AbortSignal): Promise<http.IncomingMessage> {
    const isTrusted = deps.trustedOrigins.has(url.origin);
    refuseUnsafe(url, isTrusted);
    const options = {
      // Each download has a connection of its own, that ends with it.
      agent: isTrusted ? false : publicAgent,
      signal,
      headers: {
        accept: "*/*",
        "accept-encoding": "identity",
        "user-agent": "line-genesys-bridge",
      },
    };
    const client = url.protocol === "https:" ? https : http;
    return new Promise((resolve, reject) => {
      client.get(url, options, resolve).on("error", (error) => reject(transferFailure(error)));
    });
  }

  return async (address, { maxBytes, timeoutMs, startOrigins }) => {
    const signal = AbortSignal.timeout(timeoutMs);
    let url = parse(address);
    if (startOrigins !== undefined && !startOrigins.has(url.origin)) {
      throw new DownloadRefused("The URL is on a host from which nothing is expected.");
    }
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const response = await get(url, signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (!REDIRECTS.has(status) || location === undefined) {
        return accept(response, status, maxBytes, signal);
      }
      response.destroy();
      // Node reads headers as Latin-1, servers write UTF-8.
      url = parse(Buffer.from(location, "latin1").toString(), url);
    }
    throw new DownloadRefused(`There are more than ${MAX_REDIRECTS} redirects.`);
  };
}

function parse(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new DownloadRefused("The URL is not valid.");
  return url;
}

function refuseUnsafe(url: URL, isTrusted: boolean): void {
  if (url.username !== "" || url.password !== "") {
    throw new DownloadRefused("The URL holds credentials.");
  }
  if (isTrusted) return;
  if (url.protocol !== "https:") throw new DownloadRefused("The URL is not https.");
  if (url.hostname.startsWith("[")) throw new DownloadRefused("The URL has an IPv6 address.");
}

function accept(
  response: http.IncomingMessage,
  status: number,
  maxBytes: number,
  signal: AbortSignal,
) {
  const { "content-length": length, "content-encoding": encoding } = response.headers;
  const bytes = length === undefined ? undefined : Number(length);
  const failure = refusal(status, bytes, encoding, maxBytes);
  if (failure !== undefined) {
    response.destroy();
    throw failure;
  }
  const failureOf = (error: Error) =>
    signal.aborted ? new DownloadTooSlow("A download takes too long.") : transferFailure(error);
  return {
    body: guardedBody(response, failureOf, maxBytes),
    contentType: response.headers["content-type"],
  };
}

function refusal(
  status: number,
  bytes: number | undefined,
  encoding: string | undefined,
  maxBytes: number,
): Error | undefined {
  // A redirect that leads nowhere is none.
  if (status >= 400 && outcomeOf(status) === "retryable") {
    return new OutageFailure(`The server of a download answered ${status}.`);
  }
  // Any other 2xx is a part, or nothing yet.
  if (status !== 200) return new DownloadGone(status);
  if (bytes !== undefined && bytes > maxBytes) {
    return new DownloadTooLarge(`There are more than ${maxBytes} bytes to download.`);
  }
  if (encoding !== undefined && encoding !== "identity") {
    return new DownloadRefused("The server compresses although asked not to.");
  }
  return undefined;
}

/** Never the message of the error: it names the host. */
function transferFailure(error: Error): Error {
  // The agent's error has neither a class nor a code of its own.
  if (/ is not allowed\. Because/.test(error.message)) {
    return new DownloadRefused("The URL leads to an address that is not public.");
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return new OutageFailure(`A download failed (${code}).`);
}
