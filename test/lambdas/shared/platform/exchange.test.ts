import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip } from "node:zlib";
import { exchange } from "../../../../lambdas/shared/platform/exchange.ts";
import { loopbackServer } from "../../loopback-server.ts";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  // Time for rejections that nobody handles: they fail the test.
  await sleep(5);
});

/** A server, and how many of its connections are open. */
async function serve(handle: Parameters<typeof loopbackServer>[0]) {
  const open = new Set<unknown>();
  const server = await loopbackServer((request, response) => {
    const { socket } = request;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    handle(request, response);
  });
  servers.push(server);
  return { ...server, url: new URL(server.origin), open };
}

/** Sends something every few ms for as long as anybody listens. */
function trickle(response: ServerResponse, piece: string) {
  const timer = setInterval(() => response.socket?.write(piece), 10);
  response.on("close", () => clearInterval(timer));
}

describe("an exchange", () => {
  it("is what was asked and what was answered", async () => {
    const { url, requests } = await serve((_, response) => {
      response.writeHead(400, { "x-own": "1" }).end("\ufeff{}");
    });
    const { status, headers, text } = await exchange(url, {
      method: "POST",
      headers: { authorization: "Bearer token" },
      body: "{}",
      timeoutMs: 5_000,
    });
    expect([status, headers["x-own"], text]).toEqual([400, "1", "{}"]);
    expect(requests[0]).toMatchObject({
      method: "POST",
      headers: { authorization: "Bearer token" },
    });
  });

  it("may have no body", async () => {
    const { url } = await serve((_, response) => void response.writeHead(204).end());
    expect(await exchange(url, { timeoutMs: 5_000 })).toMatchObject({ status: 204, text: "" });
  });

  it("ends at a redirect", async () => {
    const { url, requests } = await serve((_, response) => {
      response.writeHead(307, { location: "/elsewhere" }).end("there");
    });
    expect(await exchange(url, { timeoutMs: 5_000 })).toMatchObject({ status: 307 });
    expect(requests).toHaveLength(1);
  });

  it("tells the status of an answer that breaks off, without a text", async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(503, { "content-length": 100, "retry-after": "7" });
      response.write("{", () => request.socket.destroy());
    });
    const { status, headers, text } = await exchange(url, { timeoutMs: 5_000 });
    expect([status, headers["retry-after"], text]).toEqual([503, "7", undefined]);
  });

  it.each([
    ["never answers", () => undefined, false],
    ["trickles its headers", trickleHeaders, false],
    ["stalls in its body", (response: ServerResponse) => void response.write("{"), true],
    ["trickles its body", trickleBody, true],
  ])("with a server that %s ends in time, and so do all connections", async (_, answer, isSeen) => {
    const { url, open, requests } = await serve((_request, response) => answer(response));
    const started = performance.now();
    const calls = Array.from({ length: 60 }, () => exchange(url, { timeoutMs: 300 }));
    const outcomes = await Promise.allSettled(calls);
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(requests).toHaveLength(60);
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(
      new Set([isSeen ? "fulfilled" : "rejected"]),
    );
    await sleep(200);
    expect(open.size).toBe(0);
  });

  function trickleHeaders(response: ServerResponse) {
    response.socket?.write("HTTP/1.1 200 OK\r\n");
    trickle(response, "x-more: 1\r\n");
  }

  function trickleBody(response: ServerResponse) {
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    const timer = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(timer));
  }

  it.each([
    [1_000_000, 1_000_000],
    [1_000_001, undefined],
  ])("with %i bytes has a text of %p", async (bytes, length) => {
    const { url } = await serve((_, response) => void response.end("x".repeat(bytes)));
    const { status, text } = await exchange(url, { timeoutMs: 5_000 });
    expect([status, text?.length]).toEqual([200, length]);
  });

  it("that takes too long says so by the name of its error", async () => {
    const { url } = await serve(() => undefined);
    await expect(exchange(url, { timeoutMs: 50 })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("keeps its connection for the next one", async () => {
    const connections = new Set<unknown>();
    const { url, requests } = await serve((request, response) => {
      connections.add(request.socket);
      response.end("{}");
    });
    for (let call = 0; call < 3; call += 1) await exchange(url, { timeoutMs: 5_000 });
    expect([requests.length, connections.size]).toEqual([3, 1]);
  });

  it("does not ask for a packed answer", async () => {
    const { url, requests } = await serve((_, response) => void response.end("{}"));
    await exchange(url, { timeoutMs: 5_000 });
    expect(requests[0]?.headers).not.toHaveProperty("accept-encoding");
  });

  it("does not unpack what fills the memory, and ends its connection", async () => {
    const { url, open } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      const gzip = createGzip();
      gzip.pipe(response);
      const chunk = Buffer.alloc(1_000_000, " ");
      for (let megabytes = 0; megabytes < 150; megabytes += 1) gzip.write(chunk);
      gzip.end();
    });
    let peak = 0;
    const bytesHeld = () => process.memoryUsage().arrayBuffers;
    const sampling = setInterval(() => {
      peak = Math.max(peak, bytesHeld());
    }, 1);
    const before = bytesHeld();
    const { status, text } = await exchange(url, { timeoutMs: 20_000 });
    clearInterval(sampling);
    expect([status, text?.length]).toEqual([200, undefined]);
    expect(Math.max(peak, bytesHeld()) - before).toBeLessThan(30_000_000);
    await sleep(200);
    expect(open.size).toBe(0);
  });
});
