import { connect } from "node:net";
import {
  type SimulatorRequest,
  type SimulatorServer,
  startSimulatorServer,
} from "../../../../lib/local/simulators/simulator-server.ts";

let requests: SimulatorRequest[];
let server: SimulatorServer;

async function start(answer?: () => Promise<never>) {
  requests = [];
  server = await startSimulatorServer({
    port: 0,
    bodyLimit: 10,
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

it("turns a fault of its own into a 500", async () => {
  await start(() => Promise.reject(new Error("broken")));
  const response = await fetch(server.origin);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: "The simulator failed: Error: broken" });
});

it("outlives callers who hang up or do not speak HTTP", async () => {
  await start();
  const port = Number(new URL(server.origin).port);
  const halfRequest = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf";
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
