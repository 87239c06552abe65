import type { IncomingHttpHeaders } from "node:http";
import { type HttpServer, readBody, startHttpServer } from "../http-server.ts";

/** SQS accepts 1 MiB and DynamoDB 16 MiB. fauxqs accepts 11 MiB for S3, where our parts have 5 MiB. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

export interface AwsRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Aborted when the caller leaves before the answer. */
  signal: AbortSignal;
}

export interface AwsResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/**
 * Starts a server that functions use as one of AWS's services. `handle` sees each request as a
 * whole; if it resolves to undefined, the connection is cut.
 */
export function startAwsServer(
  handle: (request: AwsRequest) => Promise<AwsResponse | undefined>,
): Promise<HttpServer> {
  return startHttpServer(async (request, response) => {
    const left = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) left.abort();
    });
    const body = await readBody(request, MAX_REQUEST_BYTES);
    if (body === undefined) {
      response.writeHead(413).end();
      return;
    }
    const { method = "POST", url = "/", headers } = request;
    const answer = await handle({ method, path: url, headers, body, signal: left.signal });
    if (answer === undefined) {
      response.destroy();
      return;
    }
    // An answer to HEAD has no body, but the length that the answer to GET would have.
    const length = method === "HEAD" ? {} : { "content-length": answer.body.length };
    response.writeHead(answer.status, { ...answer.headers, ...length });
    response.end(answer.body);
  });
}
