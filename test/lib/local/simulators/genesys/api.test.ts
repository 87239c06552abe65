import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "../../../../../lib/local/simulators/genesys/integration.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HOUR = 3600 * 1000;
const USER = `U${"a".repeat(32)}`;
const INTEGRATION = "11111111-2222-4333-8444-555555555555";
const LEGACY = "/api/v2/conversations/messages/inbound/open";

let genesys: GenesysCloud;
let retail: OpenIntegration;
let now: number;
let traffic: Traffic[];
let token: string;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  traffic = [];
  retail = {
    brandKey: "retail",
    integrationId: INTEGRATION,
    name: "LINE Retail",
    webhookSecret: "webhook-secret-of-retail",
    clientId: "client-retail",
    clientSecret: "secret:with:colons",
  };
  const travel = { ...retail, brandKey: "travel", integrationId: "i-2", clientId: "client-travel" };
  genesys = await startGenesysCloud({
    integrations: [retail, travel],
    requestsPerMinute: 3,
    now: () => now,
    onTraffic: (one) => traffic.push(one),
  });
  token = (await requestToken()).body.access_token;
  traffic.length = 0;
});
afterEach(() => genesys.close());

describe("token", () => {
  it("is issued to the client and lives as long as it says", async () => {
    expect(await requestToken()).toMatchObject({
      status: 200,
      body: { token_type: "bearer", expires_in: 86_400 },
    });
    expect(traffic).toMatchObject([{ from: "bridge", to: "Genesys", what: "token", status: 200 }]);
    now += 86_400_000 - 1;
    expect(await post("message", message())).toMatchObject({ status: 200 });
    now += 1;
    expect(await post("message", message())).toMatchObject({
      status: 401,
      body: { code: "bad.credentials" },
    });
  });

  it.each<[string, Parameters<typeof requestToken>[0], number, string]>([
    ["a wrong secret", { secret: "x" }, 400, "invalid_client"],
    ["an unknown client", { id: "x" }, 400, "invalid_client"],
    ["no Basic authentication", { scheme: "Bearer" }, 401, "invalid_client"],
    ["another grant", { grant: "password" }, 400, "unsupported_grant_type"],
    ["a JSON body", { type: "application/json" }, 400, "invalid_request"],
  ])("is refused for %s", async (_, request, status, error) => {
    const answer = await requestToken(request);
    expect(answer).toMatchObject({ status, body: { error, description: expect.any(String) } });
  });
});

