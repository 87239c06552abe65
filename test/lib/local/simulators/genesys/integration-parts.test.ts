import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import {
  PROVISIONING_PERMISSIONS,
  RECEIVE_PERMISSION,
} from "../../../../../lib/local/simulators/genesys/oauth-client.ts";
import { platformClient } from "./platform-client.ts";
import { channelOf, RETAIL, USER } from "./retail-integration.ts";

const MESSAGING = "/api/v2/conversations/messaging";
const OPEN = `${MESSAGING}/integrations/open`;
const ONE = `${OPEN}/${RETAIL.integrationId}`;
const IDENTITY = `${MESSAGING}/identityresolution/integrations/open/${RETAIL.integrationId}`;
const flow = (name: string, type = "inboundshortmessage", isPublished = true) => ({
  id: `id of ${name}`,
  name,
  type,
  isPublished,
});
const INBOUND = flow("LINE inbound");
const DRAFT = flow("Draft", "inboundshortmessage", false);
const CALLS = flow("Calls", "inboundcall");

let genesys: GenesysCloud;
let call: Awaited<ReturnType<typeof platformClient>>;
const permissions = [...PROVISIONING_PERMISSIONS, RECEIVE_PERMISSION];

beforeEach(async () => {
  genesys = await startGenesysCloud({
    integrations: [{ ...RETAIL }],
    clients: [
      { clientId: "admin", clientSecret: "s", permissions },
      { clientId: "nobody", clientSecret: "s", permissions: [] },
    ],
    flows: [INBOUND, DRAFT, CALLS],
  });
  call = await platformClient(genesys.origin, "admin");
});
afterEach(() => genesys.close());

describe.each<[string, string, object, object]>([
  [
    "supported content profiles",
    `${MESSAGING}/supportedcontent`,
    { mediaTypes: { allow: { inbound: [{ type: "*/*" }], outbound: [{ type: "image/*" }] } } },
    { mediaTypes: { allow: { outbound: [{ type: "images" }] } } },
  ],
  [
    "messaging settings",
    `${MESSAGING}/settings`,
    { event: { typing: { on: { inbound: "Disabled", outbound: "Enabled" } } } },
    { event: { typing: { on: { outbound: "On" } } } },
  ],
])("%s", (_, path, content, wrong) => {
  it("are listed, made, read and changed, beside the organisation's default", async () => {
    const standard = (await call("GET", `${path}/default`)).body;
    expect(standard.name).toBe("Default");
    const { body } = await call("POST", path, { name: "One", ...content });
    expect(body).toMatchObject({ name: "One", ...content });
    const one = `${path}/${body.id}`;
    expect((await call("PATCH", one, { name: "Two" })).body).toMatchObject({
      name: "Two",
      ...content,
    });
    expect((await call("GET", one)).body).toMatchObject({ id: body.id, name: "Two" });
    const { entities, total } = (await call("GET", `${path}?pageSize=1&pageNumber=2`)).body;
    expect([entities.map(({ name }: { name: string }) => name), total]).toEqual([["Two"], 2]);
  });

  it("are refused without a name, with values that there are not, and where there is none", async () => {
    expect((await call("POST", path, content)).body.details[0].fieldName).toBe("name");
    expect((await call("POST", path, { name: "One", ...wrong })).status).toBe(400);
    expect((await call("GET", `${path}/unknown`)).status).toBe(404);
    expect((await call("PATCH", `${path}/unknown`, { name: "One" })).status).toBe(404);
  });
});

it("gives an integration that names none the defaults, and takes no unknown ones", async () => {
  const { supportedContent, messagingSetting } = (await call("GET", ONE)).body;
  expect([supportedContent.name, messagingSetting.name]).toEqual(["Default", "Default"]);
  const path = `${MESSAGING}/supportedcontent`;
  const { id } = (await call("POST", path, { name: "Own" })).body;
  const changed = await call("PATCH", ONE, { name: "x", supportedContent: { id } });
  expect(changed.body).toMatchObject({ supportedContent: { id, name: "Own" }, messagingSetting });
  expect(await call("PATCH", ONE, { name: "x", messagingSetting: { id } })).toMatchObject({
    status: 400,
    body: { details: [{ fieldName: "messagingSetting.id" }] },
  });
});

it("can give the integrations that exist at the start other profiles", async () => {
  const other = await startGenesysCloud({
    integrations: [{ ...RETAIL }],
    clients: [{ clientId: "admin", clientSecret: "s", permissions }],
    profiles: { supportedContent: { name: "Files" }, messagingSetting: { name: "Typing" } },
  });
  const ask = await platformClient(other.origin, "admin");
  expect((await ask("GET", ONE)).body).toMatchObject({
    supportedContent: { name: "Files" },
    messagingSetting: { name: "Typing" },
  });
  expect((await ask("GET", `${MESSAGING}/settings/default`)).body.name).toBe("Default");
  await other.close();
});

