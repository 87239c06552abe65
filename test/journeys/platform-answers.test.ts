import { setTimeout as sleep } from "node:timers/promises";
import { type Bridge, NOW, startBridge } from "../formats/bridge.ts";
import type { Answer } from "../formats/stand-ins.ts";
import { loopbackServer } from "../lambdas/loopback-server.ts";

// What becomes of a message by what a platform answers, in the functions as they are deployed.

const USER = "U0123456789abcdef0123456789abcdef";
const MESSAGE = "c327c2078ca056db130c55ce648d9fa3";
const MINUTE = 60_000;

let bridge: Bridge;
/** Sends a byte now and then, for ever. */
let slow: Awaited<ReturnType<typeof loopbackServer>>;
beforeAll(async () => {
  slow = await loopbackServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png" });
    const timer = setInterval(() => response.write("x"), 50);
    response.on("close", () => clearInterval(timer));
  });
  bridge = await startBridge();
  process.env.GENESYS_DOWNLOADS_URL = slow.origin;
});
afterEach(async () => {
  // Never back: the worker remembers the budget of requests.
  later(20 * MINUTE);
  await bridge.forget();
});
afterAll(async () => {
  await bridge.close();
  await slow.close();
});

function later(ms: number) {
  jest.setSystemTime(Date.now() + ms);
}

/** The worker receives an event, whose brand has a budget of requests of its own. */
function customerSays(fields: object = {}, brand = "retail-thai") {
  const event = {
    type: "message",
    mode: "active",
    timestamp: NOW,
    webhookEventId: "01J0000000000000000000000",
    source: { type: "user", userId: USER },
    message: { type: "text", id: "46", text: "hello" },
    ...fields,
  };
  return bridge.consume("worker", {
    groupId: `${brand}#${USER}`,
    deduplicationId: event.webhookEventId,
    body: JSON.stringify({ kind: "line-event", brand, event }),
  });
}

/** The sender receives a message of an agent. */
function agentSays(fields: object = {}) {
  const message = { id: MESSAGE, channel: { to: { id: USER } }, type: "Text", text: "hello" };
  return bridge.consume("sender", {
    groupId: `retail-thai#${USER}`,
    deduplicationId: MESSAGE,
    body: JSON.stringify({
      kind: "message",
      brand: "retail-thai",
      message: { ...message, ...fields },
    }),
  });
}

const PATHS = { worker: "inbound/open", sender: "message/push" };
const says = { worker: () => customerSays(), sender: () => agentSays() };
type Consumer = keyof typeof says;

function platformAnswers(consumer: Consumer, answer: Answer) {
  bridge.standIns.own.answer = ({ path }) => (path.includes(PATHS[consumer]) ? answer : undefined);
}

const letters = () =>
  bridge.standIns.sent
    .filter(({ queue }) => queue.endsWith("dead-letters"))
    .map(({ attributes }) => attributes.Reason?.StringValue);

describe.each<Consumer>(["worker", "sender"])("what the %s is answered", (consumer) => {
  it.each(["86400", "9".repeat(40), "Thu, 01 Jan 2099 00:00:00 GMT"])(
    "hides a customer for 900 s at most and parks nothing: Retry-After %s",
    async (retryAfter) => {
      platformAnswers(consumer, { status: 503, headers: { "retry-after": retryAfter } });
      expect(await says[consumer]()).toBe(false);
      expect(bridge.visibilities()).toEqual([900]);
      expect(letters()).toEqual([]);
    },
  );

  it.each([302, 307])(
    "is not delivered by a redirect, which nobody follows: %i",
    async (status) => {
      platformAnswers(consumer, { status, headers: { location: "/elsewhere" } });
      expect(await says[consumer]()).toBe(false);
      expect(bridge.standIns.calls.filter(({ path }) => path === "/elsewhere")).toEqual([]);
      platformAnswers(consumer, {});
      expect(await says[consumer]()).toBe(true);
    },
  );

  it.each([423, 425])("is tried again for ten minutes and then parked: %i", async (status) => {
    platformAnswers(consumer, { status });
    for (const minutes of [0, 1, 8]) {
      later(minutes * MINUTE);
      expect(await says[consumer]()).toBe(false);
    }
    expect(letters()).toEqual([]);
    later(MINUTE);
    expect(await says[consumer]()).toBe(true);
    expect(letters()).toEqual([consumer === "worker" ? "GenesysRefused" : "LineRefused"]);
  });
});

