import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface ScriptedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface ScriptedAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Cuts the connection instead of answering. */
  drop?: boolean;
  /** Sends the status and half a body, then cuts the connection. */
  cutBody?: boolean;
  /** Never answers. */
  hang?: boolean;
}

/** An HTTP server on a free loopback port that answers as the test says and keeps what it was asked. */
export async function scriptedServer(answer: (request: ScriptedRequest) => ScriptedAnswer) {
  const requests: ScriptedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const received = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(received);
      const { status, body, headers, drop, hang, cutBody } = answer(received);
      if (hang) return undefined;
      if (drop) return request.socket.destroy();
      if (cutBody) {
        response.writeHead(status, { "content-type": "application/json", "content-length": "100" });
        return response.write("{", () => request.socket.destroy());
      }
      response.writeHead(status, { "content-type": "application/json", ...headers });
      return response.end(typeof body === "string" ? body : JSON.stringify(body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
