import { type BareGenesys, flow, startBareGenesys } from "./bare-genesys.ts";

const MESSAGING = "/api/v2/conversations/messaging";
const WISHES = { flow: "LINE inbound", identityResolution: true } as const;
const ALL = ["*/*"];

let bare: BareGenesys;
const started: BareGenesys[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});
async function start(...flows: Parameters<typeof startBareGenesys>): Promise<void> {
  bare = await startBareGenesys(...flows);
  started.push(bare);
}

const SET_UP = {
  integration: "LINE Retail_Thai",
  webhook: "https://hooks.example/genesys/retail",
  supportedContent: "LINE bridge",
  allowed: { inbound: ALL, outbound: ALL },
  typing: "LINE bridge: Enabled",
  identities: true,
  flow: "LINE inbound",
};

const integration = async () =>
  (await bare.admin("GET", `${MESSAGING}/integrations/open`)).body.entities[0];

/** An administrator makes a profile by hand and gives it to the integration. */
async function attachByHand(kind: "supportedcontent" | "settings", profile: object) {
  const { id } = (await bare.admin("POST", `${MESSAGING}/${kind}`, profile)).body;
  const { id: integrationId, name } = await integration();
  const field = kind === "settings" ? "messagingSetting" : "supportedContent";
  const path = `${MESSAGING}/integrations/open/${integrationId}`;
  expect((await bare.admin("PATCH", path, { name, [field]: { id } })).status).toBe(200);
  return `${MESSAGING}/${kind}/${id}`;
}

const allowing = (inbound: string[], outbound: string[]) => {
  const types = (names: string[]) => names.map((type) => ({ type }));
  return { mediaTypes: { allow: { inbound: types(inbound), outbound: types(outbound) } } };
};
const typing = (outbound: string) => ({ event: { typing: { on: { outbound } } } });
const texts = (steps: { text: string }[]) => steps.map(({ text }) => text);

it("sets up from nothing all that an integration needs, and says so before", async () => {
  await start();
  const { announced, changed, byHand, notes } = await bare.setUp(WISHES);
  expect(await bare.see()).toEqual(SET_UP);
  expect(announced).toEqual([
    expect.stringContaining('create the open messaging integration "LINE Retail_Thai"'),
    'create the supported content profile "LINE bridge" in Genesys Cloud and give it to the integration "LINE Retail_Thai" (now the default one, "Default")',
    'create the platform configuration profile "LINE bridge" in Genesys Cloud and give it to the integration "LINE Retail_Thai" (now the default one, "Default")',
    'switch identity resolution on for the integration "LINE Retail_Thai" in Genesys Cloud',
    'route the integration "LINE Retail_Thai" in Genesys Cloud to the flow "LINE inbound" (now none)',
  ]);
  expect([changed, notes]).toEqual([announced, []]);
  expect(texts(byHand)).toEqual([expect.stringContaining("choose an external source")]);
});

it("changes nothing at the second run", async () => {
  await start();
  await bare.setUp(WISHES);
  bare.writes.length = 0;
  expect(await bare.setUp(WISHES)).toMatchObject({ announced: [], changed: [] });
  expect(await bare.setUp()).toMatchObject({ announced: [], byHand: [] });
  expect(bare.writes).toEqual([]);
});

it("leaves to people what nobody has asked for", async () => {
  await start();
  const { byHand } = await bare.setUp();
  expect(await bare.see()).toEqual({ ...SET_UP, flow: undefined });
  expect(texts(byHand)).toEqual([
    expect.stringContaining("Architect: an inbound message flow"),
    expect.stringMatching(/that flow, or give set-up its name \(--flow\)\. .* end nowhere\.$/),
  ]);
  expect(byHand.flatMap(({ permissions }) => permissions ?? [])).toEqual([]);
});

