import { setTimeout as sleep } from "node:timers/promises";
import { BridgeError } from "../../../../lambdas/shared/failures/bridge-error.ts";
import {
  ConfigurationFailure,
  LimitReached,
  NotConnected,
  OutageFailure,
  OutcomeUnclear,
  PermanentFailure,
  RefusedForNow,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { createWithLineToken } from "../../../../lambdas/shared/line/access-token.ts";
import { channelSecretSchema } from "../../../../lambdas/shared/line/channel-secret.ts";
import { createLineClient } from "../../../../lambdas/shared/line/client.ts";
import { createTokenCache } from "../../../../lambdas/shared/platform/token-cache.ts";
import { createRotatingSecret } from "../../../../lambdas/shared/secrets/rotating-secret.ts";
import { loopbackServer } from "../../loopback-server.ts";
import {
  type ScriptedAnswer,
  type ScriptedRequest,
  scriptedServer,
} from "../../scripted-server.ts";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const issued = (call: number): ScriptedAnswer => ({
  status: 200,
  body: { token_type: "Bearer", access_token: `stateless${call}`, expires_in: 900 },
});
const sent: ScriptedAnswer = { status: 200, body: { sentMessages: [{ id: "1" }] } };

async function setUp(
  answer: (request: ScriptedRequest, call: number) => ScriptedAnswer,
  secretValue: object = { channelId: "1", channelSecret: "s" },
  token: (call: number) => ScriptedAnswer = issued,
) {
  let calls = 0;
  let tokens = 0;
  const server = await scriptedServer((request) =>
    request.path === "/oauth2/v3/token" ? token(++tokens) : answer(request, ++calls),
  );
  servers.push(server);
  const state = { now: 0, secret: secretValue };
  const secret = createRotatingSecret(
    "Thailand/retail-thai/line",
    channelSecretSchema,
    async (_, stage) =>
      stage === "AWSCURRENT" ? { text: JSON.stringify(state.secret), createdAt: 0 } : undefined,
    () => state.now,
  );
  const told: string[] = [];
  const countAnswer = (answer: string) => void told.push(answer);
  const client = createLineClient({
    apiUrl: server.origin,
    countAnswer,
    withLineToken: createWithLineToken({
      apiUrl: server.origin,
      secret,
      tokens: createTokenCache(() => state.now),
      countAnswer,
    }),
  });
  const push = () =>
    client.push("U1", [{ type: "text", text: "geheim" }], "7b1f7d0e-0000-5000-8000-000000000000");
  return { client, push, state, requests: server.requests, told };
}

const PICTURE = "https://profile.line-scdn.net/abcdefghijklmn";

describe("the LINE client", () => {
  it("pushes with a stateless token, which it keeps, and the retry key", async () => {
    const { push, requests } = await setUp(() => sent);
    await push();
    await push();
    expect(requests.map(({ path }) => path)).toEqual([
      "/oauth2/v3/token",
      "/v2/bot/message/push",
      "/v2/bot/message/push",
    ]);
    expect(new URLSearchParams(requests[0]?.body)).toEqual(
      new URLSearchParams({ grant_type: "client_credentials", client_id: "1", client_secret: "s" }),
    );
    expect(requests[1]?.headers).toMatchObject({
      authorization: "Bearer stateless1",
      "x-line-retry-key": "7b1f7d0e-0000-5000-8000-000000000000",
    });
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual({
      to: "U1",
      messages: [{ type: "text", text: "geheim" }],
    });
  });

  it("uses a long-lived token as it is", async () => {
    const { push, requests } = await setUp(() => sent, {
      channelId: "1",
      channelSecret: "s",
      channelAccessToken: "long",
    });
    await push();
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer long"]);
  });

  it("issues a new token when the old one is about to expire or refused", async () => {
    const { push, state, requests } = await setUp((_, call) =>
      call === 2 ? { status: 401 } : sent,
    );
    await push();
    state.now += 841_000;
    await push();
    expect(requests.filter(({ path }) => path === "/oauth2/v3/token")).toHaveLength(3);
  });

  it("takes a newly stored long-lived token after a refusal", async () => {
    const { push, state, requests } = await setUp(
      (_, call) => (call === 2 ? { status: 401 } : sent),
      { channelId: "1", channelSecret: "s", channelAccessToken: "old" },
    );
    await push();
    state.secret = { channelId: "1", channelSecret: "s", channelAccessToken: "new" };
    await push();
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer old",
      "Bearer old",
      "Bearer new",
    ]);
  });

  const accepted = {
    message: "The retry key is already accepted",
    sentMessages: [{ id: "461230966842064897", quoteToken: "q" }, { id: "461230966842064898" }],
  };
  const headers = { "x-line-accepted-request-id": "123e4567" };

  it("takes 409 for success where LINE names the push that it has accepted before", async () => {
    const { push, told } = await setUp(() => ({ status: 409, headers, body: accepted }));
    await expect(push()).resolves.toEqual(["461230966842064897", "461230966842064898"]);
    expect(told).toEqual(["2xx", "2xx"]);
  });

  it.each<[string, ScriptedAnswer]>([
    ["has no ids", { status: 200, body: {} }],
    ["has ids of another shape", { status: 200, body: { sentMessages: [{ id: 1 }] } }],
    ["is a 409 without a body", { status: 409, headers }],
  ])("takes no ids from an answer that %s", async (_, answer) => {
    const { push } = await setUp(() => answer);
    await expect(push()).resolves.toEqual([]);
  });

  it("asks LINE for a message without a sound", async () => {
    const { client, requests } = await setUp(() => sent);
    const messages = [{ type: "text" as const, text: "geheim" }];
    await client.push("U1", messages, "7b1f7d0e-0000-5000-8000-000000000000", {
      notificationDisabled: true,
    });
    await client.reply("r1", messages, { notificationDisabled: true });
    const bodies = requests.slice(1).map(({ body }) => JSON.parse(body));
    expect(bodies).toEqual([
      { to: "U1", messages, notificationDisabled: true },
      { replyToken: "r1", messages, notificationDisabled: true },
    ]);
  });

  it("tries again after a 409 that names no push: it is not from LINE", async () => {
    const { push, told } = await setUp((_, call) =>
      call === 1 ? { status: 409, body: accepted } : sent,
    );
    const failure = await push().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "RetryableFailure", message: "LINE answered 409." });
    await expect(push()).resolves.toEqual(["1"]);
    expect(told).toEqual(["2xx", "4xx", "2xx"]);
  });

  it.each([301, 302, 303, 307, 308])(
    "does not follow a redirect of %i with the token and the text, and tries again",
    async (status) => {
      const elsewhere = await scriptedServer(() => sent);
      servers.push(elsewhere);
      const headers = { location: `${elsewhere.origin}/v2/bot/message/push` };
      const { client, push, told } = await setUp(() => ({ status, headers }));
      for (const call of [push(), client.profile({ userId: "U1" }), client.markAsRead("t")]) {
        const failure = await call.catch((error: unknown) => error);
        expect(failure).toMatchObject({
          name: "RetryableFailure",
          message: `LINE answered ${status}.`,
        });
      }
      expect(elsewhere.requests).toEqual([]);
      expect(told).toEqual(["2xx", "none", "none", "none"]);
    },
  );

  it("does not follow a redirect with the channel secret", async () => {
    const elsewhere = await scriptedServer(() => issued(1));
    servers.push(elsewhere);
    const headers = { location: `${elsewhere.origin}/oauth2/v3/token` };
    const { push } = await setUp(
      () => sent,
      undefined,
      () => ({ status: 307, headers }),
    );
    await expect(push()).rejects.toBeInstanceOf(RetryableFailure);
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([423, 425])(
    "tries again for some minutes after %i, which is about this push",
    async (status) => {
      const { push } = await setUp(() => ({ status, headers: { "retry-after": "7" } }));
      const failure = await push().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RefusedForNow);
      expect(failure).toMatchObject({
        message: `LINE refused with ${status}.`,
        retryAfterSeconds: 7,
        afterPatience: { reason: "LineRefused" },
      });
    },
  );

  it("ends its calls to a server that trickles, and their connections", async () => {
    const open = new Set<unknown>();
    const server = await loopbackServer((request, response) => {
      open.add(request.socket);
      request.socket.on("close", () => open.delete(request.socket));
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    });
    servers.push(server);
    const client = createLineClient({
      apiUrl: server.origin,
      countAnswer: () => undefined,
      withLineToken: (call) => call("token"),
    });
    const calls = Array.from({ length: 20 }, (_, n) => [
      client.showLoading("U1", 5),
      client.markAsRead(`${n}`),
      client.profile({ userId: "U1" }),
    ]).flat();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(server.requests).toHaveLength(60);
    await sleep(200);
    expect(open.size).toBe(0);
  });

  it("reads no more than a megabyte of an answer, which it then cannot use", async () => {
    const body = JSON.stringify({ sentMessages: "x".repeat(1_000_000) });
    const { push, told } = await setUp(() => ({ status: 200, body }));
    await expect(push()).rejects.toBeInstanceOf(RetryableFailure);
    expect(told).toEqual(["2xx", "none"]);
  });

  it.each<[string, ScriptedAnswer, string]>([
    ["200", sent, "2xx"],
    ["400", { status: 400 }, "4xx"],
    ["429", { status: 429 }, "throttled"],
    ["500", { status: 500 }, "5xx"],
    ["a 200 that is not JSON", { status: 200, body: "<html>" }, "none"],
    ["a cut connection", { status: 0, drop: true }, "none"],
  ])("tells that it was answered with %s, once", async (_, answer, kind) => {
    const { push, told } = await setUp(() => answer);
    await push().catch(() => undefined);
    expect(told).toEqual(["2xx", kind]);
  });

  it("tells how the request for a token was answered", async () => {
    const { push, told } = await setUp(
      () => sent,
      undefined,
      () => ({ status: 503 }),
    );
    await push().catch(() => undefined);
    expect(told).toEqual(["5xx"]);
  });

  it.each([401, 403])("says which side refuses access with %i", async (status) => {
    const { push } = await setUp(() => ({ status }));
    await expect(push()).rejects.toMatchObject({ platform: "line" });
  });

  it.each([
    [
      "400",
      {
        status: 400,
        body: { message: "geheim", details: [{ property: "messages[0].text", message: "geheim" }] },
      },
      PermanentFailure,
      { receipt: "InvalidMessageStructure" },
    ],
    [
      "a wrong addressee",
      { status: 400, body: { message: "The property, 'to', in the request body is invalid" } },
      PermanentFailure,
      { receipt: "InvalidDestination" },
    ],
    ["a second 401", { status: 401 }, ConfigurationFailure, {}],
    ["403", { status: 403 }, ConfigurationFailure, {}],
    [
      "the monthly limit",
      { status: 429, body: { message: "You have reached your monthly limit." } },
      LimitReached,
      { afterPatience: { reason: "QuotaExceeded", receipt: "RateLimited" } },
    ],
    ...[
      "You have exceeded the target limit for additional messages.",
      "The limit of free messages is reached.",
      "This month's quota is used up.",
    ].map((message): [string, ScriptedAnswer, typeof LimitReached, object] => [
      message,
      { status: 429, body: { message } },
      LimitReached,
      {},
    ]),
    ...[
      "The API rate limit has been exceeded. Try again later.",
      "The rate limit for messages has been exceeded.",
      "The limit of concurrent requests for push messages has been exceeded.",
      "Too many messages to the same user.",
      "",
    ].map((message): [string, ScriptedAnswer, typeof RetryableFailure, object] => [
      `429 (${message})`,
      { status: 429, body: { message } },
      RetryableFailure,
      { name: "RetryableFailure" },
    ]),
    [
      "an addressee that does not exist",
      { status: 400, body: { message: "Failed to send messages" } },
      PermanentFailure,
      { name: "PermanentFailure", receipt: "InvalidDestination" },
    ],
    ["500", { status: 500 }, RetryableFailure, {}],
    ["a 200 that is not JSON", { status: 200, body: "<html>" }, RetryableFailure, {}],
    ["a cut connection", { status: 0, drop: true }, RetryableFailure, {}],
  ])("classifies %s without quoting the text", async (_, answer, type, fields) => {
    const { push } = await setUp(() => answer);
    const failure = await push().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(type);
    expect(failure).toMatchObject(fields);
    expect(String(failure)).not.toContain("geheim");
  });

  it.each([
    [{ status: 400, body: { error: "invalid_request" } }, ConfigurationFailure],
    [{ status: 425 }, RetryableFailure],
    [{ status: 503 }, RetryableFailure],
    [{ status: 200, body: { access_token: "geheim" } }, RetryableFailure],
  ])("classifies a token answer %j", async (answer, type) => {
    const { push } = await setUp(
      () => sent,
      undefined,
      () => answer,
    );
    await expect(push()).rejects.toBeInstanceOf(type);
  });

  it.each([
    [
      { userId: "U1" },
      {
        displayName: "สมชาย",
        userId: "U1",
        language: "th",
        pictureUrl: PICTURE,
        statusMessage: "x",
      },
      "/v2/bot/profile/U1",
      { displayName: "สมชาย", language: "th", pictureUrl: PICTURE },
    ],
    // Who has not agreed to LINE's privacy policy has no language.
    [
      { userId: "U1" },
      { displayName: "สมชาย", userId: "U1" },
      "/v2/bot/profile/U1",
      { displayName: "สมชาย" },
    ],
    [
      { userId: "U1" },
      { displayName: "สมชาย", language: "th\nx", pictureUrl: "http://profile.line-scdn.net/x" },
      "/v2/bot/profile/U1",
      { displayName: "สมชาย" },
    ],
    [
      { groupId: "C1" },
      { groupId: "C1", groupName: "家族", pictureUrl: PICTURE },
      "/v2/bot/group/C1/summary",
      { displayName: "家族", pictureUrl: PICTURE },
    ],
    [
      { groupId: "C1", memberId: "U1" },
      { displayName: "美玲", userId: "U1" },
      "/v2/bot/group/C1/member/U1",
      { displayName: "美玲" },
    ],
    [
      { roomId: "R1", memberId: "U1" },
      { displayName: "さくら", userId: "U1" },
      "/v2/bot/room/R1/member/U1",
      { displayName: "さくら" },
    ],
  ])("gets the profile of %j: %j", async (party, body, path, profile) => {
    const { client, requests } = await setUp(() => ({ status: 200, body }));
    expect(await client.profile(party)).toEqual(profile);
    expect(requests.at(-1)).toMatchObject({ method: "GET", path });
  });

  it("shows the loading animation, and marks messages as read by their token", async () => {
    const { client, requests } = await setUp(() => ({ status: 202, body: {} }));
    await client.showLoading("U1", 5);
    await client.markAsRead("token");
    expect(requests.slice(-2).map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ["/v2/bot/chat/loading/start", { chatId: "U1", loadingSeconds: 5 }],
      ["/v2/bot/chat/markAsRead", { markAsReadToken: "token" }],
    ]);
  });
});

