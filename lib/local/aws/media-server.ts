import {
  Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from "node:http";
import { pipeline } from "node:stream/promises";
import { type HttpServer, startHttpServer } from "../http-server.ts";
import type { MediaDefinition } from "../template/media-definition.ts";

export interface MediaServer extends HttpServer {
  /** From now on the bucket's objects can be fetched; until then everything is 403. */
  serve(media: MediaDefinition): void;
}

/** S3's answer to a caller who may read but not list: the same for a missing key and a forbidden one. */
const ACCESS_DENIED =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

/**
 * Starts a stand-in for CloudFront in front of a private bucket: whoever knows an object's key
 * can read it without credentials, and nothing else. Unlike CloudFront it caches nothing.
 */
export async function startMediaServer(s3Url: string): Promise<MediaServer> {
  const agent = new Agent({ keepAlive: true, timeout: 30_000 });
  let media: MediaDefinition | undefined;

  const server = await startHttpServer(async (request, response) => {
    const start = (status: number, headers: OutgoingHttpHeaders) =>
      response.writeHead(status, withServedHeaders(headers, media));
    const { method = "" } = request;
    if (method !== "GET" && method !== "HEAD") {
      start(405, { allow: "GET, HEAD" }).end();
      return;
    }
    // CloudFront does not pass queries on; `/` would be the list of the bucket.
    const [path = "/"] = (request.url ?? "/").split("?");
    const object =
      media === undefined || path === "/"
        ? undefined
        : await fetchObject(s3Url, {
            agent,
            method,
            // The path is not made part of a URL, which would resolve `..` to another bucket.
            path: `/${media.bucketName}${path}`,
            headers: requestHeaders(request.headers),
          });
    if (object === undefined) {
      start(403, { "content-type": "application/xml" }).end(ACCESS_DENIED);
      return;
    }
    start(object.statusCode ?? 502, objectHeaders(object.headers));
    await pipeline(object, response);
  });

  return {
    ...server,
    serve(served) {
      media = served;
    },
    async close() {
      await server.close();
      agent.destroy();
    },
  };
}

/** The object's answer, its body still to be read; undefined for a missing key. */
function fetchObject(s3Url: string, options: RequestOptions): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(s3Url, options, (incoming) => {
      if (incoming.statusCode !== 404) {
        resolve(incoming);
        return;
      }
      incoming.resume();
      resolve(undefined);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** S3 ignores a header with several ranges; fauxqs refuses it. */
const ONE_RANGE = /^bytes=(\d+-\d*|-\d+)$/;

function requestHeaders({
  range,
  "if-none-match": match,
  "if-modified-since": since,
}: IncomingHttpHeaders): OutgoingHttpHeaders {
  return {
    ...(range !== undefined && ONE_RANGE.test(range) ? { range } : {}),
    ...(match === undefined ? {} : { "if-none-match": match }),
    ...(since === undefined ? {} : { "if-modified-since": since }),
  };
}

function objectHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const { connection, "keep-alive": _alive, "transfer-encoding": _encoding, ...own } = headers;
  return { "accept-ranges": "bytes", ...own };
}

function withServedHeaders(
  headers: OutgoingHttpHeaders,
  media: MediaDefinition | undefined,
): OutgoingHttpHeaders {
  const served =
    media?.headers.filter(({ name, override }) => override || !(name in headers)) ?? [];
  return { ...headers, ...Object.fromEntries(served.map(({ name, value }) => [name, value])) };
}