describe("inbound message", () => {
  it("shows on the desktop and is answered with the normalized message", async () => {
    const attachment = { mediaType: "Image", url: "https://m.example/a", mime: "image/jpeg" };
    const body = message({
      channel: {
        from: { id: USER, idType: "Opaque", nickname: "Somchai", image: "read-only" },
        time: "2026-11-23T00:00:00.123Z",
        messageId: "500",
        metadata: { customAttributes: { market: "Thailand" } },
        unknown: 1,
      },
      content: [{ attachment: { ...attachment, filename: "a.jpg" } }],
      metadata: { note: "x" },
    });
    const answer = await post("message", body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        type: "Text",
        text: "สวัสดี",
        channel: {
          id: INTEGRATION,
          platform: "Open",
          type: "Private",
          messageId: "500",
          to: { id: INTEGRATION },
          from: { id: USER, nickname: "Somchai" },
          time: "2026-11-23T00:00:00.123Z",
        },
        content: [{ contentType: "Attachment", attachment }],
        metadata: { note: "x" },
      },
    });
    expect(answer.body).not.toHaveProperty("conversationId");
    expect(answer.headers.get("inin-correlation-id")).toMatch(UUID);
    expect(genesys.messages("retail", USER)).toEqual([
      {
        id: answer.body.id,
        at: now,
        conversationId: expect.stringMatching(UUID),
        direction: "Inbound",
        text: "สวัสดี",
        attachments: [{ ...attachment, filename: "a.jpg" }],
        customAttributes: { market: "Thailand" },
        metadata: { note: "x" },
        nickname: "Somchai",
        messageId: "500",
        time: "2026-11-23T00:00:00.123Z",
      },
    ]);
    expect(genesys.messages("travel", USER)).toEqual([]);
    expect(traffic).toMatchObject([
      { brandKey: "retail", what: "message", text: "สวัสดี · [Image a.jpg]", status: 200 },
    ]);
  });

  it("tells the conversation's id on demand, the same within 72 hours", async () => {
    const path = "message?prefetchConversationId=true";
    const first = await post(path, message());
    now += 72 * HOUR - 1;
    token = (await requestToken()).body.access_token;
    const second = await post(path, message());
    now += 72 * HOUR;
    token = (await requestToken()).body.access_token;
    const third = await post(path, message());
    expect(first.body.conversationId).toMatch(UUID);
    expect(second.body.conversationId).toBe(first.body.conversationId);
    expect(third.body.conversationId).not.toBe(first.body.conversationId);
    expect(genesys.conversations("retail").map(({ id }) => id)).toEqual([
      first.body.conversationId,
      third.body.conversationId,
    ]);
  });

  it("is not de-duplicated by its messageId, which Genesys does not promise", async () => {
    await post("message", message());
    await post("message", message());
    expect(genesys.messages("retail", USER)).toHaveLength(2);
  });

  it.each<[string, object, string, string]>([
    ["no channel", { channel: undefined }, "bad.request", "channel"],
    ["no sender", { channel: { time: time() } }, "bad.request", "channel.from"],
    ["no idType", channel({ from: { id: USER } }), "bad.request", "channel.from.idType"],
    [
      "an unknown idType",
      channel({ from: { id: USER, idType: "Line" } }),
      "invalid.value",
      "channel.from.idType",
    ],
    ["no time", channel({ time: undefined }), "bad.request", "channel.time"],
    ["time in milliseconds", channel({ time: 1795392000000 }), "invalid.date", "channel.time"],
    [
      "time with an offset",
      channel({ time: "2026-11-23T09:00:00+09:00" }),
      "invalid.date",
      "channel.time",
    ],
    [
      "a day that does not exist",
      channel({ time: "2026-02-30T09:00:00Z" }),
      "invalid.date",
      "channel.time",
    ],
    [
      "a custom attribute that is no string",
      channel({ metadata: { customAttributes: { vip: true } } }),
      "bad.request",
      "channel.metadata.customAttributes.vip",
    ],
    [
      "customAttributes in the wrong metadata",
      { metadata: { customAttributes: { a: "b" } } },
      "bad.request",
      "metadata.customAttributes",
    ],
    ["neither text nor attachment", { text: "" }, "bad.request", ""],
    [
      "an attachment without mime",
      attached({ mime: undefined }),
      "bad.request",
      "content.0.attachment.mime",
    ],
    [
      "contentType in place of mediaType",
      attached({ mediaType: undefined, contentType: "Image" }),
      "bad.request",
      "content.0.attachment.mediaType",
    ],
    [
      "an unknown mediaType",
      attached({ mediaType: "Sticker" }),
      "invalid.value",
      "content.0.attachment.mediaType",
    ],
    ["a relative url", attached({ url: "/a" }), "bad.request", "content.0.attachment.url"],
    [
      "a url that is not for the web",
      attached({ url: "javascript:alert(1)" }),
      "bad.request",
      "content.0.attachment.url",
    ],
    [
      "a mime that is no media type",
      attached({ mime: "jpeg" }),
      "bad.request",
      "content.0.attachment.mime",
    ],
    ...["a/b.jpg", "..\\b.jpg", "a\u0000.jpg", "a\n.jpg", ""].map(
      (filename): [string, object, string, string] => [
        `the file name ${JSON.stringify(filename)}`,
        attached({ filename }),
        "bad.request",
        "content.0.attachment.filename",
      ],
    ),
    ["two attachments", { content: [attachedItem(), attachedItem()] }, "bad.request", "content"],
  ])("is refused for %s", async (_, change, code, fieldName) => {
    const answer = await post("message", message(change));
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code,
        status: 400,
        message: expect.any(String),
        contextId: answer.headers.get("inin-correlation-id"),
        details: [{ errorCode: code, fieldName }],
        errors: [],
      },
    });
    expect(genesys.messages("retail", USER)).toEqual([]);
    expect(traffic).toMatchObject([{ brandKey: "retail", status: 400 }]);
  });

  it("names the values that are allowed", async () => {
    const answer = await post("message", message(attached({ mediaType: "Sticker" })));
    expect(answer.body).toMatchObject({
      message:
        "Value [Sticker] is not valid for field type [mediaType]. Allowable values are: Image, Video, Audio, File, Link",
    });
  });
});

