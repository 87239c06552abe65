import { createHmac } from "node:crypto";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "../../../../../lib/local/simulators/genesys/integration.ts";
import type { OutboundMessage } from "../../../../../lib/local/simulators/genesys/outbound.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";

const NOW = Date.UTC(2026, 10, 23, 6, 30);
const USER = `U${"a".repeat(32)}`;
const RETAIL: OpenIntegration = {
  brandKey: "retail",
  integrationId: "11111111-2222-4333-8444-555555555555",
  name: "LINE Retail",
  webhookSecret: "webhook-secret-of-retail",
  clientId: "client",
  clientSecret: "secret",
};

let genesys: GenesysCloud;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let traffic: Traffic[];

async function start(answers: (number | "silence")[] = [], pauseMilliseconds = 1) {
  traffic = [];
  bridge = await startWebhookReceiver(answers);
  genesys = await startGenesysCloud({
    integrations: [RETAIL],
    now: () => NOW,
    onTraffic: (one) => traffic.push(one),
    webhookTimeoutMilliseconds: 500,
    webhookPauseMilliseconds: pauseMilliseconds,
  });
  genesys.setWebhook("retail", bridge.url);
}

afterEach(async () => {
  await genesys?.close();
  await bridge?.close();
});

it("sends the time that it is told, or none", async () => {
  await start();
  const time = "2026-11-23T06:29:00.000Z";
  await genesys.reply("retail", USER, { type: "Text", text: "earlier", time });
  await genesys.reply("retail", USER, { type: "Text", text: "whenever", time: null });
  const [told, without] = bridge.bodies();
  expect(told).toMatchObject({ text: "earlier", channel: { time } });
  expect(told).not.toHaveProperty("time");
  expect(without).toMatchObject({ text: "whenever" });
  expect(without).not.toHaveProperty("channel.time");
  expect(without).not.toHaveProperty("time");
});

it("sends what the agent writes as Genesys documents it", async () => {
  await start();
  const sent = await genesys.reply("retail", USER, { type: "Text", text: "お待たせしました。" });
  expect(sent).toEqual({ status: 200, attempts: 1, id: expect.stringMatching(/^[0-9a-f]{32}$/) });
  const [conversation] = genesys.conversations("retail");
  expect(bridge.bodies()).toEqual([
    {
      id: sent.id,
      channel: {
        id: RETAIL.integrationId,
        platform: "Open",
        type: "Private",
        messageId: sent.id,
        to: { id: USER, idType: "Opaque" },
        from: { nickname: "LINE Retail", id: RETAIL.integrationId, idType: "Opaque" },
        time: "2026-11-23T06:30:00.000Z",
      },
      type: "Text",
      text: "お待たせしました。",
      direction: "Outbound",
      originatingEntity: "Human",
      conversationId: conversation?.id,
    },
  ]);
  const [request] = bridge.received;
  const digest = createHmac("sha256", RETAIL.webhookSecret)
    .update(request?.body ?? "")
    .digest("base64");
  expect(request?.headers).toMatchObject({
    "content-type": "application/json",
    "x-hub-signature-256": `sha256=${digest}`,
  });
  expect(conversation).toMatchObject({
    customerId: USER,
    messages: [{ id: sent.id, direction: "Outbound", text: "お待たせしました。" }],
  });
  expect(genesys.messages("retail", USER)).toEqual([]);
  expect(traffic).toMatchObject([
    { from: "Genesys", to: "bridge", brandKey: "retail", what: "text", status: 200 },
  ]);
});

it.each<[string, OutboundMessage, object]>([
  [
    "typing, which has no originator",
    { type: "Event", events: [{ eventType: "Typing" }] },
    { type: "Event", events: [{ eventType: "Typing" }], direction: "Outbound" },
  ],
  [
    "a bot's quick replies",
    {
      type: "Structured",
      text: "?",
      originatingEntity: "Bot",
      content: [{ contentType: "QuickReply", quickReply: { text: "Yes", payload: "y" } }],
    },
    { originatingEntity: "Bot", content: [{ contentType: "QuickReply" }] },
  ],
  [
    "an attachment",
    {
      type: "Text",
      content: [
        {
          contentType: "Attachment",
          attachment: { mediaType: "Image", url: "https://x.example/a", mime: "image/png" },
        },
      ],
    },
    { type: "Text", content: [{ attachment: { url: "https://x.example/a" } }] },
  ],
  [
    "a message again",
    { type: "Text", text: "x", id: "m-1" },
    { id: "m-1", channel: { messageId: "m-1" } },
  ],
])("sends %s", async (_, message, body) => {
  await start();
  await genesys.reply("retail", USER, message);
  expect(bridge.bodies()).toMatchObject([body]);
  if (message.type === "Event") {
    expect(bridge.bodies()[0]).not.toHaveProperty("originatingEntity");
    expect(genesys.conversations("retail")).toMatchObject([{ messages: [] }]);
  }
});

it.each<[string, (number | "silence")[], number, number]>([
  ["repeats after 5xx, 429 and a timeout", [503, 429, "silence"], 200, 4],
  ["gives up after 5 retries", Array(9).fill(500), 500, 6],
  ["does not repeat after another 4xx", [401], 401, 1],
  ["does not repeat after a redirect", [302], 302, 1],
])("%s", async (_, answers, status, attempts) => {
  await start(answers);
  const sent = await genesys.reply("retail", USER, { type: "Text", text: "Hello" });
  expect(sent).toMatchObject({ status, attempts });
  expect(new Set(bridge.received.map(({ body }) => body)).size).toBe(1);
  expect(bridge.received).toHaveLength(attempts);
  expect(genesys.conversations("retail")[0]?.messages[0]?.status).toBe(
    status === 200 ? undefined : "Failed",
  );
});

it("does not repeat where nobody listens", async () => {
  await start();
  await bridge.close();
  const sent = await genesys.reply("retail", USER, { type: "Text", text: "Hello" });
  expect(sent).toMatchObject({ status: 0, attempts: 1 });
});

it("stops at once when Genesys Cloud closes", async () => {
  await start([500], 60_000);
  const pausing = genesys.reply("retail", USER, { type: "Text", text: "Hello" });
  while (traffic.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await genesys.close();
  expect(await pausing).toMatchObject({ status: 500, attempts: 1 });
});

it("needs a known brand and a webhook", async () => {
  await start();
  const message = { type: "Text", text: "Hello" };
  await expect(genesys.reply("x", USER, message)).rejects.toThrow("No integration is known for x");
  const bare = await startGenesysCloud({ integrations: [RETAIL] });
  await expect(bare.reply("retail", USER, message)).rejects.toThrow("No webhook is known");
  await bare.close();
});
