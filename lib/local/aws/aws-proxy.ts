import { Agent, request as httpRequest } from "node:http";
import type { HttpServer } from "../http-server.ts";
import { type AwsRequest, type AwsResponse, startAwsServer } from "./aws-server.ts";

export type Forward = (request: AwsRequest) => Promise<AwsResponse>;

/**
 * Puts a server in front of an emulator. `handle` sees each request and passes it on, answers it
 * itself, or returns undefined to cut the connection. Requests reach the emulator whole or not at all:
 * dynalite would end its process when a function is stopped in the middle of a request.
 */
export async function startAwsProxy(
  target: string,
  handle: (request: AwsRequest, forward: Forward) => Promise<AwsResponse | undefined>,
): Promise<HttpServer> {
  // Unused connections are closed before the emulator closes them; a long poll takes 20 s.
  const agent = new Agent({ keepAlive: true, timeout: 30_000 });
  const server = await startAwsServer((request) =>
    handle(request, (forwarded) => send(target, forwarded, agent)),
  );
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
    // The body is here already: it is no longer chunked, and nobody waits for a "100 Continue".
    const { "transfer-encoding": _chunked, expect: _continue, ...headers } = request.headers;
    const outgoing = httpRequest(
      target,
      {
        method: request.method,
        // The path is not made part of a URL, which would resolve `..` in a key.
        path: request.path,
        agent,
        headers: { ...headers, "content-length": request.body.length },
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