it("resolves identities from the start, until that is changed as a whole", async () => {
  expect((await call("GET", IDENTITY)).body).toMatchObject({ resolveIdentities: true });
  const config = { resolveIdentities: false, externalSource: { id: "crm" } };
  expect((await call("PUT", IDENTITY, config)).body).toMatchObject(config);
  expect((await call("PUT", IDENTITY, { resolveIdentities: true })).status).toBe(200);
  expect((await call("GET", IDENTITY)).body).not.toHaveProperty("externalSource");
  expect((await call("PUT", IDENTITY, {})).body.details[0].fieldName).toBe("resolveIdentities");
  expect((await call("GET", `${IDENTITY}x`)).status).toBe(404);
});

describe("flows", () => {
  const names = async (query: string) =>
    (await call("GET", `/api/v2/flows?${query}`)).body.entities.map(
      ({ name }: { name: string }) => name,
    );

  it.each([
    ["", ["LINE inbound", "Draft", "Calls"]],
    ["type=inboundshortmessage", ["LINE inbound", "Draft"]],
    ["name=line%20INBOUND", ["LINE inbound"]],
    ["name=%2Ainb%2A", ["LINE inbound"]],
    ["name=L.NE%20inbound", []],
    ["type=inboundcall&name=Draft", []],
    ["pageSize=2&pageNumber=2", ["Calls"]],
  ])("are found by ?%s", async (query, found) => {
    expect(await names(query)).toEqual(found);
  });

  it("show whether they are published", async () => {
    const { entities } = (await call("GET", "/api/v2/flows")).body;
    expect(entities[0].publishedVersion).toEqual({ id: "1.0", name: "1.0" });
    expect(entities[1]).not.toHaveProperty("publishedVersion");
  });
});

describe("a recipient", () => {
  const pathOf = async () => {
    const { recipient } = (await call("GET", ONE)).body;
    expect(recipient.id).not.toBe(RETAIL.integrationId);
    return recipient.selfUri;
  };
  const say = (text: string) =>
    call("POST", `/api/v2/conversations/messages/${RETAIL.integrationId}/inbound/open/message`, {
      channel: channelOf(USER),
      text,
    });
  const flowOfConversation = () => genesys.conversations("retail")[0]?.flow;

  it("has the first flow where it exists at the start, and a flow takes its messages", async () => {
    expect((await call("GET", await pathOf())).body.flow).toMatchObject({ name: "LINE inbound" });
    expect((await say("hi")).status).toBe(200);
    expect(flowOfConversation()).toBe("LINE inbound");
  });

  it("takes messages that end nowhere until it has a flow again", async () => {
    const path = await pathOf();
    expect((await call("PUT", path, {})).body).not.toHaveProperty("flow");
    expect((await say("hi")).status).toBe(200);
    expect(genesys.messages("retail", USER)).toHaveLength(1);
    expect(flowOfConversation()).toBeUndefined();
    expect((await call("PUT", path, { flow: { id: INBOUND.id } })).status).toBe(200);
    await say("hello?");
    expect(flowOfConversation()).toBe("LINE inbound");
  });

  it.each([
    ["is not published", DRAFT.id],
    ["is for calls", CALLS.id],
    ["is unknown", "x"],
  ])("takes no flow that %s", async (_, id) => {
    const path = await pathOf();
    expect(await call("PUT", path, { flow: { id } })).toMatchObject({
      status: 400,
      body: { details: [{ fieldName: "flow.id" }] },
    });
    expect((await call("GET", path)).body.flow.id).toBe(INBOUND.id);
  });

  it("is there once its integration is completed", async () => {
    const { body } = await call("POST", OPEN, {
      name: "New",
      outboundNotificationWebhookUrl: "https://hooks.example/genesys/new",
      outboundNotificationWebhookSignatureSecretToken: "0123456789abcdef",
    });
    expect(body).not.toHaveProperty("recipient");
    expect((await call("GET", `${await pathOf()}x`)).status).toBe(404);
  });
});

it.each([
  ["GET", `${MESSAGING}/supportedcontent`, "messaging:supportedContent:view"],
  ["GET", `${MESSAGING}/supportedcontent/default`, "messaging:supportedContent:view"],
  ["POST", `${MESSAGING}/supportedcontent`, "messaging:supportedContent:add"],
  ["PATCH", `${MESSAGING}/supportedcontent/x`, "messaging:supportedContent:edit"],
  ["GET", `${MESSAGING}/settings`, "messaging:setting:view"],
  ["POST", `${MESSAGING}/settings`, "messaging:setting:add"],
  ["PATCH", `${MESSAGING}/settings/x`, "messaging:setting:edit"],
  ["GET", IDENTITY, "messaging:integration:view, messaging:identityResolutionOpen:view"],
  ["PUT", IDENTITY, "messaging:integration:edit, messaging:identityResolutionOpen:edit"],
  ["GET", "/api/v2/routing/message/recipients/x", "routing:message:manage"],
  ["PUT", "/api/v2/routing/message/recipients/x", "routing:message:manage"],
  ["GET", "/api/v2/flows", "architect:flow:view"],
])("%s %s needs %s", async (method, path, missing) => {
  const nobody = await platformClient(genesys.origin, "nobody");
  expect(await nobody(method, path, method === "GET" ? undefined : {})).toMatchObject({
    status: 403,
    body: {
      code: "missing.permissions",
      message: `Unable to perform the requested action. You are missing the following permission(s): ${missing}`,
    },
  });
});
