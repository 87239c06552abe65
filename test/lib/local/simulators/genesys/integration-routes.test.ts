import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import { INTEGRATION_PERMISSIONS } from "../../../../../lib/local/simulators/genesys/oauth-client.ts";
import { genesysSignature } from "../../../../../lib/local/simulators/genesys/webhook.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";
import { channelOf, RETAIL, USER } from "./retail-integration.ts";

const OPEN = "/api/v2/conversations/messaging/integrations/open";
const SECRET = "0123456789abcdef";
const NEW = {
  name: "LINE Travel",
  outboundNotificationWebhookUrl: "https://hooks.example/genesys/travel",
  outboundNotificationWebhookSignatureSecretToken: SECRET,
};

let now: number;
let genesys: GenesysCloud;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let admin: string;
let runtime: string;

async function start(options: Partial<Parameters<typeof startGenesysCloud>[0]> = {}) {
  now = Date.UTC(2026, 10, 23);
  bridge = await startWebhookReceiver();
  genesys = await startGenesysCloud({
    integrations: [{ ...RETAIL }],
    clients: [
      {
        clientId: "admin",
        clientSecret: "s",
        permissions: Object.values(INTEGRATION_PERMISSIONS),
      },
      { clientId: "runtime", clientSecret: "s" },
    ],
    creationMilliseconds: 500,
    now: () => now,
    ...options,
  });
  genesys.exemptOrigin(bridge.url);
  admin = await tokenOf("admin");
  runtime = await tokenOf("runtime");
}

beforeEach(() => start());
afterEach(async () => {
  await genesys.close();
  await bridge.close();
});

