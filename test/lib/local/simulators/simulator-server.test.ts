import { connect } from "node:net";
import { Readable } from "node:stream";
import {
  type Interfere,
  type SimulatorAnswer,
  type SimulatorRequest,
  type SimulatorServer,
  startSimulatorServer,
} from "../../../../lib/local/simulators/simulator-server.ts";

let requests: SimulatorRequest[];
let server: SimulatorServer;

async function start(answer?: () => SimulatorAnswer | Promise<never>, interfere?: Interfere) {
  requests = [];
  server = await startSimulatorServer({
    port: 0,
    bodyLimit: 10,
    interfere,
    answer: (request) => {
      requests.push(request);
      return answer?.() ?? { status: 201, headers: { "x-extra": "1" }, body: { ok: true } };
    },
  });
}

afterEach(() => server.close());

it("listens on 127.0.0.1 and passes on what it got", async () => {
  await start();
  expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${server.origin}/a%20b?c=d?e`, {
    method: "POST",
    body: "0123456789",
  });
  expect(response.status).toBe(201);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("x-extra")).toBe("1");
  expect(await response.json()).toEqual({ ok: true });
  expect(requests).toMatchObject([{ method: "POST", path: "/a%20b", tooLarge: false }]);
  expect(requests[0]?.query.get("c")).toBe("d?e");
  expect(requests[0]?.body.toString()).toBe("0123456789");
});

it("reads too long a body to its end without keeping it", async () => {
  await start();
  const response = await fetch(server.origin, { method: "POST", body: "x".repeat(3_000_000) });
  expect(response.status).toBe(201);
  expect(requests).toMatchObject([{ tooLarge: true, body: Buffer.alloc(0) }]);
});

it("lets a test answer in its place, change its answer, or cut the connection before or after it", async () => {
  await start(undefined, async ({ path }, pass) => {
    switch (path) {
      case "/instead":
        return { status: 503, body: {} };
      case "/changed":
        return { ...(await pass()), status: 429 };
      case "/cut-before":
        return undefined;
      case "/cut-after":
        await pass();
        return undefined;
      default:
        return pass();
    }
  });
  const statusOf = async (path: string) =>
    fetch(server.origin + path).then(
      ({ status }) => status,
      () => "cut",
    );
  expect(await statusOf("/instead")).toBe(503);
  expect(await statusOf("/changed")).toBe(429);
  expect(await statusOf("/cut-before")).toBe("cut");
  expect(await statusOf("/cut-after")).toBe("cut");
  expect(await statusOf("/untouched")).toBe(201);
  const reached = requests.map(({ path }) => path);
  expect(reached).toEqual(["/changed", "/cut-after", "/untouched"]);
});

it("sends bytes as they are, with the headers of the answer alone", async () => {
  const bytes = Buffer.from([0, 255, 10]);
  await start(() => ({ status: 200, headers: { "content-type": "image/png" }, bytes }));
  const response = await fetch(server.origin);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
});

it("ends only the connection where an answer cannot be sent", async () => {
  const contentType = "image/png\r\nx: y";
  const bytes = Buffer.alloc(1);
  await start(() => ({ status: 200, headers: { "content-type": contentType }, bytes }));
  await expect(fetch(server.origin)).rejects.toThrow("fetch failed");
  await expect(fetch(server.origin)).rejects.toThrow("fetch failed");
});

it("sends no body and no type for no bytes", async () => {
  await start(() => ({ status: 202, bytes: Buffer.alloc(0) }));
  const response = await fetch(server.origin);
  expect(response.status).toBe(202);
  expect(response.headers.get("content-type")).toBeNull();
  expect(await response.text()).toBe("");
});

it("sends no faster than is received, so that it holds little of a long stream", async () => {
  let sent = 0;
  const counted = Readable.from(megabytes(60)).map((chunk: Buffer) => {
    sent += chunk.length;
    return chunk;
  });
  await start(() => ({ status: 200, bytes: counted }));
  let received = 0;
  let most = 0;
  for await (const chunk of (await fetch(server.origin)).body ?? []) {
    received += chunk.length;
    most = Math.max(most, sent - received);
  }
  expect(received).toBe(60_000_000);
  // What the sockets of both sides and a few buffers hold.
  expect(most).toBeLessThan(20_000_000);
}, 60_000);

it("ends the stream of a caller who hangs up", async () => {
  const source = Readable.from(megabytes(200));
  await start(() => ({ status: 200, bytes: source }));
  const hangUp = new AbortController();
  const response = await fetch(server.origin, { signal: hangUp.signal });
  hangUp.abort();
  await expect(response.text()).rejects.toThrow("aborted");
  while (!source.destroyed) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

it("cuts the connection when the stream fails, and goes on", async () => {
  await start(() => ({ status: 200, bytes: Readable.from(megabytes(1, "broken")) }));
  for (const _ of ["first", "second"]) {
    const response = await fetch(server.origin);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  }
});

it("turns a fault of its own into a 500", async () => {
  await start(() => Promise.reject(new Error("broken")));
  const response = await fetch(server.origin);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: "The simulator failed: Error: broken" });
});

it("outlives callers who hang up or do not speak HTTP", async () => {
  await start();
  const port = Number(new URL(server.origin).port);
  const halfRequest = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf";
  for (const bytes of [halfRequest, "nonsense\r\n\r\n"]) {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(bytes);
    await new Promise((resolve) => setTimeout(resolve, 10));
    socket.destroy();
  }
  expect((await fetch(server.origin)).status).toBe(201);
  expect(requests).toHaveLength(1);
});

it("closes at once, with connections that are kept alive and requests under way", async () => {
  await start(() => new Promise(() => {}));
  const pending = fetch(server.origin);
  pending.catch(() => {});
  while (requests.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await server.close();
  await expect(pending).rejects.toThrow("fetch failed");
});

it("rejects when the port is taken", async () => {
  await start();
  const port = Number(new URL(server.origin).port);
  const options = { port, bodyLimit: 1, answer: () => ({ status: 200, body: {} }) };
  await expect(startSimulatorServer(options)).rejects.toThrow("EADDRINUSE");
});

function* megabytes(count: number, fault?: string) {
  for (let sent = 0; sent < count; sent += 1) {
    yield Buffer.alloc(1_000_000);
  }
  if (fault !== undefined) {
    throw new Error(fault);
  }
}