describe("a 409 of LINE", () => {
  it("is a delivery only where it names the push that was accepted before", async () => {
    platformAnswers("sender", { status: 409 });
    expect(await agentSays()).toBe(false);
    platformAnswers("sender", { status: 409, headers: { "x-line-accepted-request-id": "1" } });
    expect(await agentSays()).toBe(true);
    expect(letters()).toEqual([]);
  });
});

describe("a 429 of LINE for its monthly limit", () => {
  const limit = { status: 429, body: { message: "You have reached your monthly limit." } };
  let used = 0;
  /** How often LINE was asked for the quota. */
  const asked = () => bridge.standIns.calls.filter(({ path }) => path.endsWith("/quota")).length;
  beforeEach(() => {
    bridge.standIns.own.answer = ({ path }) => {
      if (path.includes(PATHS.sender)) return limit;
      if (path.endsWith("/consumption")) return { body: { totalUsage: used } };
      return path.endsWith("/quota") ? { body: { type: "limited", value: 500 } } : undefined;
    };
  });

  it("is tried again for 15 minutes with the same key while messages are left", async () => {
    used = 499;
    for (const minutes of [0, 1, 13]) {
      later(minutes * MINUTE);
      expect(await agentSays()).toBe(false);
    }
    expect(letters()).toEqual([]);
    later(MINUTE);
    expect(await agentSays()).toBe(true);
    expect(letters()).toEqual(["QuotaExceeded"]);
    expect(new Set(bridge.pushes().map(({ retryKey }) => retryKey)).size).toBe(1);
    expect(Math.max(...bridge.visibilities())).toBeLessThanOrEqual(60);
  });

  it("parks at once where none are left, and asks for that once a minute", async () => {
    used = 500;
    expect(await agentSays()).toBe(true);
    expect(await agentSays()).toBe(true);
    expect(letters()).toEqual(["QuotaExceeded", "QuotaExceeded"]);
    expect(asked()).toBe(1);
  });
});

describe("a 429 of Genesys Cloud", () => {
  it("stops its client for a minute at most, and then one request tries", async () => {
    platformAnswers("worker", { status: 429, headers: { "retry-after": "600" } });
    expect(await customerSays({}, "outlet-thai")).toBe(false);
    later(30_000);
    expect(await customerSays({}, "outlet-thai")).toBe(false);
    expect(bridge.posts()).toHaveLength(1);
    later(30_000);
    platformAnswers("worker", {});
    expect(await customerSays({}, "outlet-thai")).toBe(true);
    // Until the place of the one that was put off is over.
    later(1_000);
    expect(await customerSays({ webhookEventId: "2" }, "outlet-thai")).toBe(true);
    expect(bridge.posts()).toHaveLength(3);
  });
});

describe("an event that is said to happen in the future", () => {
  it("hides no later block, and comes to the agent at the time when it came", async () => {
    const now = Date.now();
    expect(await customerSays({ timestamp: 8.64e15 })).toBe(true);
    expect(bridge.posts()[0]?.body.channel.time).toBe(new Date(now).toISOString());
    const block = { type: "unfollow", timestamp: now + 1_000, webhookEventId: "2" };
    expect(await customerSays(block)).toBe(true);
    expect(await agentSays()).toBe(true);
    expect(bridge.pushes()).toEqual([]);
    const [receipt] = bridge.standIns.sent;
    expect(JSON.parse(receipt?.body ?? "")).toMatchObject({
      receipt: { status: "Failed", reason: { code: "RecipientOptedOut" } },
    });
  });
});

describe("an agent's attachment that trickles", () => {
  it("is given up at the third try, with a reason for the agent, and its connection is closed", async () => {
    const attachment = { mediaType: "Image", url: `${slow.origin}/api/v2/downloads/1` };
    const content = [{ contentType: "Attachment", attachment }];
    await bridge.put({ pk: "failures#m1", failures: 2 });
    expect(await agentSays({ content })).toBe(true);
    expect(letters()).toEqual(["AttachmentTooSlow"]);
    const [receipt] = bridge.standIns.sent;
    expect(JSON.parse(receipt?.body ?? "")).toMatchObject({
      receipt: { status: "Failed", reason: { message: expect.stringContaining("three tries") } },
    });
    await sleep(100);
    expect(slow.requests.map(({ socket }) => socket.destroyed)).toEqual([true]);
  });
});
