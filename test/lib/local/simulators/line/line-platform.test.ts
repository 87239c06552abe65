import { createHmac } from "node:crypto";
import type { LineChannel } from "../../../../../lib/local/simulators/line/channel.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../../lib/local/simulators/line/line-platform.ts";
import { lineSignature } from "../../../../../lib/local/simulators/line/webhook-delivery.ts";
import type { LineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";

const NOW = Date.UTC(2026, 10, 23);
const CHANNEL: LineChannel = {
  brandKey: "retail",
  channelId: "1234567890",
  channelSecret: "secret-of-retail",
  botUserId: `U${"b".repeat(32)}`,
};

let platform: LinePlatform;
let traffic: Traffic[];
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;

async function start(answers: (number | "silence")[] = [], redeliveryPauses = [5, 10]) {
  traffic = [];
  bridge = await startWebhookReceiver(answers);
  platform = await startLinePlatform({
    channels: [CHANNEL],
    now: () => NOW,
    onTraffic: (one) => traffic.push(one),
    redeliveryPauses,
  });
  platform.setWebhook("retail", bridge.url);
}

afterEach(async () => {
  await platform?.close();
  await bridge?.close();
});

it("signs as in LINE's own example", () => {
  const body = Buffer.from('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}');
  expect(lineSignature("8c570fa6dd201bb328f1c1eac23a96d8", body)).toBe(
    "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=",
  );
});

describe("a customer's message", () => {
  it("arrives as LINE documents it", async () => {
    await start();
    const content: LineContent = { type: "text", text: "สวัสดี (love)", quotedMessageId: "4" };
    const sent = await platform.send("retail", "Somchai", content);
    expect(sent.status).toBe(200);
    expect(await sent.settled).toEqual({ status: 200, attempts: 1 });

    const [request] = bridge.received;
    expect(request?.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-line-signature": createHmac("sha256", CHANNEL.channelSecret)
        .update(request?.body ?? "")
        .digest("base64"),
    });
    expect(bridge.bodies()).toEqual([
      {
        destination: CHANNEL.botUserId,
        events: [
          {
            type: "message",
            message: {
              type: "text",
              id: sent.messageId,
              quoteToken: expect.stringMatching(/^[\w-]{40,}$/),
              markAsReadToken: expect.stringMatching(/^[\w-]{40}$/),
              text: "สวัสดี (love)",
              quotedMessageId: "4",
            },
            timestamp: NOW,
            source: { type: "user", userId: platform.customers.named("Somchai").userId },
            replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
            mode: "active",
            webhookEventId: sent.webhookEventId,
            deliveryContext: { isRedelivery: false },
          },
        ],
      },
    ]);
    expect(sent.messageId).toMatch(/^\d{18}$/);
    expect(sent.webhookEventId).toMatch(/^01M82V7M00[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(traffic).toEqual([
      {
        at: NOW,
        from: "LINE",
        to: "bridge",
        brandKey: "retail",
        what: "text",
        text: "สวัสดี (love)",
        status: 200,
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it.each<[LineContent, object, string]>([
    [
      { type: "sticker", packageId: "1", stickerId: "2", keywords: ["hi"] },
      { stickerResourceType: "STATIC", keywords: ["hi"], quoteToken: expect.any(String) },
      "sticker 2",
    ],
    [
      { type: "location", latitude: 13.7, longitude: 100.5 },
      { latitude: 13.7, longitude: 100.5, markAsReadToken: expect.any(String) },
      "13.7, 100.5",
    ],
  ])("can be a %p", async (content, message, text) => {
    await start();
    await platform.send("retail", "Somchai", content);
    expect(bridge.bodies()[0].events[0].message).toMatchObject(message);
    expect(traffic[0]).toMatchObject({ what: content.type, text });
  });

  it("gives every message an id and an event id of its own, but no location a quote token", async () => {
    await start();
    const content: LineContent = { type: "location", latitude: 1, longitude: 2 };
    const first = await platform.send("retail", "Somchai", content);
    const second = await platform.send("retail", "Somchai", content);
    expect(BigInt(second.messageId)).toBeGreaterThan(BigInt(first.messageId));
    expect(second.webhookEventId).not.toBe(first.webhookEventId);
    expect(bridge.bodies()[0].events[0].message).not.toHaveProperty("quoteToken");
  });

  it("is signed with the secret of the moment", async () => {
    await start();
    const channel = { ...CHANNEL, brandKey: "other" };
    const other = await startLinePlatform({ channels: [channel] });
    other.setWebhook("other", bridge.url);
    channel.channelSecret = "reissued";
    await other.deliver("other", []);
    const [request] = bridge.received;
    expect(request?.headers["x-line-signature"]).toBe(
      lineSignature("reissued", Buffer.from(request?.body ?? "")),
    );
    await other.close();
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ["for an unknown brand", () => platform.send("x", "A", text), "No LINE channel is known for x"],
    ["without a webhook", () => withoutWebhook(), "No webhook is known for retail"],
    ["from someone who blocked the account", () => blockedSends(), "has blocked the account"],
    ["without text", () => platform.send("retail", "A", { type: "text", text: "" }), "text"],
  ])("is an error %s", async (_, attempt, message) => {
    await start();
    await expect(attempt()).rejects.toThrow(message);
  });
});

describe("redelivery", () => {
  it("repeats what was not answered with 2xx, with only isRedelivery changed", async () => {
    await start([500, 400]);
    const sent = await platform.send("retail", "Somchai", text);
    expect(sent.status).toBe(500);
    expect(await sent.settled).toEqual({ status: 200, attempts: 3 });
    const [first, second, third] = bridge.bodies();
    first.events[0].deliveryContext.isRedelivery = true;
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(second.events[0].webhookEventId).toBe(sent.webhookEventId);
    expect(traffic.map(({ status }) => status)).toEqual([500, 400, 200]);
  });

  it("ends after the last pause", async () => {
    await start([500, 500, 500, 500]);
    const { settled } = await platform.deliver("retail", [{ type: "unsend" }]);
    expect(await settled).toEqual({ status: 500, attempts: 3 });
  });

  it("reports 0 for a webhook that nobody listens to", async () => {
    await start([], []);
    await bridge.close();
    expect(await platform.deliver("retail", [])).toMatchObject({ status: 0 });
    expect(traffic).toMatchObject([{ what: "no events", status: 0 }]);
  });

  it("does not wait longer than 2 seconds for an answer", async () => {
    await start(["silence"], []);
    const started = performance.now();
    expect(await platform.deliver("retail", [])).toMatchObject({ status: 0 });
    expect(performance.now() - started).toBeGreaterThan(1_900);
    expect(performance.now() - started).toBeLessThan(2_900);
  });

  it("ends with the platform", async () => {
    await start([500, "silence"], [60_000]);
    const failed = await platform.send("retail", "Somchai", text);
    const pending = platform.send("retail", "Somchai", text);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await platform.close();
    expect(await failed.settled).toEqual({ status: 500, attempts: 1 });
    expect(await pending).toMatchObject({ status: 0 });
  });
});

describe("customers", () => {
  it("keep their id, are listed, and tell the channel of blocking and coming back", async () => {
    await start();
    const somchai = platform.customers.named("Somchai");
    expect(somchai.userId).toMatch(/^U[0-9a-f]{32}$/);
    expect(platform.customers.named("Somchai")).toEqual(somchai);
    expect(platform.customers.named("Mali").userId).not.toBe(somchai.userId);
    await platform.block("retail", "Somchai");
    await platform.unblock("retail", "Somchai");
    const source = { type: "user", userId: somchai.userId };
    const events = bridge.bodies().map(({ events: [event] }) => event);
    expect(events).toMatchObject([
      { type: "unfollow", source },
      { type: "follow", source, follow: { isUnblocked: true }, replyToken: expect.any(String) },
    ]);
    expect(events[0]).not.toHaveProperty("replyToken");
    expect(platform.customers.list().map(({ displayName }) => displayName)).toEqual([
      "Somchai",
      "Mali",
    ]);
  });
});

const text: LineContent = { type: "text", text: "Hello" };

async function withoutWebhook() {
  const bare = await startLinePlatform({ channels: [CHANNEL] });
  try {
    return await bare.send("retail", "A", text);
  } finally {
    await bare.close();
  }
}

async function blockedSends() {
  await platform.block("retail", "Somchai");
  return platform.send("retail", "Somchai", text);
}