/** A run that ends right has left nothing undone and nothing double. */
async function expectWhole(note: unknown): Promise<void> {
  expect([note, await bare.see()]).toEqual([note, { ...SET_UP, identities: false }]);
  expect(await bare.count()).toEqual({ integrations: 1, profiles: 2, settings: 2 });
  const { outboundNotificationWebhookSignatureSecretToken: signsWith, id } = await integration();
  expect(bare.secret).toMatchObject({ integrationId: id, webhookSecret: signsWith });
}

/** Everything of set-up's is there and wrong. */
async function spoil(): Promise<void> {
  await bare.setUp({ flow: "LINE inbound" });
  const { id, name, supportedContent, messagingSetting, recipient } = await integration();
  const own = "LINE bridge";
  const content = `${MESSAGING}/supportedcontent/${supportedContent.id}`;
  const setting = `${MESSAGING}/settings/${messagingSetting.id}`;
  await bare.admin("PATCH", content, { name: own, ...allowing([], []) });
  await bare.admin("PATCH", setting, { name: own, ...typing("Disabled") });
  await bare.admin("PUT", recipient.selfUri, {});
  const outboundNotificationWebhookUrl = "https://old.example/genesys";
  const path = `${MESSAGING}/integrations/open/${id}`;
  await bare.admin("PATCH", path, { name, outboundNotificationWebhookUrl });
}

describe.each([
  ["the whole", async () => {}, 20],
  ["repairs", spoil, 14],
])("of %s", (_, prepare, requestsAtLeast) => {
  it.each([
    ["never arrives", false],
    ["is done, but not answered", true],
  ])(
    "ends right at the second run, whichever request of the first one %s",
    async (__, isDone) => {
      for (let last = 1, isKilled = true; isKilled; last += 1) {
        await start();
        await prepare();
        let requests = 0;
        bare.interfere.now = async (_request, pass) => {
          requests += 1;
          if (requests < last) return pass();
          if (isDone && requests === last) await pass();
          return undefined;
        };
        const wishes = { flow: "LINE inbound", identityResolution: false };
        isKilled = await bare.setUp(wishes).then(
          () => false,
          () => true,
        );
        // The loop ends with a run that needed no more requests.
        expect(isKilled).toBe(requests >= last);
        if (!isKilled) expect(requests).toBeGreaterThanOrEqual(requestsAtLeast);
        bare.interfere.now = undefined;
        await bare.setUp(wishes);
        await expectWhole(last);
        bare.writes.length = 0;
        expect((await bare.setUp(wishes)).announced).toEqual([]);
        expect(bare.writes).toEqual([]);
        await started.pop()?.close();
      }
    },
    120_000,
  );
});

