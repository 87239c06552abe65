import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { ConnectionError, sendRequest } from "../../../../lambdas/shared/platform/send-request.ts";
import { loopbackCertificate } from "../../../benchmarks/loopback-certificate.ts";

const failureOf = (url: string, ms = 5_000) =>
  sendRequest(new URL(url), { method: "POST", body: "{}" }, AbortSignal.timeout(ms)).then(
    () => undefined,
    (error: unknown) => error,
  );

/** A server that takes connections; each is ended at the end. */
async function withServer(
  take: (socket: Socket) => void,
  test: (port: number) => Promise<void>,
  listener = createServer,
) {
  const sockets = new Set<Socket>();
  const server = listener()
    .on("connection", (socket) => {
      sockets.add(socket.on("error", () => undefined));
      take(socket);
    })
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

/** Answers each request on a connection but the last, at which it breaks off. */
function answering(socket: Socket, answers: number) {
  let left = answers;
  socket.on("data", () => {
    left -= 1;
    if (left < 0) socket.destroy();
    else socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
  });
}

describe("a request without a connection", () => {
  it("says so where nobody listens, and where a name is unknown", async () => {
    let free = 0;
    await withServer(
      () => undefined,
      async (port) => {
        free = port;
      },
    );
    // Both addresses of localhost are tried.
    for (const [url, code] of [
      [`http://127.0.0.1:${free}`, "ECONNREFUSED"],
      [`https://localhost:${free}`, "ECONNREFUSED"],
      ["https://a.invalid", "ENOTFOUND"],
    ] as const) {
      const failure = await failureOf(url);
      expect(failure).toBeInstanceOf(ConnectionError);
      expect(failure).toMatchObject({ cause: { code } });
    }
  });

  it.each([
    ["does not speak TLS", (socket: Socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["breaks off before it has proved who it is", (socket: Socket) => void socket.destroy()],
  ])("says so where the server %s", async (_, take) => {
    await withServer(take, async (port) => {
      expect(await failureOf(`https://127.0.0.1:${port}`)).toBeInstanceOf(ConnectionError);
    });
  });

  it("says so where the server's time was up before it has proved who it is", async () => {
    await withServer(
      () => undefined,
      async (port) => {
        const failure = await failureOf(`https://127.0.0.1:${port}`, 50);
        expect(failure).toBeInstanceOf(ConnectionError);
        expect(failure).toMatchObject({ cause: { name: "TimeoutError" } });
      },
    );
  });

  it("says so where nobody known has signed the server's certificate", async () => {
    const { key, cert } = await loopbackCertificate();
    const server = createTlsServer({ key, cert }, (socket) => answering(socket, 1));
    await withServer(
      () => undefined,
      async (port) => {
        const failure = await failureOf(`https://127.0.0.1:${port}`);
        expect(failure).toBeInstanceOf(ConnectionError);
        expect(failure).toMatchObject({ cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
      },
      () => server,
    );
  });
});

describe("a request that the server may have taken", () => {
  it.each([0, 1])("is no error of the connection after %i answers on it", async (answers) => {
    await withServer(
      (socket) => answering(socket, answers),
      async (port) => {
        const url = `http://127.0.0.1:${port}`;
        for (let answer = 0; answer < answers; answer += 1) {
          const { status, body } = await sendRequest(new URL(url), {}, AbortSignal.timeout(5_000));
          body.resume();
          await once(body, "close");
          expect(status).toBe(200);
        }
        const failure = await failureOf(url);
        expect(failure).toMatchObject({ code: "ECONNRESET" });
        expect(failure).not.toBeInstanceOf(ConnectionError);
      },
    );
  });

  it("is none where the answer does not come in time", async () => {
    await withServer(
      () => undefined,
      async (port) => {
        const failure = await failureOf(`http://127.0.0.1:${port}`, 50);
        expect(failure).toMatchObject({ name: "TimeoutError" });
      },
    );
  });
});
