import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { refuseForeignHost } from "../foreign-host.ts";

/** A request as the simulators see it, with its whole body. */
export interface SimulatorRequest {
  method: string;
  /** Without the query string, still percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Empty when `tooLarge`. */
  body: Buffer;
  tooLarge: boolean;
}

/** `body` is sent as JSON; `bytes` are sent as they are, with the answer's own headers. */
export type SimulatorAnswer = {
  status: number;
  headers?: Record<string, string>;
} & ({ body: unknown; bytes?: undefined } | { bytes: Uint8Array | Readable; body?: undefined });

/**
 * Stands between a caller and a simulator. It can pass the request on, answer it itself at any time, or
 * return undefined to cut the connection, before or after the simulator has done its work.
 */
export type Interfere = (
  request: SimulatorRequest,
  pass: () => Promise<SimulatorAnswer>,
) => Promise<SimulatorAnswer | undefined>;

export interface SimulatorServer {
  /** For example `http://127.0.0.1:54321`, without a slash at the end. */
  origin: string;
  /** Ends every connection at once, also those that are kept alive. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on 127.0.0.1 (port 0 = any free one) that answers JSON. Rejects when the port
 * is taken.
 */
export async function startSimulatorServer(options: {
  port: number;
  /** In bytes. A longer body is read and dropped, so that its sender still gets the answer. */
  bodyLimit: number;
  answer: (request: SimulatorRequest) => SimulatorAnswer | Promise<SimulatorAnswer>;
  /** For tests of what the bridge does when things go wrong. */
  interfere?: Interfere | undefined;
}): Promise<SimulatorServer> {
  const { interfere = (_request, pass) => pass() } = options;
  const server = createServer(async (incoming, response) => {
    // It is no fault of the simulator when a caller hangs up while a body is being sent.
    response.on("error", () => {});
    if (refuseForeignHost(incoming, response)) return;
    let request: SimulatorRequest;
    try {
      request = await readRequest(incoming, options.bodyLimit);
    } catch {
      return;
    }
    let answer: SimulatorAnswer | undefined;
    try {
      answer = await interfere(request, async () => options.answer(request));
    } catch (error) {
      answer = { status: 500, body: { message: `The simulator failed: ${error}` } };
    }
    if (answer === undefined) {
      incoming.socket.destroy();
      return;
    }
    // What cannot be sent, such as a header with a line break, must not end the whole run.
    await send(answer, response).catch(() => response.destroy());
  });
  server.requestTimeout = 30_000;
  server.on("clientError", (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("The simulator's server has no port");
  }
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function send(answer: SimulatorAnswer, response: ServerResponse): Promise<void> {
  if (answer.bytes === undefined) {
    const body = JSON.stringify(answer.body);
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(body);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  if (answer.bytes instanceof Readable) {
    // When one of the two ends, the other ends, too; the caller sees that the connection was cut.
    await pipeline(answer.bytes, response);
  } else {
    response.end(answer.bytes);
  }
}

async function readRequest(incoming: IncomingMessage, limit: number): Promise<SimulatorRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= limit) {
      chunks.push(chunk);
    }
  }
  const [path = "/", ...query] = (incoming.url ?? "/").split("?");
  return {
    method: incoming.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers: incoming.headers,
    body: size <= limit ? Buffer.concat(chunks) : Buffer.alloc(0),
    tooLarge: size > limit,
  };
}
