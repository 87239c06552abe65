import { request as httpRequest } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { InvocationResult } from "../../../../lib/local/functions/function-messages.ts";
import {
  type Gateway,
  type GatewayRequest,
  startGateway,
} from "../../../../lib/local/gateway/gateway.ts";

describe("gateway", () => {
  let gateway: Gateway;
  let result: () => Promise<InvocationResult>;
  let events: APIGatewayProxyEventV2[] = [];
  let requests: GatewayRequest[] = [];

  const returns = (payload: unknown) => {
    result = async () => ({ ok: true, payload });
  };
  const route = (routeKey: string, timeoutMilliseconds = 30_000) => ({
    routeKey,
    apiId: "api",
    timeoutMilliseconds,
    invoke: async (event: APIGatewayProxyEventV2) => {
      events.push(event);
      return result();
    },
  });

  beforeAll(async () => {
    gateway = await startGateway(0, (request) => requests.push(request));
    expect((await fetch(gateway.url)).status).toBe(503);
    gateway.serve([
      route("POST /line/{brand}"),
      route("POST /slow", 50),
      route("ANY /all/{rest+}"),
    ]);
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    events = [];
    requests = [];
    returns({ statusCode: 200 });
  });

  const post = (path: string, body: RequestInit["body"], type = "application/json") =>
    fetch(`${gateway.url}${path}`, {
      method: "POST",
      headers: type === "" ? {} : { "content-type": type },
      body: body ?? null,
    });

  test("makes an event of payload format 2.0", async () => {
    await fetch(`${gateway.url}/line/retail-thai?a=1&a=2&b=%20`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Line-Signature": "abc=",
        Cookie: "one=1; two=2",
      },
      body: "{}",
    });
    expect(events).toEqual([
      {
        version: "2.0",
        routeKey: "POST /line/{brand}",
        rawPath: "/line/retail-thai",
        rawQueryString: "a=1&a=2&b=%20",
        queryStringParameters: { a: "1,2", b: " " },
        cookies: ["one=1", "two=2"],
        headers: expect.objectContaining({
          "content-type": "application/json",
          "x-line-signature": "abc=",
          "content-length": "2",
          "x-forwarded-for": "127.0.0.1",
        }),
        requestContext: {
          accountId: "000000000000",
          apiId: "api",
          domainName: "127.0.0.1",
          domainPrefix: "127",
          http: {
            method: "POST",
            path: "/line/retail-thai",
            protocol: "HTTP/1.1",
            sourceIp: "127.0.0.1",
            userAgent: "node",
          },
          requestId: expect.any(String),
          routeKey: "POST /line/{brand}",
          stage: "$default",
          time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}(:\d\d){3} \+0000$/),
          timeEpoch: expect.any(Number),
        },
        pathParameters: { brand: "retail-thai" },
        body: "{}",
        isBase64Encoded: false,
      },
    ]);
    expect(requests).toEqual([
      {
        method: "POST",
        path: "/line/retail-thai",
        route: "POST /line/{brand}",
        status: 200,
        milliseconds: expect.any(Number),
      },
    ]);
  });

  test("joins repeated headers with commas", async () => {
    await new Promise((resolve) => {
      httpRequest(`${gateway.url}/line/x`, {
        method: "POST",
        headers: { "X-Many": ["1", "2"] },
      })
        .on("response", (response) => response.resume().on("end", resolve))
        .end();
    });
    expect(events[0]?.headers["x-many"]).toBe("1,2");
    expect(events[0]).not.toHaveProperty("body");
  });

  const text = Buffer.from('\uFEFF{"text":"😀 สวัสดี\\u00e9"} \r\n');
  const binary = Buffer.from([0xff, 0xfe, 0x00, 0x80]);

  test.each<[string, Buffer, boolean]>([
    ["application/json", text, false],
    ["application/json; charset=utf-8", text, false],
    ["text/plain", text, false],
    ["application/json", binary, true],
    ["application/problem+json", text, true],
    ["application/x-www-form-urlencoded", text, true],
    ["application/octet-stream", text, true],
    ["", text, true],
  ])("keeps every byte of the body (%s)", async (type, body, base64) => {
    await post("/line/x", new Uint8Array(body), type);
    const event = events[0];
    expect(event?.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event?.body ?? "", base64 ? "base64" : "utf8")).toEqual(body);
  });

  test.each([
    ["GET", "/line/x"],
    ["POST", "/line"],
    ["POST", "/line/"],
    ["POST", "/line/x/y"],
    ["POST", "/other/x"],
  ])("knows no route for %s %s", async (method, path) => {
    const answer = await fetch(`${gateway.url}${path}`, { method });
    expect([answer.status, await answer.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(requests[0]?.route).toBeUndefined();
  });

  test("gives decoded path parameters, greedy ones too", async () => {
    await post("/line/a%2Fb%20c", "{}");
    await post("/all/x/y", "{}");
    expect(events.map(({ pathParameters }) => pathParameters)).toEqual([
      { brand: "a/b c" },
      { rest: "x/y" },
    ]);
  });

  test.each([
    ["API Gateway", 10 * 1024 * 1024 + 1, 413],
    ["Lambda", 6 * 1024 * 1024, 413],
    ["nobody", 5 * 1024 * 1024, 200],
  ])("a body too large for %s", async (_who, bytes, status) => {
    const answer = await post("/line/x", "x".repeat(bytes), "text/plain");
    expect(answer.status).toBe(status);
    if (status === 413) {
      expect(await answer.text()).toBe('{"message":"Request Entity Too Large"}');
    }
  });

  test("gives status, headers, cookies and body of the function", async () => {
    returns({
      statusCode: 418,
      headers: { "X-One": 1, "Content-Type": "image/png" },
      cookies: ["a=1", "b=2"],
      body: binary.toString("base64"),
      isBase64Encoded: true,
    });
    const answer = await post("/line/x", "{}");
    expect(answer.status).toBe(418);
    expect(answer.headers.get("x-one")).toBe("1");
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(binary);
  });

  test.each<[unknown, string]>([
    ["hello", "hello"],
    [{ a: 1 }, '{"a":1}'],
    [null, "null"],
  ])("a bare %j is a 200 in JSON", async (payload, body) => {
    returns(payload);
    const answer = await post("/line/x", "{}");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.text()).toBe(body);
  });

  test.each<[string, () => Promise<InvocationResult>]>([
    [
      "fails",
      async () => ({ ok: false, error: { errorType: "E", errorMessage: "m", stackTrace: [] } }),
    ],
    [
      "answers without a number as status",
      async () => ({ ok: true, payload: { statusCode: "x" } }),
    ],
    [
      "answers an object as body",
      async () => ({ ok: true, payload: { statusCode: 200, body: {} } }),
    ],
  ])("a function that %s is a 500", async (_what, outcome) => {
    result = outcome;
    const answer = await post("/line/x", "{}");
    expect([answer.status, await answer.text()]).toEqual([
      500,
      '{"message":"Internal Server Error"}',
    ]);
  });

  test("a function that is slower than the integration's timeout is a 503", async () => {
    result = () => new Promise(() => {});
    const answer = await post("/slow", "{}");
    expect([answer.status, await answer.text()]).toEqual([
      503,
      '{"message":"Service Unavailable"}',
    ]);
  });
});

test("a taken port is an error", async () => {
  const first = await startGateway(0, () => {});
  await expect(startGateway(first.port, () => {})).rejects.toMatchObject({ code: "EADDRINUSE" });
  await first.close();
});
