import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import {
  ConfigurationFailure,
  OutageFailure,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { createLineContent } from "../../../../lambdas/shared/line/content-client.ts";
import { CredentialsRefused } from "../../../../lambdas/shared/platform/with-access-token.ts";
import { loopbackServer } from "../../loopback-server.ts";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  // Time for rejections that nobody handles: they fail the test.
  await sleep(5);
});

async function setUp(handle: Parameters<typeof loopbackServer>[0]) {
  const server = await loopbackServer(handle);
  servers.push(server);
  const { origin, requests } = server;
  const told: string[] = [];
  const content = createLineContent({
    dataApiUrl: origin,
    withLineToken: (call) => call("token"),
    countAnswer: (answer) => void told.push(answer),
  });
  const get = (signal = AbortSignal.timeout(5_000)) => content.get("1/2", signal);
  return { content, get, requests, told };
}

const answering =
  (status: number, body = "", headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

async function readyBody(answer: ReturnType<Awaited<ReturnType<typeof setUp>>["get"]>) {
  const content = await answer;
  if (content.kind !== "ready") throw new Error(content.kind);
  return content.body;
}

describe("LINE's content", () => {
  it("comes with its type, for the account's token", async () => {
    const bytes = Buffer.alloc(300_000, "x");
    const { get, requests } = await setUp((_, response) => {
      response.writeHead(200, { "content-type": "image/jpeg", "content-length": bytes.length });
      response.end(bytes);
    });
    const answer = await get();
    expect(answer).toMatchObject({ kind: "ready", contentType: "image/jpeg" });
    const body = await buffer(await readyBody(Promise.resolve(answer)));
    expect(body.equals(bytes)).toBe(true);
    expect(requests[0]?.url).toBe("/v2/bot/message/1%2F2/content");
    expect(requests[0]?.headers).toMatchObject({
      authorization: "Bearer token",
      "accept-encoding": "identity",
    });
  });

  it("may be empty", async () => {
    const { get } = await setUp(answering(200));
    expect(await buffer(await readyBody(get()))).toHaveLength(0);
  });

  it.each([
    [200, "2xx"],
    [202, "2xx"],
    [404, "4xx"],
    [410, "4xx"],
    [429, "throttled"],
    [500, "5xx"],
    [302, "none"],
  ])("answered %i is told as %s", async (status, kind) => {
    const { get, told } = await setUp(answering(status, "", { location: "/elsewhere" }));
    await get().catch(() => undefined);
    expect(told).toEqual([kind]);
  });

  it.each([
    [202, "preparing"],
    [404, "gone"],
    [410, "unsent"],
  ])("answered %i is %s", async (status, kind) => {
    const { get } = await setUp(answering(status, "{}"));
    expect(await get()).toEqual({ kind });
  });

  it.each([
    [401, CredentialsRefused],
    [403, ConfigurationFailure],
    [307, RetryableFailure],
    [408, RetryableFailure],
    [429, RetryableFailure],
    [500, RetryableFailure],
    [503, RetryableFailure],
  ])("answered %i throws %p, for the content and for its state", async (status, kind) => {
    const { content, get } = await setUp(answering(status, "{}", { "retry-after": "7" }));
    for (const call of [get(), content.transcoding("1")]) {
      const failure: unknown = await call.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(kind);
      if (kind === RetryableFailure) expect(failure).toMatchObject({ retryAfterSeconds: 7 });
    }
  });

  it("is final only when it is answered 404 or 410: LINE has answered 400 to what it had", async () => {
    const answered = fc.integer({ min: 400, max: 499 }).filter((status) => {
      return ![401, 403, 404, 408, 409, 410, 423, 425, 429].includes(status);
    });
    await fc.assert(
      fc.asyncProperty(answered, async (status) => {
        const { get } = await setUp(answering(status, "{}"));
        await expect(get()).rejects.toBeInstanceOf(OutageFailure);
      }),
      { numRuns: 20, examples: [[400]] },
    );
  });

  it.each([409, 423, 425])("answered %i may come later", async (status) => {
    const { content, get } = await setUp(answering(status, "{}", { "retry-after": "7" }));
    const failure: unknown = await get().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "RetryableFailure", retryAfterSeconds: 7 });
    expect(await content.transcoding("1")).toBe("processing");
  });

  it("is not followed elsewhere with the token", async () => {
    const { get, requests } = await setUp(answering(302, "", { location: "/elsewhere" }));
    await expect(get()).rejects.toBeInstanceOf(RetryableFailure);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ["at once", 0],
    ["after a while", 200_000],
  ])("whose connection breaks %s fails, and does not hang", async (_, bytes) => {
    const { get } = await setUp((request, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      response.write(Buffer.alloc(bytes + 1), () => setTimeout(() => request.socket.destroy(), 20));
    });
    await expect(readyBody(get()).then(buffer)).rejects.toBeInstanceOf(RetryableFailure);
  });

  it("whose connection breaks before anybody reads fails when it is read", async () => {
    const { get } = await setUp((request, response) => {
      response.writeHead(200, { "content-length": 1_000 });
      response.write("x", () => request.socket.destroy());
    });
    const body = await readyBody(get());
    await sleep(50);
    await expect(buffer(body)).rejects.toBeInstanceOf(RetryableFailure);
  });

  it.each([
    ["never answers", (_: ServerResponse) => {}],
    ["stalls", (response: ServerResponse) => void response.write("x")],
  ])("of a server that %s ends with the signal", async (_, answer) => {
    const { get } = await setUp((_request, response) => answer(response));
    const started = performance.now();
    const body = readyBody(get(AbortSignal.timeout(100))).then(buffer);
    await expect(body).rejects.toBeInstanceOf(RetryableFailure);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("ends its connection when nobody reads on", async () => {
    let closed = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { get } = await setUp((_, response) => {
      response.on("close", closed);
      response.write("x");
    });
    const body = await readyBody(get());
    for await (const _chunk of body) break;
    await closing;
  });
});

describe("LINE's preparation of content", () => {
  it.each([
    [200, '{"status":"processing"}', "processing"],
    [200, '{"status":"succeeded"}', "succeeded"],
    [200, '{"status":"failed"}', "failed"],
    [200, '{"status":"paused"}', "processing"],
    [400, '{"message":"not supported"}', "processing"],
    [404, "", "processing"],
    [410, "", "processing"],
  ])("answered %i %s is %s", async (status, body, state) => {
    const { content, requests } = await setUp(answering(status, body));
    expect(await content.transcoding("1")).toBe(state);
    expect(requests[0]?.url).toBe("/v2/bot/message/1/content/transcoding");
  });

  it.each(["", "<html>", "[]"])("answered with %j may be asked again", async (body) => {
    const { content } = await setUp(answering(200, body));
    await expect(content.transcoding("1")).rejects.toBeInstanceOf(RetryableFailure);
  });
});
