import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { neverConnected } from "../../../../lambdas/shared/platform/never-connected.ts";

const failureOf = (url: string, init: RequestInit = {}) =>
  fetch(url, init).then(
    () => undefined,
    (error: unknown) => error,
  );

async function withServer(
  take: Parameters<typeof createServer>[1],
  test: (port: number) => Promise<void>,
) {
  const sockets = new Set<Socket>();
  const server = createServer({}, take)
    .on("connection", (socket) => sockets.add(socket))
    .listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    await test(address.port);
  } finally {
    // One whose data nobody reads does not end by itself.
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

it("is true where nobody listens, and where a name is unknown", async () => {
  let free = 0;
  await withServer(undefined, async (port) => {
    free = port;
  });
  expect(neverConnected(await failureOf(`http://127.0.0.1:${free}`))).toBe(true);
  // Both addresses of the name are tried.
  expect(neverConnected(await failureOf(`http://localhost:${free}`))).toBe(true);
  expect(neverConnected(await failureOf("http://line.invalid"))).toBe(true);
});

it("is true where a server does not speak TLS", async () => {
  await withServer(
    (socket) => void socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"),
    async (port) => {
      expect(neverConnected(await failureOf(`https://127.0.0.1:${port}`))).toBe(true);
    },
  );
});

it("is false where a server has the request and breaks off, or does not answer in time", async () => {
  await withServer(
    (socket) => void socket.on("error", () => undefined).once("data", () => socket.destroy()),
    async (port) => {
      expect(neverConnected(await failureOf(`http://127.0.0.1:${port}`))).toBe(false);
    },
  );
  await withServer(
    (socket) => void socket.on("error", () => undefined),
    async (port) => {
      const init = { signal: AbortSignal.timeout(50) };
      expect(neverConnected(await failureOf(`http://127.0.0.1:${port}`, init))).toBe(false);
    },
  );
});

it("is false where only some addresses were not reached, and for what is no error of a connection", () => {
  const refused = Object.assign(new Error(), { syscall: "connect", code: "ECONNREFUSED" });
  const reset = Object.assign(new Error(), { syscall: "read", code: "ECONNRESET" });
  expect(neverConnected(new AggregateError([refused, refused]))).toBe(true);
  expect(neverConnected(new AggregateError([refused, reset]))).toBe(false);
  expect(neverConnected(new AggregateError([]))).toBe(false);
  expect(neverConnected(new TypeError("fetch failed", { cause: reset }))).toBe(false);
  expect(neverConnected("ECONNREFUSED")).toBe(false);
});