async function tokenOf(clientId: string): Promise<string> {
  const response = await fetch(`${genesys.origin}/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:s`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

async function call(method: string, path: string, body?: object, token = admin) {
  const response = await fetch(`${genesys.origin}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

const create = async (changes: object = {}) =>
  (await call("POST", OPEN, { ...NEW, ...changes })).body.id;

const inbound = (id: string, operation: string, body: object, token = runtime) =>
  call("POST", `/api/v2/conversations/messages/${id}/inbound/open/${operation}`, body, token);
const say = (id: string, token?: string) =>
  inbound(id, "message", { channel: channelOf(USER), text: "hi" }, token);

describe("a new integration", () => {
  it("is completed after a moment, and has its recipient then", async () => {
    const created = await call("POST", OPEN, NEW);
    const { id } = created.body;
    const reference = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: "Default" };
    const initiated = {
      ...NEW,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      supportedContent: reference,
      messagingSetting: reference,
      createStatus: "Initiated",
      dateCreated: "2026-11-23T00:00:00.000Z",
      dateModified: "2026-11-23T00:00:00.000Z",
      selfUri: `${OPEN}/${id}`,
    };
    expect(created).toEqual({ status: 200, body: initiated });
    now += 499;
    expect((await call("GET", `${OPEN}/${id}`)).body).toEqual(initiated);
    expect((await say(id)).status).toBe(404);
    now += 1;
    const { body } = await call("GET", `${OPEN}/${id}`);
    const { recipient } = body;
    expect(recipient.selfUri).toBe(`/api/v2/routing/message/recipients/${recipient.id}`);
    expect(body).toEqual({ ...initiated, createStatus: "Completed", recipient });
  });

  it("takes messages from any client that may send them, and answers at its webhook", async () => {
    const id = await create({
      outboundNotificationWebhookUrl: `${bridge.url}/genesys/travel`,
      webhookHeaders: { "x-edge": "one", "content-type": "text/plain" },
    });
    now += 500;
    expect((await say(id)).status).toBe(200);
    expect((await say(id, await tokenOf("admin"))).status).toBe(403);
    expect(genesys.messages("travel", USER)).toMatchObject([{ text: "hi" }]);
    await genesys.reply("travel", USER, { type: "Text", text: "hello" });
    const [received] = bridge.received;
    expect(JSON.parse(received?.body ?? "")).toMatchObject({
      text: "hello",
      channel: { id, from: { id, nickname: "LINE Travel" } },
    });
    expect(received?.headers).toMatchObject({
      "x-edge": "one",
      "content-type": "application/json",
      "x-hub-signature-256": genesysSignature(SECRET, Buffer.from(received?.body ?? "")),
    });
  });

  it("can fail, and then takes no messages", async () => {
    genesys.failNextIntegration({ code: "limit.exceeded", message: "Too many integrations." });
    const id = await create();
    expect((await call("GET", `${OPEN}/${id}`)).body.createStatus).toBe("Initiated");
    now += 500;
    const { body } = await call("GET", `${OPEN}/${id}`);
    expect(body).toMatchObject({
      createStatus: "Error",
      createError: { code: "limit.exceeded", message: "Too many integrations." },
    });
    expect(body).not.toHaveProperty("recipient");
    expect((await say(id)).status).toBe(404);
    const next = await create();
    now += 500;
    expect((await call("GET", `${OPEN}/${next}`)).body.createStatus).toBe("Completed");
  });

  it.each<[string, object, string]>([
    ["no name", { name: undefined }, "name"],
    ["an empty name", { name: "" }, "name"],
    ["no URL", { outboundNotificationWebhookUrl: undefined }, "outboundNotificationWebhookUrl"],
    [
      "http",
      { outboundNotificationWebhookUrl: "http://hooks.example/genesys/travel" },
      "outboundNotificationWebhookUrl",
    ],
    [
      "another port than 443",
      { outboundNotificationWebhookUrl: "https://hooks.example:8443/genesys/travel" },
      "outboundNotificationWebhookUrl",
    ],
    [
      "no secret",
      { outboundNotificationWebhookSignatureSecretToken: undefined },
      "outboundNotificationWebhookSignatureSecretToken",
    ],
    [
      "a secret of 15 characters",
      { outboundNotificationWebhookSignatureSecretToken: SECRET.slice(1) },
      "outboundNotificationWebhookSignatureSecretToken",
    ],
  ])("is refused for %s", async (_, changes, fieldName) => {
    expect(await call("POST", OPEN, { ...NEW, ...changes })).toMatchObject({
      status: 400,
      body: { code: "bad.request", details: [{ fieldName }] },
    });
    expect((await call("GET", OPEN)).body.total).toBe(1);
  });
});

describe("the list of integrations", () => {
  it("comes in pages", async () => {
    genesys.setWebhook("retail", "https://hooks.example/genesys/retail");
    for (const name of ["b", "c", "d"]) await create({ name });
    const page = async (number: number) =>
      (await call("GET", `${OPEN}?pageSize=3&pageNumber=${number}`)).body;
    expect(await page(1)).toMatchObject({
      entities: [
        {
          id: RETAIL.integrationId,
          name: RETAIL.name,
          outboundNotificationWebhookUrl: "https://hooks.example/genesys/retail",
          outboundNotificationWebhookSignatureSecretToken: RETAIL.webhookSecret,
          createStatus: "Completed",
        },
        { name: "b" },
        { name: "c" },
      ],
      pageSize: 3,
      pageNumber: 1,
      total: 4,
      pageCount: 2,
      nextUri: `${OPEN}?pageSize=3&pageNumber=2`,
    });
    const last = await page(2);
    expect(last).toMatchObject({
      entities: [{ name: "d" }],
      previousUri: `${OPEN}?pageSize=3&pageNumber=1`,
    });
    expect(last).not.toHaveProperty("nextUri");
    expect((await page(3)).entities).toEqual([]);
    expect((await call("GET", OPEN)).body).toMatchObject({ pageSize: 25, pageNumber: 1 });
  });

  it.each(["pageSize=0", "pageSize=x", "pageNumber=-1"])("is refused for %s", async (query) => {
    const [fieldName] = query.split("=");
    expect(await call("GET", `${OPEN}?${query}`)).toMatchObject({
      status: 400,
      body: { details: [{ fieldName }] },
    });
  });

  it("can hide the secret tokens", async () => {
    await genesys.close();
    await bridge.close();
    await start({ masksSecrets: true });
    const { body } = await call("GET", OPEN);
    expect(body.entities).toHaveLength(1);
    expect(JSON.stringify(body)).not.toContain(RETAIL.webhookSecret);
  });
});

describe("a change", () => {
  it("takes effect at once, and only where something is named", async () => {
    const id = await create();
    now += 500;
    const changed = await call("PATCH", `${OPEN}/${id}`, {
      name: "Renamed",
      outboundNotificationWebhookUrl: `${bridge.url}/genesys/cruise`,
      outboundNotificationWebhookSignatureSecretToken: "another-secret-token",
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { id, name: "Renamed", dateModified: "2026-11-23T00:00:00.500Z" },
    });
    await genesys.reply("cruise", USER, { type: "Text", text: "hello" });
    const [received] = bridge.received;
    expect(received?.headers["x-hub-signature-256"]).toBe(
      genesysSignature("another-secret-token", Buffer.from(received?.body ?? "")),
    );
    const again = await call("PATCH", `${OPEN}/${id}`, { name: "Again" });
    expect(again.body).toMatchObject({
      name: "Again",
      outboundNotificationWebhookUrl: `${bridge.url}/genesys/cruise`,
      outboundNotificationWebhookSignatureSecretToken: "another-secret-token",
    });
  });

  it.each<[string, object, string]>([
    ["no name", { outboundNotificationWebhookUrl: NEW.outboundNotificationWebhookUrl }, "name"],
    [
      "http",
      { name: "x", outboundNotificationWebhookUrl: "http://hooks.example" },
      "outboundNotificationWebhookUrl",
    ],
    [
      "a short secret",
      { name: "x", outboundNotificationWebhookSignatureSecretToken: "short" },
      "outboundNotificationWebhookSignatureSecretToken",
    ],
  ])("is refused for %s", async (_, body, fieldName) => {
    expect(await call("PATCH", `${OPEN}/${RETAIL.integrationId}`, body)).toMatchObject({
      status: 400,
      body: { details: [{ fieldName }] },
    });
  });
});

it("is gone when it is deleted, and its OAuth client is not", async () => {
  const path = `${OPEN}/${RETAIL.integrationId}`;
  expect(await call("DELETE", path)).toEqual({ status: 200, body: undefined });
  for (const method of ["GET", "DELETE"]) {
    expect(await call(method, path)).toMatchObject({ status: 404, body: { code: "not.found" } });
  }
  expect((await call("PATCH", path, { name: "x" })).status).toBe(404);
  expect((await say(RETAIL.integrationId)).status).toBe(404);
  await expect(genesys.reply("retail", USER, { type: "Text", text: "x" })).rejects.toThrow(
    "No integration is known for retail",
  );
});

it.each<[string, string, object | undefined]>([
  ["view", "GET", undefined],
  ["add", "POST", NEW],
  ["edit", "PATCH", { name: "x" }],
  ["delete", "DELETE", undefined],
])("needs the permission messaging:integration:%s for %s", async (action, method, body) => {
  const path = method === "POST" ? OPEN : `${OPEN}/${RETAIL.integrationId}`;
  expect(await call(method, path, body, runtime)).toMatchObject({
    status: 403,
    body: {
      code: "missing.permissions",
      message: expect.stringMatching(`: messaging:integration:${action}$`),
    },
  });
});

it("tells what keeps a client from sending events, whatever the body lacks", async () => {
  const probe = (id: string, token: string) => inbound(id, "event", {}, token);
  expect(await probe(RETAIL.integrationId, admin)).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining("conversation:message:receive") },
  });
  expect(await probe("unknown", runtime)).toMatchObject({ status: 404 });
  expect(await probe(RETAIL.integrationId, runtime)).toMatchObject({ status: 400 });
});
