import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { type HttpServer, readBody, startHttpServer } from "../http-server.ts";

/** SQS takes 1 MiB, DynamoDB 16 MiB. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

export interface AwsRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Aborted when the caller has gone before its answer. */
  signal: AbortSignal;
}

export interface AwsResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export type Forward = (request: AwsRequest) => Promise<AwsResponse>;

/**
 * Puts a server in front of an emulator; `handle` sees each request and passes it on, or answers
 * by itself. Requests reach the emulator whole or not at all: dynalite would end its process when
 * a function is stopped in the middle of a request.
 */
export async function startAwsProxy(
  target: string,
  handle: (request: AwsRequest, forward: Forward) => Promise<AwsResponse>,
): Promise<HttpServer> {
  // Unused connections are given up before the emulator closes them; a long poll takes 20 s.
  const agent = new Agent({ keepAlive: true, timeout: 30_000 });
  const server = await startHttpServer(async (request, response) => {
    const left = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) left.abort();
    });
    const body = await readBody(request, MAX_REQUEST_BYTES);
    if (body === undefined) {
      response.writeHead(413).end();
      return;
    }
    const answer = await handle(
      {
        method: request.method ?? "POST",
        path: request.url ?? "/",
        headers: request.headers,
        body,
        signal: left.signal,
      },
      (forwarded) => send(target, forwarded, agent),
    );
    response.writeHead(answer.status, {
      ...answer.headers,
      "content-length": answer.body.length,
    });
    response.end(answer.body);
  });
  return {
    ...server,
    async close() {
      await server.close();
      agent.destroy();
    },
  };
}

function send(target: string, request: AwsRequest, agent: Agent): Promise<AwsResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${target}${request.path}`,
      {
        method: request.method,
        agent,
        headers: { ...request.headers, "content-length": request.body.length },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const { connection, "transfer-encoding": _encoding, ...headers } = incoming.headers;
          resolve({
            status: incoming.statusCode ?? 502,
            headers,
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(request.body);
  });
}