describe("of what people have made", () => {
  beforeEach(async () => {
    await start([flow("LINE inbound"), flow("Old")]);
    await bare.setUp({ flow: "Old" });
    bare.writes.length = 0;
  });

  it("keeps a content profile that lets agents send less, and says so", async () => {
    await attachByHand("supportedcontent", { name: "Strict", ...allowing(ALL, ["image/*"]) });
    const { announced, byHand, notes } = await bare.setUp();
    expect([announced, byHand, bare.writes]).toEqual([[], [], []]);
    expect(notes).toEqual([
      'The integration "LINE Retail_Thai" keeps the supported content profile "Strict", which does not let agents send video/mp4, audio/mpeg, audio/mp4, application/pdf.',
    ]);
  });

  it("keeps a content profile that loses what customers send, and leaves it to people", async () => {
    const some = ["IMAGE/*", "video/mp4", "audio/*", "application/pdf"];
    await attachByHand("supportedcontent", { name: "Lossy", ...allowing(some, ALL) });
    const { announced, byHand, notes } = await bare.setUp();
    expect([announced, notes, bare.writes]).toEqual([[], [], []]);
    expect(texts(byHand)).toEqual([
      expect.stringMatching(
        /a supported content profile that allows .* "Lossy", which drops what customers send as application\/octet-stream\.$/,
      ),
    ]);
  });

  it("keeps a platform configuration profile without typing, and says so", async () => {
    await attachByHand("settings", { name: "Quiet", ...typing("Disabled") });
    const { announced, notes } = await bare.setUp();
    expect([announced, bare.writes]).toEqual([[], []]);
    expect(notes).toEqual([
      'The integration "LINE Retail_Thai" keeps the platform configuration profile "Quiet", which does not tell that an agent is typing.',
    ]);
  });

  it("keeps a profile that Genesys Cloud does not list", async () => {
    await attachByHand("supportedcontent", { name: "Strict", ...allowing(ALL, ["image/*"]) });
    bare.interfere.now = async (request, pass) =>
      request.path.endsWith("/supportedcontent")
        ? { status: 200, body: { entities: [], pageCount: 0 } }
        : pass();
    const { announced, notes } = await bare.setUp();
    expect([announced, bare.writes]).toEqual([[], []]);
    expect(notes[0]).toContain('keeps the supported content profile "Strict"');
  });

  it("keeps another flow unless one is named, and says which one it replaces", async () => {
    expect(await bare.setUp()).toMatchObject({ announced: [], byHand: [] });
    const { announced } = await bare.setUp({ flow: "LINE inbound" });
    expect(announced).toEqual([
      'route the integration "LINE Retail_Thai" in Genesys Cloud to the flow "LINE inbound" (now "Old")',
    ]);
    expect((await bare.see()).flow).toBe("LINE inbound");
  });

  it("keeps the external source and the division of identity resolution", async () => {
    const { id } = await integration();
    const path = `${MESSAGING}/identityresolution/integrations/open/${id}`;
    const chosen = { externalSource: { id: "crm" }, division: { id: "asia" } };
    await bare.admin("PUT", path, { resolveIdentities: false, ...chosen });
    expect((await bare.setUp()).announced).toEqual([]);
    const { announced, byHand } = await bare.setUp({ identityResolution: true });
    expect([announced.length, byHand]).toEqual([1, []]);
    expect((await bare.admin("GET", path)).body).toMatchObject({
      resolveIdentities: true,
      ...chosen,
    });
    await bare.setUp({ identityResolution: false });
    expect((await bare.see()).identities).toBe(false);
  });

  it("takes a default that allows enough", async () => {
    const { supportedContent } = await integration();
    await bare.admin("PATCH", `${MESSAGING}/supportedcontent/default`, {
      name: "Default",
      ...allowing(ALL, ["image/*", "video/*", "audio/*", "application/pdf"]),
    });
    const standard = (await bare.admin("GET", `${MESSAGING}/supportedcontent/default`)).body;
    const { id, name } = await integration();
    const path = `${MESSAGING}/integrations/open/${id}`;
    await bare.admin("PATCH", path, { name, supportedContent: { id: standard.id } });
    expect(supportedContent.id).not.toBe(standard.id);
    expect((await bare.setUp()).announced).toEqual([]);
  });
});

