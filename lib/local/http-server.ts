import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { refuseForeignHost } from "./foreign-host.ts";

export interface HttpServer {
  /** Without a slash at the end. */
  url: string;
  port: number;
  /** Stops listening and ends open connections at once. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on 127.0.0.1; port 0 takes any free one. An error that escapes `handle`
 * ends the connection. Requests for another host are refused, unless strangers may call it (`isPublic`).
 * Rejects when the port is taken.
 */
export async function startHttpServer(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port = 0,
  isPublic = false,
): Promise<HttpServer> {
  const server = createServer((request, response) => {
    if (!isPublic && refuseForeignHost(request, response)) return;
    handle(request, response).catch(() => response.destroy());
  });
  // Clients reuse connections; with Node's 5 s a request can arrive on a connection that is closing.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Rejects when the port is taken; port 0 never is. */
export async function ensurePortIsFree(port: number): Promise<void> {
  const server = await startHttpServer(async () => {}, port);
  await server.close();
}

/** How far beyond the limit a body is still read, so that the client gets an answer and not a reset. */
const DRAIN_FACTOR = 10;

/**
 * Reads a request's body; undefined when it has more than `maxBytes`. The rest is read and
 * dropped up to ten times the limit, then the connection is cut. Rejects when the client leaves.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: Buffer = chunk;
    bytes += part.length;
    if (bytes > maxBytes * DRAIN_FACTOR) throw new Error("body far too large");
    if (bytes <= maxBytes) chunks.push(part);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks);
}