describe("other operations", () => {
  it("event: typing", async () => {
    const { channel: from } = message();
    const body = { channel: from, events: [{ eventType: "Typing" }] };
    expect(await post("event", body)).toMatchObject({ status: 200, body: { type: "Event" } });
    expect(genesys.conversations("retail")).toMatchObject([{ customerId: USER, typedAt: now }]);
    const unknown = { channel: from, events: [{ eventType: "Read" }] };
    expect(await post("event", unknown)).toMatchObject({ status: 400 });
  });

  it("receipt", async () => {
    const body = {
      id: "m-1",
      channel: { to: { id: USER }, time: time() },
      status: "Failed",
      reasons: [{ code: "RecipientOptedOut", message: "blocked" }],
      isFinalReceipt: true,
    };
    expect(await post("receipt", body)).toMatchObject({
      status: 200,
      body: { id: "m-1", type: "Receipt", status: "Failed", direction: "Outbound" },
    });
    expect(genesys.receipts("retail")).toEqual([
      {
        id: "m-1",
        at: now,
        toId: USER,
        status: "Failed",
        reasons: [{ code: "RecipientOptedOut", message: "blocked" }],
        isFinalReceipt: true,
      },
    ]);
    expect(traffic.at(-1)).toMatchObject({
      what: "receipt",
      text: "Failed · RecipientOptedOut blocked",
    });
  });

  it.each<[string, object]>([
    ["Read", { status: "Read" }],
    ["no id", { id: undefined }],
    ["no receiver", { channel: { time: time() } }],
    ["an unknown reason", { reasons: [{ code: "Blocked", message: "x" }] }],
    ["a reason without words", { reasons: [{ code: "GeneralError" }] }],
  ])("receipt: refused for %s", async (_, change) => {
    const good = { id: "m-1", channel: { to: { id: USER }, time: time() }, status: "Delivered" };
    expect(await post("receipt", { ...good, ...change })).toMatchObject({ status: 400 });
    expect(genesys.receipts("retail")).toEqual([]);
  });

  it("legacy: text and receipt, the integration is channel.to.id", async () => {
    const legacyChannel = { ...message().channel, to: { id: INTEGRATION } };
    const text = { type: "Text", channel: legacyChannel, text: "Hello" };
    expect(await post(LEGACY, text)).toMatchObject({
      status: 200,
      body: { type: "Text", direction: "Inbound", text: "Hello", channel: { id: INTEGRATION } },
    });
    expect(genesys.messages("retail", USER)).toMatchObject([{ text: "Hello", messageId: "500" }]);
    const receipt = { type: "Receipt", id: "m-1", channel: legacyChannel, status: "Delivered" };
    expect(await post(LEGACY, receipt)).toMatchObject({ status: 200, body: { id: "m-1" } });
    expect(genesys.receipts("retail")).toMatchObject([{ id: "m-1", toId: USER }]);
  });

  it.each<[string, object, number]>([
    ["typing", { type: "Event" }, 400],
    ["no type", { type: undefined }, 400],
    ["an unknown integration", { channel: { ...message().channel, to: { id: "x" } } }, 404],
    ["no integration", { channel: message().channel }, 400],
    ["content without contentType", { content: [attachedItem()] }, 400],
    [
      "a url that is not for the web",
      { content: [{ contentType: "Attachment", ...attachedItem({ url: "file:///a" }) }] },
      400,
    ],
  ])("legacy: refused for %s", async (_, change, status) => {
    const good = { type: "Text", channel: { ...message().channel, to: { id: INTEGRATION } } };
    expect(await post(LEGACY, { ...good, text: "x", ...change })).toMatchObject({ status });
  });
});