describe("a reply", () => {
  const messages = [{ type: "text" as const, text: "geheim" }];
  const unclear = "may have arrived";
  const clear = "has not arrived";

  it("goes out with its token and without a retry key, which LINE refuses", async () => {
    const { client, requests } = await setUp(() => sent);
    await client.reply("r1", messages);
    const { path, headers, body } = requests.at(-1) ?? {};
    expect([path, JSON.parse(body ?? "")]).toEqual([
      "/v2/bot/message/reply",
      { replyToken: "r1", messages },
    ]);
    expect(headers).not.toHaveProperty("x-line-retry-key");
  });

  it.each<[string, ScriptedAnswer]>([
    ["that cannot be read", { status: 200, body: "<html>" }],
    ["that breaks off", { status: 200, cutBody: true }],
  ])("has arrived with a 200 %s", async (_, answer) => {
    const { client } = await setUp(() => answer);
    await expect(client.reply("r1", messages)).resolves.toEqual([]);
  });

  it.each<[string, ScriptedAnswer]>([
    [unclear, { status: 0, drop: true }],
    [unclear, { status: 408 }],
    [unclear, { status: 302, headers: { location: "/" } }],
    [unclear, { status: 500 }],
    [unclear, { status: 503, headers: { "retry-after": "7" } }],
    [unclear, { status: 408, cutBody: true }],
    [clear, { status: 400, body: { message: "Invalid reply token" } }],
    [clear, { status: 400, cutBody: true }],
    [clear, { status: 409, cutBody: true }],
    [clear, { status: 429, cutBody: true }],
    [clear, { status: 403 }],
    [clear, { status: 404 }],
    [clear, { status: 409 }],
    [clear, { status: 425 }],
    [clear, { status: 429 }],
    [clear, { status: 429, body: { message: "You have reached your monthly limit." } }],
  ])("%s, and is not repeated, after %j", async (outcome, answer) => {
    const { client, requests } = await setUp(() => answer);
    const failure = await client.reply("r1", messages).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BridgeError);
    expect(failure instanceof OutcomeUnclear).toBe(outcome === unclear);
    expect(requests.filter(({ path }) => path.endsWith("/reply"))).toHaveLength(1);
  });

  it("may have arrived when LINE does not answer in time", async () => {
    const { client } = await setUp(() => ({ status: 0, hang: true }));
    jest.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException("", "TimeoutError")), 50);
      return controller.signal;
    });
    const reply = client.reply("r1", messages);
    await expect(reply).rejects.toBeInstanceOf(OutcomeUnclear);
    jest.restoreAllMocks();
  });

  it("has not arrived where LINE cannot be reached, or gives no access token", async () => {
    const closed = await scriptedServer(() => sent);
    await closed.close();
    const client = createLineClient({
      apiUrl: closed.origin,
      countAnswer: () => undefined,
      withLineToken: (call) => call("token"),
    });
    await expect(client.reply("r1", messages)).rejects.toBeInstanceOf(NotConnected);
    const tokenless = await setUp(
      () => sent,
      undefined,
      () => ({ status: 503 }),
    );
    const failure = await tokenless.client.reply("r1", messages).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutageFailure);
    expect(failure).not.toBeInstanceOf(OutcomeUnclear);
    expect(tokenless.requests.map(({ path }) => path)).toEqual(["/oauth2/v3/token"]);
  });

  it("is made once more with a new access token where LINE refuses the old one", async () => {
    const { client, requests } = await setUp((_, call) => (call === 1 ? { status: 401 } : sent));
    await client.reply("r1", messages);
    expect(requests.filter(({ path }) => path.endsWith("/reply"))).toHaveLength(2);
  });
});

describe("the quota", () => {
  const answers = (quota: object) => (request: ScriptedRequest) => ({
    status: 200,
    body: request.path === "/v2/bot/message/quota" ? quota : { totalUsage: 437 },
  });

  it.each([
    [{ type: "limited", value: 500 }, 500],
    [{ type: "none" }, undefined],
  ])("of %j is what the plan holds and what is used", async (quota, limit) => {
    const { client, requests } = await setUp(answers(quota));
    expect(await client.quota()).toEqual({ limit, used: 437 });
    expect(requests.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/v2/bot/message/quota", "/v2/bot/message/quota/consumption"]),
    );
  });
});
