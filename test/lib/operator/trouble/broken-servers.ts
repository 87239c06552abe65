import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { KEY, OF_2020, OF_OTHER_HOST } from "./certificates.ts";

const servers: { server: Server; sockets: Set<Socket> }[] = [];

async function listening(server: Server, protocol = "http"): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  servers.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends every server that was started here. */
export async function closeServers(): Promise<void> {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A loopback server of each kind; resolves to its origin. */
export const broken = {
  /** Nobody listens there any more. */
  async refusing(): Promise<string> {
    const origin = await listening(createTcpServer());
    await closeServers();
    return origin;
  },
  silent: () => listening(createTcpServer((socket) => void socket.resume())),
  resetting: () =>
    listening(
      createTcpServer((socket) => void socket.once("data", () => socket.resetAndDestroy())),
    ),
  /** Says only this, and ends. */
  ending: (beginning: string) =>
    listening(createTcpServer((socket) => void socket.once("data", () => socket.end(beginning)))),
  noHttp: () =>
    listening(
      createTcpServer((socket) => void socket.once("data", () => socket.end("SSH-2.0\r\n"))),
    ),
  /** TLS with a certificate that nobody has signed. */
  selfSigned: () => tls(OF_OTHER_HOST),
  outdated: () => tls(OF_2020),
  /** An address with https where the server speaks http. */
  async withoutTls(): Promise<string> {
    return (await answering(200, "{}")).replace("http:", "https:");
  },
};

function tls(cert: string): Promise<string> {
  return listening(
    createTlsServer({ key: KEY, cert }, (_, response) => response.end("{}")),
    "https",
  );
}

/** Answers every request so. */
export function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  });
  return listening(server);
}

/** A proxy that refuses every tunnel so; resolves to its origin. */
export function refusingProxy(status: number) {
  const server = createServer();
  server.on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  return listening(server);
}