describe("every request", () => {
  it.each<[string, Parameters<typeof post>[2], number, string]>([
    ["no token", { token: "" }, 401, "authentication.required"],
    ["a wrong token", { token: "x" }, 401, "bad.credentials"],
    ["another content type", { type: "text/plain" }, 415, "unsupported.media.type"],
    ["too long a body", { raw: "x".repeat(512_001) }, 413, "request.entity.too.large"],
    ["a body that is no JSON", { raw: "{" }, 400, "bad.request"],
    ["a body that is no object", { raw: "null" }, 400, "bad.request"],
    ["GET", { method: "GET" }, 405, "method.not.allowed"],
  ])("is refused for %s", async (_, options, status, code) => {
    const answer = await post("message", message(), options);
    expect(answer).toMatchObject({ status, body: { code, status, details: expect.any(Array) } });
    expect(answer.headers.get("inin-correlation-id")).toBe(answer.body.contextId);
  });

  it.each([
    ["/api/v2/conversations/messages/unknown/inbound/open/message"],
    [`/api/v2/conversations/messages/${INTEGRATION}/inbound/open/sticker`],
    ["/api/v2/users/me"],
    ["/oauth/tokens"],
  ])("%s is not found", async (path) => {
    expect(await post(path, message())).toMatchObject({ status: 404, body: { code: "not.found" } });
  });

  it("is refused without the permission", async () => {
    retail.permissions = ["messaging:integration:view"];
    expect(await post("message", message())).toMatchObject({
      status: 403,
      body: {
        code: "missing.permissions",
        message: expect.stringContaining("conversation:message:receive"),
      },
    });
  });

  it("counts against the client's requests a minute, whatever its token", async () => {
    await post("message", message());
    now += 30_500;
    token = (await requestToken()).body.access_token;
    await post("message", { faulty: true });
    await post("message", message());
    const refused = await post("message", message());
    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: "too.many.requests",
        message: "Rate limit exceeded the maximum. Retry the request in [30] seconds",
        limit: { key: "client.credentials.token.rate.per.minute", value: 3 },
      },
    });
    expect(refused.headers.get("retry-after")).toBe("30");
    const other = (await requestToken({ id: "client-travel" })).body.access_token;
    expect(await post("message", message(), { token: other })).toMatchObject({ status: 200 });
    now += 29_500;
    expect(await post("message", message())).toMatchObject({ status: 200 });
    expect(genesys.messages("retail", USER)).toHaveLength(4);
  });
});

function time(): string {
  return "2026-11-23T00:00:00Z";
}

function message(change: object = {}) {
  const from = { id: USER, idType: "Opaque" };
  return { channel: { from, time: time(), messageId: "500" }, text: "สวัสดี", ...change };
}

function channel(change: object) {
  return { channel: { ...message().channel, ...change } };
}

function attachedItem(change: object = {}) {
  const attachment = { mediaType: "Image", url: "https://m.example/a", mime: "image/jpeg" };
  return { attachment: { ...attachment, ...change } };
}

function attached(change: object) {
  return { content: [attachedItem(change)] };
}

async function post(
  operation: string,
  body: object,
  options: { token?: string; type?: string; raw?: string; method?: string } = {},
) {
  const path = operation.startsWith("/")
    ? operation
    : `/api/v2/conversations/messages/${INTEGRATION}/inbound/open/${operation}`;
  const method = options.method ?? "POST";
  const bearer = options.token ?? token;
  const response = await fetch(`${genesys.origin}${path}`, {
    method,
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      "content-type": options.type ?? "application/json; charset=utf-8",
    },
    ...(method === "POST" && { body: options.raw ?? JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<
    "id" | "contextId" | "conversationId",
    string | undefined
  >;
  return { status: response.status, headers: response.headers, body: answer };
}

async function requestToken(
  request: { id?: string; secret?: string; scheme?: string; grant?: string; type?: string } = {},
) {
  const { id = "client-retail", secret = "secret:with:colons", scheme = "Basic" } = request;
  const response = await fetch(`${genesys.origin}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `${scheme} ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
      "content-type": request.type ?? "application/x-www-form-urlencoded",
    },
    body: `grant_type=${request.grant ?? "client_credentials"}`,
  });
  const body = (await response.json()) as { access_token: string };
  return { status: response.status, body };
}