describe("of what is its own", () => {
  it("repairs what somebody has changed, and keeps what it does not know", async () => {
    await start();
    await bare.setUp(WISHES);
    const { supportedContent, messagingSetting } = await integration();
    const content = `${MESSAGING}/supportedcontent/${supportedContent.id}`;
    const setting = `${MESSAGING}/settings/${messagingSetting.id}`;
    await bare.admin("PATCH", content, { name: "LINE bridge", ...allowing(ALL, ["image/*"]) });
    await bare.admin("PATCH", setting, { name: "LINE bridge", ...typing("Disabled") });
    // The console offers more than the API tells of.
    bare.interfere.now = async (request, pass) => {
      const answer = await pass();
      if (request.method !== "GET" || !request.path.endsWith("/settings")) return answer;
      const body = JSON.stringify(answer.body).replaceAll(
        '"event":{',
        '"event":{"richMedia":{"cards":"Enabled"},',
      );
      return { status: 200, body: JSON.parse(body) };
    };
    let sent = "";
    const seen = bare.interfere.now;
    bare.interfere.now = async (request, pass) => {
      if (request.method === "PATCH" && request.path === setting) sent = request.body.toString();
      return seen(request, pass);
    };
    const { announced } = await bare.setUp(WISHES);
    expect(announced).toEqual([
      'repair the supported content profile "LINE bridge" in Genesys Cloud, which does not let agents send video/mp4, audio/mpeg, audio/mp4, application/pdf',
      'repair the platform configuration profile "LINE bridge" in Genesys Cloud, which does not tell that an agent is typing',
    ]);
    expect(JSON.parse(sent)).toEqual({
      name: "LINE bridge",
      event: {
        richMedia: { cards: "Enabled" },
        typing: { on: { inbound: "Disabled", outbound: "Enabled" } },
      },
    });
    bare.interfere.now = undefined;
    expect(await bare.see()).toEqual(SET_UP);
  });

  it("finds it again on a later page and in another letter case, and makes no second one", async () => {
    await start();
    const path = `${MESSAGING}/supportedcontent`;
    for (let number = 0; number < 120; number += 1) {
      await bare.admin("POST", path, { name: `Web ${number}`, ...allowing(ALL, []) });
    }
    await bare.admin("POST", path, { name: "line BRIDGE", ...allowing(ALL, []) });
    const { announced } = await bare.setUp();
    expect(announced[1]).toMatch(/^repair the supported content profile "line BRIDGE" .* and give/);
    expect(await bare.see()).toMatchObject({
      supportedContent: "line BRIDGE",
      allowed: { inbound: ALL, outbound: ALL },
    });
    // Those, the one of the other letter case and the default.
    expect((await bare.count()).profiles).toBe(122);
    expect((await bare.setUp()).announced).toEqual([]);
  });
});

it("leaves a step to people that Genesys Cloud refuses for another reason, and goes on", async () => {
  await start();
  bare.interfere.now = async (request, pass) =>
    request.method === "POST" && request.path.endsWith("/supportedcontent")
      ? { status: 400, body: { code: "bad.request", contextId: "c-1", message: "hush" } }
      : pass();
  const { changed, byHand } = await bare.setUp(WISHES);
  expect(changed).toHaveLength(4);
  expect(texts(byHand)[1]).toMatch(
    /a supported content profile .*\. Genesys Cloud refused to create the supported content profile with 400 bad\.request contextId c-1\.$/,
  );
  expect(await bare.see()).toEqual({
    ...SET_UP,
    supportedContent: "Default",
    allowed: { inbound: ALL, outbound: ["image/jpeg", "image/png", "image/gif"] },
  });
});

describe("--flow", () => {
  const flows = [
    flow("LINE inbound"),
    flow("Draft", "inboundshortmessage", false),
    flow("Calls", "inboundcall"),
  ];

  it.each([
    ["Line inbuond", /sees no inbound message flow of this name .*; did you mean LINE inbound\? /],
    ["Nothing like it", /there are "LINE inbound", "Draft"$/],
    ["Draft", /this flow is not published; publish it in Architect$/],
    ["Calls", /has the type inboundcall; create an inbound message flow in Architect$/],
  ])("refuses %s before anything is changed", async (name, message) => {
    await start(flows);
    await expect(bare.setUp({ flow: name })).rejects.toThrow(message);
    expect(bare.writes).toEqual([]);
  });

  it("says what to do where there is no flow at all", async () => {
    await start([]);
    await expect(bare.setUp(WISHES)).rejects.toThrow(/create one in Architect and publish it$/);
  });

  it("takes another letter case, and the exact one first", async () => {
    await start([flow("line Inbound"), ...flows]);
    await bare.setUp({ flow: "LINE inbound" });
    expect((await bare.see()).flow).toBe("LINE inbound");
    await bare.setUp({ flow: "LINE INBOUND" });
    expect((await bare.see()).flow).toBe("line Inbound");
  });

  it("finds a flow on a later page", async () => {
    const many = Array.from({ length: 150 }, (_, number) => flow(`Flow ${number}`));
    await start([...many, ...flows]);
    await bare.setUp(WISHES);
    expect((await bare.see()).flow).toBe("LINE inbound");
  });
});
