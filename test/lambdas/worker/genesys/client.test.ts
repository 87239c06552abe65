import type { Hosts } from "../../../../lambdas/shared/breaker/hosts.ts";
import type { BrandSettings } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { errorFields } from "../../../../lambdas/shared/failures/bridge-error.ts";
import {
  ConfigurationFailure,
  HeldBack,
  OutageFailure,
  PermanentFailure,
  RefusedForNow,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { integrationSecretSchema } from "../../../../lambdas/shared/genesys/integration-secret.ts";
import { createTokenCache } from "../../../../lambdas/shared/platform/token-cache.ts";
import { createRotatingSecret } from "../../../../lambdas/shared/secrets/rotating-secret.ts";
import { createGenesysClient } from "../../../../lambdas/worker/genesys/client.ts";
import {
  type ScriptedAnswer,
  type ScriptedRequest,
  scriptedServer,
} from "../../scripted-server.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { workingHosts } from "../../working-hosts.ts";

const ATTEMPT = { record: sqsRecord("m", "retail-thai#U1"), receives: 1, inHand: 1 };

const message = {
  channel: {
    from: { id: "U1", idType: "Opaque" as const },
    time: "2026-11-23T00:00:00.000Z",
    messageId: "1",
    metadata: { customAttributes: { market: "Thailand" } },
  },
  text: "geheim",
};
const attachment = {
  mediaType: "Image" as const,
  url: "https://media.example/a.jpg",
  mime: "image/jpeg",
};
const receipt = {
  id: "m",
  channel: { to: { id: "U1" }, time: "2026-11-23T00:00:00.000Z" },
  status: "Delivered" as const,
  isFinalReceipt: true as const,
};

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function setUp(
  post: (request: ScriptedRequest, call: number) => ScriptedAnswer,
  {
    token = issued,
    endpoint = "message",
    hosts = workingHosts,
  }: {
    hosts?: Hosts;
    token?: (call: number) => ScriptedAnswer;
    endpoint?: BrandSettings["endpoint"];
  } = {},
) {
  let posts = 0;
  let tokens = 0;
  const server = await scriptedServer((request) =>
    request.path === "/oauth/token" ? token(++tokens) : post(request, ++posts),
  );
  servers.push(server);
  const state = {
    now: 0,
    secret: { clientId: "id", clientSecret: "s", integrationId: "int/1", webhookSecret: "w" },
  };
  const secret = createRotatingSecret(
    "Thailand/retail-thai/genesys",
    integrationSecretSchema,
    async (_, stage) =>
      stage === "AWSCURRENT" ? { text: JSON.stringify(state.secret), createdAt: 0 } : undefined,
    () => state.now,
  );
  const budget: string[] = [];
  const resumed: string[] = [];
  const told: string[] = [];
  const client = createGenesysClient({
    budget: {
      take: async (oauthClient, { brand, kind, places }) => {
        budget.push(`${kind} × ${places} of ${brand} by ${oauthClient}`);
      },
      pause: async (oauthClient, seconds) => {
        budget.push(`pause ${oauthClient} for ${seconds} s`);
      },
      resume: async (oauthClient) => void resumed.push(oauthClient),
    },
    urls: { api: server.origin, login: server.origin },
    brand: { key: "retail-thai", endpoint },
    secret,
    tokens: createTokenCache(() => state.now),
    hosts,
    countAnswer: (answer) => void told.push(answer),
  });
  const paths = () => server.requests.map(({ path }) => path);
  return {
    client,
    state,
    requests: server.requests,
    paths,
    counts: () => ({ posts, tokens }),
    budget,
    resumed,
    told,
  };
}

const issued = (call: number): ScriptedAnswer => ({
  status: 200,
  body: { access_token: `token${call}`, expires_in: 3_600 },
});
const ok = (): ScriptedAnswer => ({ status: 200, body: { id: "x" } });

describe("the Genesys client", () => {
  it("gets a token by client credentials and posts to the integration", async () => {
    const { client, requests } = await setUp(ok);
    await client.postMessage(message, ATTEMPT);
    expect(requests[0]).toMatchObject({
      method: "POST",
      path: "/oauth/token",
      body: "grant_type=client_credentials",
    });
    expect(requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from("id:s").toString("base64")}`,
    );
    expect(requests[1]).toMatchObject({
      method: "POST",
      path: "/api/v2/conversations/messages/int%2F1/inbound/open/message",
    });
    expect(requests[1]?.headers.authorization).toBe("Bearer token1");
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual(message);
  });

  it("posts to the older endpoint with the integration as addressee", async () => {
    const { client, requests } = await setUp(ok, { endpoint: "legacy" });
    await client.postMessage(message, ATTEMPT);
    expect(requests[1]?.path).toBe("/api/v2/conversations/messages/inbound/open");
    expect(JSON.parse(requests[1]?.body ?? "")).toMatchObject({
      type: "Text",
      text: "geheim",
      channel: { to: { id: "int/1" }, from: { id: "U1" } },
    });
  });

  it("posts an attachment as it is", async () => {
    const { client, requests } = await setUp(ok);
    await client.postMessage({ channel: message.channel, content: [{ attachment }] }, ATTEMPT);
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual({
      channel: message.channel,
      content: [{ attachment }],
    });
  });

  it("posts a structured response; a 404 is about its message", async () => {
    const response = {
      channel: message.channel,
      buttonResponse: { type: "QuickReply" as const, text: "はい", payload: "yes" },
      originatingMessageId: "g1",
    };
    const { client, requests } = await setUp((_, call) => (call === 1 ? ok() : { status: 404 }));
    await client.postStructuredResponse(response, ATTEMPT);
    expect(requests[1]?.path).toBe(
      "/api/v2/conversations/messages/int%2F1/inbound/open/structured/response",
    );
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual(response);
    await expect(client.postStructuredResponse(response, ATTEMPT)).rejects.toBeInstanceOf(
      PermanentFailure,
    );
  });

  it("keeps a token until it expires, for callers at the same moment too", async () => {
    const { client, state, counts } = await setUp(ok);
    await Promise.all([client.postMessage(message, ATTEMPT), client.postMessage(message, ATTEMPT)]);
    expect(counts()).toEqual({ posts: 2, tokens: 1 });
    state.now += 3_541_000;
    await client.postMessage(message, ATTEMPT);
    expect(counts().tokens).toBe(2);
  });

  it("gets a new token once after a 401", async () => {
    const { client, counts } = await setUp((_, call) => (call === 1 ? { status: 401 } : ok()));
    await client.postMessage(message, ATTEMPT);
    expect(counts()).toEqual({ posts: 2, tokens: 2 });
  });

  it("reads a rotated secret when the old client is refused", async () => {
    const { client, state, requests } = await setUp(ok, {
      token: (call) =>
        call === 1 ? { status: 401, body: { error: "invalid_client" } } : issued(call),
    });
    const first = client.postMessage(message, ATTEMPT);
    state.secret = { ...state.secret, clientSecret: "new" };
    await first;
    expect(requests[1]?.headers.authorization).toBe(
      `Basic ${Buffer.from("id:new").toString("base64")}`,
    );
  });

  it("does not show a refused client again while the secret is the same", async () => {
    const { client, counts } = await setUp(ok, {
      token: () => ({ status: 400, body: { error: "invalid_client" } }),
    });
    await expect(client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(ConfigurationFailure);
    expect(counts()).toEqual({ posts: 0, tokens: 1 });
  });

  it("does what is to be done before a request when there is a turn for it, and makes none where that fails", async () => {
    const { client, budget, counts } = await setUp(ok);
    const done: string[][] = [];
    const beforeRequest = async () => {
      done.push([...budget]);
      if (done.length > 1) throw new Error("another worker has it");
    };
    await client.postMessage(message, { ...ATTEMPT, beforeRequest });
    await expect(client.postMessage(message, { ...ATTEMPT, beforeRequest })).rejects.toThrow(
      "another worker has it",
    );
    const turn = "new × 1 of retail-thai by id";
    expect(done).toEqual([[turn], [turn, turn]]);
    expect(counts().posts).toBe(1);
  });

  it.each([
    ["a second 401", { status: 401 }, ConfigurationFailure],
    ["403", { status: 403 }, ConfigurationFailure],
    ["404", { status: 404 }, ConfigurationFailure],
    [
      "400",
      { status: 400, body: { code: "bad.request", contextId: "c1", message: "geheim" } },
      PermanentFailure,
    ],
    ["413", { status: 413 }, PermanentFailure],
    ["409", { status: 409, body: { message: "geheim" } }, RefusedForNow],
    ["423", { status: 423 }, RefusedForNow],
    ["425", { status: 425 }, RefusedForNow],
    ["408", { status: 408 }, RetryableFailure],
    ["429", { status: 429 }, RetryableFailure],
    ["500", { status: 500, body: "<html>" }, RetryableFailure],
    ["a redirect", { status: 302, headers: { location: "/elsewhere" } }, RetryableFailure],
    ["a cut connection", { status: 0, drop: true }, RetryableFailure],
  ])("classifies %s without quoting the text", async (_, answer, type) => {
    const { client } = await setUp(() => answer);
    const failure = await client.postMessage(message, ATTEMPT).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(type);
    expect(String(failure)).not.toContain("geheim");
  });

  it("names code and contextId of a refusal", async () => {
    const { client } = await setUp(() => ({
      status: 400,
      body: { code: "bad.request", contextId: "c1" },
    }));
    const failure = await client.postMessage(message, ATTEMPT).catch((error: unknown) => error);
    // Apart from each other, so that failures of one cause have one message.
    expect(errorFields(failure)).toEqual({
      errorName: "PermanentFailure",
      errorMessage: "Genesys refused with 400 bad.request.",
      contextId: "c1",
    });
  });

  it("says as what a message is parked that Genesys cannot take for some minutes", async () => {
    const { client } = await setUp(() => ({
      status: 423,
      headers: { "retry-after": "7" },
      body: { code: "locked", contextId: "c1" },
    }));
    const failure = await client.postMessage(message, ATTEMPT).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: "Genesys refused with 423 locked.",
      contextId: "c1",
      retryAfterSeconds: 7,
      afterPatience: { reason: "GenesysRefused", contextId: "c1" },
    });
  });

  it.each([301, 302, 307, 308])(
    "does not follow a redirect of %i, neither with the text nor with the client's secret",
    async (status) => {
      const elsewhere = await scriptedServer(ok);
      servers.push(elsewhere);
      const redirect = { status, headers: { location: `${elsewhere.origin}/elsewhere` } };
      const posting = await setUp(() => redirect);
      const signingIn = await setUp(ok, { token: () => redirect });
      for (const { client } of [posting, signingIn]) {
        const failure = await client.postMessage(message, ATTEMPT).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(RetryableFailure);
        expect(String(failure)).toContain(`answered ${status}`);
      }
      expect(elsewhere.requests).toEqual([]);
    },
  );

  it("hands Retry-After on", async () => {
    const { client } = await setUp(() => ({ status: 429, headers: { "retry-after": "42" } }));
    await expect(client.postMessage(message, ATTEMPT)).rejects.toMatchObject({
      retryAfterSeconds: 42,
    });
  });

  it("takes a turn from the budget for every request, the second try too", async () => {
    const { client, budget } = await setUp((_, call) => ({
      status: call === 1 ? 401 : 200,
    }));
    await client.postMessage(message, ATTEMPT);
    await client.postReceipt(receipt, "receipt", ATTEMPT);
    await client.postReceipt(receipt, "message", { ...ATTEMPT, receives: 2, inHand: 3 });
    const tap = { type: "QuickReply" as const, text: "はい", payload: "yes" };
    const response = { channel: message.channel, buttonResponse: tap, originatingMessageId: "g1" };
    await client.postStructuredResponse(response, { ...ATTEMPT, receives: 2, inHand: 3 });
    expect(budget).toEqual([
      "new × 1 of retail-thai by id",
      "new × 1 of retail-thai by id",
      "receipt × 1 of retail-thai by id",
      "returning × 3 of retail-thai by id",
      "returning × 3 of retail-thai by id",
    ]);
  });

  it.each([
    [{ "retry-after": "42" }, 42],
    [{ "retry-after": "86400" }, 900],
    [{}, 5],
  ])("pauses the budget after a 429 with %j for %i s", async (headers, seconds) => {
    const { client, budget, resumed } = await setUp(() => ({ status: 429, headers }));
    await expect(client.postMessage(message, ATTEMPT)).rejects.toThrow("429");
    expect(budget).toEqual(["new × 1 of retail-thai by id", `pause id for ${seconds} s`]);
    expect(resumed).toEqual([]);
  });

  it.each<[ScriptedAnswer, string[]]>([
    [{ status: 200 }, ["id"]],
    [{ status: 400 }, ["id"]],
    [{ status: 503 }, ["id"]],
    [{ status: 0, drop: true }, []],
  ])("says that a request is admitted again when it is answered: %j", async (answer, told) => {
    const { client, resumed } = await setUp(() => answer);
    await client.postMessage(message, ATTEMPT).catch(() => undefined);
    expect(resumed).toEqual(told);
  });

  it.each([
    [{ status: 503 }, RetryableFailure],
    [{ status: 423 }, RetryableFailure],
    [{ status: 200, body: "no token" }, RetryableFailure],
    [{ status: 400, body: { error: "invalid_client" } }, ConfigurationFailure],
  ])("classifies a token answer %j", async (answer, type) => {
    const { client, counts } = await setUp(ok, { token: () => answer });
    await expect(client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(type);
    expect(counts().posts).toBe(0);
  });

  it.each<[string, ScriptedAnswer, string]>([
    ["200", { status: 200 }, "2xx"],
    ["400", { status: 400 }, "4xx"],
    ["404", { status: 404 }, "4xx"],
    ["429", { status: 429 }, "throttled"],
    ["503", { status: 503 }, "5xx"],
    ["a cut connection", { status: 0, drop: true }, "none"],
    ["a redirect", { status: 302, headers: { location: "/elsewhere" } }, "none"],
  ])("tells that it was answered with %s, once", async (_, answer, kind) => {
    const { client, told } = await setUp(() => answer);
    await client.postMessage(message, ATTEMPT).catch(() => undefined);
    expect(told).toEqual(["2xx", kind]);
  });

  it.each<[ScriptedAnswer, string]>([
    [{ status: 400 }, "4xx"],
    [{ status: 503 }, "5xx"],
    [{ status: 0, drop: true }, "none"],
  ])("tells how the request for a token was answered: %j", async (answer, kind) => {
    const { client, told } = await setUp(ok, { token: () => answer });
    await client.postMessage(message, ATTEMPT).catch(() => undefined);
    expect(told).toEqual([kind]);
  });

  it("says which side refuses access", async () => {
    for (const status of [401, 403, 404]) {
      const { client } = await setUp(() => ({ status }));
      await expect(client.postMessage(message, ATTEMPT)).rejects.toMatchObject({
        platform: "genesys",
      });
    }
  });

  it("accepts a 2xx whatever its body, since Genesys has the message", async () => {
    const { client } = await setUp(() => ({ status: 202, body: "not JSON" }));
    await expect(client.postMessage(message, ATTEMPT)).resolves.toBeUndefined();
  });

  it("accepts a 2xx with a megabyte of body, but not a token in one", async () => {
    const body = { access_token: "token", expires_in: 3_600, more: "x".repeat(1_000_000) };
    const accepted = await setUp(() => ({ status: 200, body }));
    await expect(accepted.client.postMessage(message, ATTEMPT)).resolves.toBeUndefined();
    const refused = await setUp(ok, { token: () => ({ status: 200, body }) });
    await expect(refused.client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(
      RetryableFailure,
    );
  });

  it("accepts a 2xx whose body is cut off, but not another status", async () => {
    const accepted = await setUp(() => ({ status: 200, cutBody: true }));
    await expect(accepted.client.postMessage(message, ATTEMPT)).resolves.toBeUndefined();
    const refused = await setUp(() => ({ status: 400, cutBody: true }));
    await expect(refused.client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(
      RetryableFailure,
    );
  });

  describe("behind breakers", () => {
    /** Notes what is guarded and how it ends; what is held back is not called. */
    function notingHosts(heldBack: string[] = []) {
      const noted: string[] = [];
      const hosts: Hosts = {
        ...workingHosts,
        async guard(host, { record }, call) {
          noted.push(`${host} for ${record.attributes.MessageGroupId}`);
          if (heldBack.includes(host)) throw new HeldBack(host, { isAccessRefused: false });
          const result = await call().catch((error: unknown) => {
            noted.push(`${host} ${error instanceof OutageFailure ? "is down" : error}`);
            throw error;
          });
          noted.push(`${host} works`);
          return result;
        },
      };
      return { hosts, noted };
    }
    const api = "genesys-api";
    const login = "genesys-login";
    const whose = "for retail-thai#U1";

    it("asks for a token as the message's customer, and only where none is at hand", async () => {
      const { hosts, noted } = notingHosts();
      const { client } = await setUp(ok, { hosts });
      await client.postMessage(message, ATTEMPT);
      await client.postReceipt(receipt, "receipt", ATTEMPT);
      expect(noted).toEqual([
        `${api} ${whose}`,
        `${login} ${whose}`,
        `${login} works`,
        `${api} works`,
        `${api} ${whose}`,
        `${api} works`,
      ]);
    });

    it("each counts for itself that somebody else's request for a token has failed", async () => {
      const { hosts, noted } = notingHosts();
      const { client, counts } = await setUp(ok, { hosts, token: () => ({ status: 503 }) });
      const posting = () => client.postMessage(message, ATTEMPT).catch(() => undefined);
      await Promise.all([posting(), posting(), posting()]);
      expect(counts()).toEqual({ posts: 0, tokens: 1 });
      expect(noted.filter((line) => line === `${login} is down`)).toHaveLength(3);
    });

    it("goes on with the token at hand while the login is held back", async () => {
      const heldBack: string[] = [];
      const { hosts } = notingHosts(heldBack);
      const { client, counts, state } = await setUp(ok, { hosts });
      await client.postMessage(message, ATTEMPT);
      heldBack.push(login);
      await client.postMessage(message, ATTEMPT);
      expect(counts().posts).toBe(2);
      state.now += 3_600_000;
      await expect(client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(HeldBack);
      expect(counts()).toEqual({ posts: 2, tokens: 1 });
    });

    it("takes neither a token nor a turn of the budget for what is held back", async () => {
      const { hosts } = notingHosts([api]);
      const { client, counts, budget } = await setUp(ok, { hosts });
      await expect(client.postMessage(message, ATTEMPT)).rejects.toBeInstanceOf(HeldBack);
      expect(counts()).toEqual({ posts: 0, tokens: 0 });
      expect(budget).toEqual([]);
    });

    it("takes a token that was refused and renewed for no failure", async () => {
      const { hosts, noted } = notingHosts();
      const { client } = await setUp((_, call) => ({ status: call === 1 ? 401 : 200 }), { hosts });
      await client.postMessage(message, ATTEMPT);
      expect(noted.filter((line) => !line.endsWith(whose))).toEqual([
        `${login} works`,
        `${login} works`,
        `${api} works`,
      ]);
    });

    it.each<[string, ScriptedAnswer, boolean]>([
      ["500", { status: 500 }, true],
      ["302", { status: 302 }, true],
      ["408", { status: 408 }, true],
      ["no answer", { status: 200, drop: true }, true],
      ["a refusal that cannot be read", { status: 400, cutBody: true }, true],
      ["429", { status: 429 }, false],
      ["409", { status: 409 }, false],
      ["400", { status: 400 }, false],
    ])("says whether %s may be an outage", async (_, answer, isOutage) => {
      const { hosts, noted } = notingHosts();
      const { client } = await setUp(() => answer, { hosts });
      await client.postMessage(message, ATTEMPT).catch(() => undefined);
      expect(noted.includes(`${api} is down`)).toBe(isOutage);
    });
  });

  it("posts receipts and notices one that is refused in a 200", async () => {
    const { client, requests } = await setUp((_, call) =>
      call === 1 ? ok() : { status: 200, body: { status: "Failed" } },
    );
    await client.postReceipt(receipt, "receipt", ATTEMPT);
    expect(requests[1]?.path).toBe("/api/v2/conversations/messages/int%2F1/inbound/open/receipt");
    await expect(client.postReceipt(receipt, "receipt", ATTEMPT)).rejects.toBeInstanceOf(
      PermanentFailure,
    );
  });
});
