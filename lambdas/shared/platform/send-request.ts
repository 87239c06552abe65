import type { IncomingHttpHeaders } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";

export interface HttpRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH";
  headers?: Record<string, string>;
  body?: string;
}

/** An answer whose body is not read yet: read it, or destroy it. */
export interface OpenAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
}

/**
 * There was no connection, or none in time, or the server has not proved who it is: nobody can have taken the request.
 */
export class ConnectionError extends Error {
  override name = "ConnectionError";
}

/**
 * One request to a platform. Redirects are not followed: the credentials and the customer's text are for this host
 * alone. `signal` ends all of it, also while the body is read. Rejects with ConnectionError if the request has not left;
 * its cause is Node's error, or the signal's reason. Else rejects with one of these two themselves.
 *
 * By `node:https`, which the AWS SDK has loaded anyway: `fetch` brings a parser of its own, which takes a starting
 * function some 100 ms of a processor.
 */
export function sendRequest(
  url: URL,
  { body, method = "GET", headers }: HttpRequest,
  signal: AbortSignal,
): Promise<OpenAnswer> {
  const isTls = url.protocol === "https:";
  // Only simulators have no TLS. An ES module that imports node:http reads all that it exports, fetch's classes included.
  // That would load them.
  const { request: open } = isTls ? https : process.getBuiltinModule("node:http");
  const options = {
    method,
    headers: { accept: "*/*", "user-agent": "line-genesys-bridge", ...headers },
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = open(url, options, (response) => {
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: response });
    });
    let isConnected = false;
    request.on("socket", (socket) => {
      isConnected = request.reusedSocket;
      if (isConnected) return;
      socket.once(isTls ? "secureConnect" : "connect", () => {
        isConnected = true;
      });
    });
    // An error after the answer comes out of its body, and changes nothing here.
    request.on("error", (error) => {
      const cause: unknown = signal.aborted ? signal.reason : error;
      reject(isConnected ? cause : new ConnectionError("There was no connection.", { cause }));
    });
    request.end(body);
  });
}
