import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { type ConsoleServer, startConsole } from "../../../../lib/local/console/console.ts";
import { bundlePage, type PageFiles } from "../../../../lib/local/console/page-files.ts";
import type { DeadLetter, QueuesState } from "../../../../lib/local/console/queues-state.ts";
import type { Samples } from "../../../../lib/local/console/samples/samples.ts";
import { TYPING } from "../../../../lib/local/console/samples/typing.ts";
import { connectConsole } from "../../../../lib/local/demo/console-client.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../lib/local/simulators/line/line-platform.ts";
import type { Traffic } from "../../../../lib/local/simulators/traffic.ts";
import { channelOf, postInbound, RETAIL } from "../simulators/genesys/retail-integration.ts";
import { startWebhookReceiver } from "../simulators/webhook-receiver.ts";
import { NO_QUEUES, noFaults, READY, RETAIL_CHANNEL } from "./sample-ready.ts";
import { readServerSent } from "./server-sent.ts";

const TRAFFIC: Traffic = {
  at: 1_796_058_351_240,
  from: "bridge",
  to: "Genesys",
  brandKey: "retail",
  what: "message",
  status: 202,
  milliseconds: 3,
};
const WHO = { brand: "retail", customer: "สมชาย" };
const TO = { brand: "retail", to: "U" };

const answers: (number | "silence")[] = [];
const traffic: Traffic[] = [];
const LETTER: DeadLetter = {
  id: "letter-1",
  queue: "inbound",
  brand: "retail",
  reason: "GenesysRefused",
  kind: "text",
  parkedAt: "2026-11-30T17:05:51.374Z",
  command: "npm run operator -- redrive --local",
};

let queues: QueuesState;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let line: LinePlatform;
let genesys: GenesysCloud;
let page: ConsoleServer;
let files: Promise<PageFiles>;

beforeAll(() => {
  files = bundlePage();
});

beforeEach(async () => {
  answers.length = 0;
  traffic.length = 0;
  queues = NO_QUEUES;
  bridge = await startWebhookReceiver(answers);
  line = await startLinePlatform({ channels: [RETAIL_CHANNEL] });
  genesys = await startGenesysCloud({
    integrations: [RETAIL],
    onTraffic: (one) => traffic.push(one),
  });
  line.setWebhook("retail", bridge.url);
  genesys.setWebhook("retail", bridge.url);
  const faults = noFaults();
  page = await startConsole({
    port: 0,
    page: files,
    faults,
    ready: READY,
    language: "th",
    line,
    genesys,
    hasSecrets: () => true,
    readQueues: async () => queues,
    readDeadLetters: async () => [LETTER],
  });
});
afterEach(async () => {
  await page.close();
  await genesys.close();
  await line.close();
  await bridge.close();
});

describe("a customer", () => {
  it.each<[string, object, object]>([
    ["writes", { content: { type: "text", text: "สวัสดี" } }, { text: "สวัสดี" }],
    [
      "sends an image",
      { content: { type: "image" }, media: media(SAMPLES.photo) },
      { type: "image", contentProvider: { type: "line" } },
    ],
    [
      "sends a file",
      { content: { type: "file", fileName: "訂單.pdf" }, media: media(SAMPLES.order) },
      { type: "file", fileName: "訂單.pdf", fileSize: SAMPLES.order.bytes.length },
    ],
  ])("%s", async (_, act, message) => {
    const answer = await post("/api/line", { ...WHO, ...act });
    const { userId } = line.customers.named("สมชาย");
    expect(answer).toMatchObject({ status: 200, body: { userId, status: 200 } });
    expect(bridge.bodies()).toMatchObject([
      { events: [{ source: { userId }, message: { ...message, id: answer.body.messageId } }] },
    ]);
    expect((await state()).phones).toMatchObject([
      { customer: "สมชาย", userId, hasBlocked: false, lines: [{ from: "customer", message }] },
    ]);
  });

  it("taps a button", async () => {
    const tap = { data: "d", displayText: "保留", params: { date: "2026-12-01" } };
    expect(await post("/api/line", { ...WHO, tap })).toMatchObject({ status: 200 });
    expect(bridge.bodies()).toMatchObject([
      { events: [{ type: "postback", postback: { data: "d", params: { date: "2026-12-01" } } }] },
    ]);
    expect((await state()).phones).toMatchObject([{ lines: [{ text: "保留" }] }]);
  });

  it("takes a message back", async () => {
    const said = await post("/api/line", { ...WHO, content: { type: "text", text: "x" } });
    const unsend = said.body.messageId;
    expect(await post("/api/line", { ...WHO, unsend })).toMatchObject({ status: 200 });
    expect(bridge.bodies().at(-1)).toMatchObject({
      events: [{ type: "unsend", unsend: { messageId: unsend } }],
    });
    expect((await state()).phones).toMatchObject([{ lines: [{ isUnsent: true }] }]);
  });

  it("blocks the account and comes back", async () => {
    await post("/api/line", { ...WHO, block: true });
    expect((await state()).phones).toMatchObject([{ hasBlocked: true }]);
    const refused = await post("/api/line", { ...WHO, content: { type: "text", text: "x" } });
    expect(refused).toMatchObject({ status: 400, body: { message: expect.any(String) } });
    await post("/api/line", { ...WHO, block: false });
    expect((await state()).phones).toMatchObject([{ hasBlocked: false }]);
    expect(bridge.bodies().map(({ events }) => events[0].type)).toEqual(["unfollow", "follow"]);
  });

  it("looks at the chat, and is told what could not be shown", async () => {
    const { userId } = line.customers.named("สมชาย");
    line.exemptOrigin("http://127.0.0.1:1");
    const url = "http://127.0.0.1:1/a.jpg";
    await push(userId, { type: "image", originalContentUrl: url, previewImageUrl: url });
    const { body } = await post("/api/line", { ...WHO, look: true });
    expect(body).toMatchObject({
      media: [{ status: 0, faults: [expect.any(String)] }, { status: 0 }],
    });
  });
});

describe("an agent", () => {
  const to = { brand: "retail", to: `U${"a".repeat(32)}` };

  it.each<[string, object, object]>([
    ["writes", { text: "สวัสดีค่ะ" }, { type: "Text", text: "สวัสดีค่ะ" }],
    [
      "attaches a file",
      { files: [file("訂單.pdf", "application/pdf")] },
      { type: "Text", content: [{ attachment: { mediaType: "File", filename: "訂單.pdf" } }] },
    ],
    [
      "attaches an image to a text",
      { text: "!", files: [file("a.png", "image/png")] },
      { text: "!", content: [{ attachment: { mediaType: "Image", contentSizeBytes: 4 } }] },
    ],
    [
      "attaches an audio and a video",
      { files: [file("a.mp3", "audio/mpeg"), file("b.mp4", "video/mp4")] },
      { content: [{ attachment: { mediaType: "Audio" } }, { attachment: { mediaType: "Video" } }] },
    ],
  ])("%s", async (_, act, sent) => {
    expect(await post("/api/genesys", { ...to, ...act })).toMatchObject({
      status: 200,
      body: { status: 200, attempts: 1 },
    });
    expect(bridge.bodies()).toMatchObject([sent]);
  });

  it("has a bot for each structured message", async () => {
    const samples = (await (await get("/api/samples")).json()) as Samples;
    for (const message of [...Object.values(samples.botMessages), TYPING]) {
      expect(await post("/api/genesys", { ...to, message })).toMatchObject({ status: 200 });
    }
    const types = bridge.bodies().map(({ type, content }) => content?.[0].contentType ?? type);
    expect(types).toEqual([
      "QuickReply",
      "QuickReplyV2",
      "Card",
      "Carousel",
      "ListPicker",
      "DatePicker",
      "Notification",
      "Event",
    ]);
  });

  it("has customers and answers in the language of the market", async () => {
    expect(await (await get("/api/samples")).json()).toMatchObject({
      customers: expect.arrayContaining(["สมชาย"]),
      location: { title: "สยามพารากอน" },
    });
  });

  it.each([
    ["an image is shown", "ชั้น.png", "image/png", "image/png", /^inline/],
    ["a page is saved, not run", "a.html", "text/html", "application/octet-stream", /^attachment/],
    ["an SVG is, too", "a.svg", "image/svg+xml", "application/octet-stream", /^attachment/],
  ])("sees what was attached, and no download is counted: %s", async (...given) => {
    const [, name, mime, type, disposition] = given;
    await post("/api/genesys", { ...to, files: [file(name, mime)] });
    const [{ content }] = bridge.bodies();
    const response = await get(`/api/attachment?id=${content[0].attachment.id}`);
    expect(await response.text()).toBe("file");
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toMatch(disposition);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(traffic.filter(({ what }) => what === "download")).toEqual([]);
  });

  it("sees no attachment that nobody has sent", async () => {
    expect((await get("/api/attachment?id=1")).status).toBe(404);
    expect((await get("/api/attachment")).status).toBe(404);
  });

  it("sees who has sent a message, and how its webhook ended", async () => {
    answers.push(200, 200, 401);
    await post("/api/genesys", { ...to, text: "สวัสดีค่ะ" });
    const structured = { type: "Structured", content: [] };
    await post("/api/genesys", { ...to, message: structured });
    await post("/api/genesys", { ...to, message: { type: "Text", originatingEntity: "Bot" } });
    expect(await state()).toMatchObject({
      conversations: [
        {
          messages: [
            { originatingEntity: "Human", webhook: { status: 200, attempts: 1 } },
            { originatingEntity: "Bot", webhook: { status: 200 } },
            { originatingEntity: "Bot", webhook: { status: 401 }, status: "Failed" },
          ],
        },
      ],
    });
    expect(bridge.bodies().map((body) => body.originatingEntity)).toEqual(["Human", "Bot", "Bot"]);
  });

  it("sees messages and receipts", async () => {
    const channel = channelOf(to.to);
    await postInbound(genesys.origin, "message", { channel, text: "สวัสดี" });
    const reasons = [{ code: "RecipientOptedOut", message: "blocked" }];
    const receipt = { id: "m-1", channel: { to: { id: to.to }, time: channel.time } };
    await postInbound(genesys.origin, "receipt", { ...receipt, status: "Failed", reasons });
    expect(await state()).toMatchObject({
      conversations: [{ customerId: to.to, messages: [{ text: "สวัสดี" }] }],
      receipts: [{ id: "m-1", status: "Failed", reasons }],
    });
  });
});

describe("a program", () => {
  it("plays both sides through the demo's client", async () => {
    const client = await connectConsole(page.url);
    expect(client).toMatchObject({ market: "Thailand", brand: "Retail_Thai" });
    await client?.customerDoes("สมชาย", { sample: SAMPLES.photo });
    const { userId } = line.customers.named("สมชาย");
    await client?.agentSends("สมชาย", { text: "สวัสดีค่ะ", sample: SAMPLES.order });
    expect(bridge.bodies()).toMatchObject([
      { events: [{ message: { type: "image" } }] },
      { channel: { to: { id: userId } }, text: "สวัสดีค่ะ" },
    ]);
    const [, { content }] = bridge.bodies();
    const attachment = { ...content[0].attachment, mediaType: "Image", filename: "a.jpg" };
    await postInbound(genesys.origin, "message", {
      channel: channelOf(userId),
      content: [{ attachment }],
    });
    await push(userId, {
      type: "text",
      text: "?",
      quickReply: {
        items: [{ type: "action", action: { type: "postback", label: "M", data: "d" } }],
      },
    });
    expect(Object.fromEntries((await client?.conversation()) ?? [])).toEqual({
      "desktop สมชาย": ["[Image a.jpg]"],
      "phone สมชาย": ["? [M]"],
    });
    expect(await client?.mediaFaults("desktop สมชาย", SAMPLES.order)).toEqual([]);
    expect(await client?.mediaFaults("desktop สมชาย", SAMPLES.photo)).toHaveLength(1);
    expect(await client?.mediaFaults("phone สมชาย", SAMPLES.photo)).toHaveLength(1);
    await client?.customerDoes("สมชาย", { taps: "M" });
    expect(bridge.bodies().at(-1)).toMatchObject({ events: [{ postback: { data: "d" } }] });
    expect(await client?.isTyping("สมชาย")).toBe(false);
    await startLoading(userId);
    expect(await client?.isTyping("สมชาย")).toBe(true);
  });

  it.each<[string, object]>([
    ["nothing", {}],
    ["a customer who does nothing", WHO],
    ["content of an unknown kind", { ...WHO, content: { type: "hologram" } }],
    ["an image without bytes", { ...WHO, content: { type: "image" } }],
    [
      "bytes that are no base64",
      { ...WHO, content: { type: "image" }, media: { contentType: "image/png", base64: "ä" } },
    ],
    [
      "a type that cannot stand in a header",
      {
        ...WHO,
        content: { type: "image" },
        media: { contentType: "image/png\r\nx: y", base64: "" },
      },
    ],
    ["a message that was never sent", { ...WHO, unsend: "1" }],
    ["an unknown brand", { ...WHO, brand: "x", look: true }],
    ["a name that all objects have for a brand", { ...WHO, brand: "__proto__", look: true }],
  ])("is refused at /api/line with %s", async (_, body) => {
    expect(await post("/api/line", body)).toMatchObject({
      status: 400,
      body: { message: expect.any(String) },
    });
    expect(bridge.received).toEqual([]);
  });

  it.each<[string, object]>([
    ["nothing", {}],
    ["neither text nor file", { brand: "retail", to: "U" }],
    ["an empty text", { brand: "retail", to: "U", text: "" }],
    ["a type that cannot stand in a header", { ...TO, files: [file("a", "a/b\r\nx: y")] }],
    ["an unknown brand", { brand: "x", to: "U", text: "x" }],
  ])("is refused at /api/genesys with %s", async (_, body) => {
    expect(await post("/api/genesys", body)).toMatchObject({ status: 400 });
    expect(bridge.received).toEqual([]);
  });

  it("reads in a line or two what it has done wrong", async () => {
    const { body } = await post("/api/faults", { fault: "line-503", on: "yes" });
    expect(body).toEqual({
      message: "✖ Invalid input: expected boolean, received string\n  → at on",
    });
  });

  it("may name the character set of its JSON", async () => {
    const headers = { "content-type": "Application/JSON; charset=utf-8" };
    const body = JSON.stringify({ fault: "line-503", on: false });
    const response = await fetch(`${page.url}/api/faults`, { method: "POST", headers, body });
    expect(response.status).toBe(200);
  });

  it.each(["__proto__", "constructor"])("sees nothing of the brand %s", async (brand) => {
    const seen = await (await get(`/api/state?brand=${brand}`)).json();
    expect(seen).toMatchObject({ brand, phones: [], conversations: [] });
    expect(seen).not.toHaveProperty("missingSetup");
  });

  it("may send a file of some MB, in a body of up to 41 MB", async () => {
    const content = { type: "file", fileName: "a" };
    const bytes = Buffer.alloc(3_000_000);
    const act = { ...WHO, content, media: media({ bytes }) };
    expect(await post("/api/line", act)).toMatchObject({ status: 200 });
    const headers = { "content-type": "application/json" };
    const body = Buffer.alloc(41_000_001, " ");
    const refused = await fetch(`${page.url}/api/line`, { method: "POST", headers, body });
    expect(refused.status).toBe(413);
  }, 30_000);
});

describe("the live stream", () => {
  it("tells the brand's state at once and whenever it has changed", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    expect(live.type).toBe("text/event-stream");
    expect(await live.next("ready")).toMatchObject({ market: "Thailand" });
    expect(await live.next("state")).toMatchObject({ phones: [], conversations: [] });
    await post("/api/line", { ...WHO, content: { type: "text", text: "สวัสดี" } });
    expect(await live.next("state")).toMatchObject({ phones: [{ lines: [{ text: "สวัสดี" }] }] });
    const channel = channelOf(line.customers.named("สมชาย").userId);
    await postInbound(genesys.origin, "message", { channel, text: "สวัสดี" });
    page.show(TRAFFIC);
    expect(await live.next("traffic")).toEqual(TRAFFIC);
    expect(await live.next("state")).toMatchObject({ conversations: [{}] });
    live.end();
  });

  it("shows a message while its webhook has no answer yet", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    answers.push("silence");
    await live.next("state");
    let isAnswered = false;
    const acting = post("/api/line", { ...WHO, content: { type: "text", text: "x" } }).then(() => {
      isAnswered = true;
    });
    expect(await live.next("state")).toMatchObject({ phones: [{ lines: [{ text: "x" }] }] });
    expect(isAnswered).toBe(false);
    await bridge.close();
    await acting;
    live.end();
  });

  it("tells what happened to a function", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    page.take({ source: "worker", stream: "stdout", text: "a line of its own" });
    page.take({ source: "worker", stream: "platform", text: "Runtime exited" });
    expect(await live.next("platform")).toBe("worker: Runtime exited");
    live.end();
  });

  it.each(["/api/live", "/api/traffic"])(
    "leaves whoever does not read %s",
    async (path) => {
      const reader = await readServerSent(`${page.url}/api/live`);
      const { hostname, port } = new URL(page.url);
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`);
      await once(socket, "readable");
      const left = new Promise((resolve) => socket.once("close", resolve));
      socket.on("error", () => {});
      const long = { ...TRAFFIC, what: "x".repeat(500_000) };
      for (let told = 0; told < 60; told += 1) {
        page.show(long);
        expect(await reader.next("traffic")).toEqual(long);
      }
      socket.resume();
      await left;
      expect(socket.bytesRead).toBeLessThan(25_000_000);
      reader.end();
    },
    30_000,
  );

  it("tells a state only once, and that of all brands where the asked one is unknown", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=gone`);
    expect(await live.next("state")).toMatchObject({ replaced: [] });
    page.show(TRAFFIC);
    // Longer than changes are put together.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await post("/api/line", { ...WHO, content: { type: "text", text: "x" } });
    expect(await live.next("state")).toMatchObject({ phones: [{ lines: [{ text: "x" }] }] });
    expect(live.unread("state")).toEqual([]);
    live.end();
  });
});

describe("the queues", () => {
  it("are told at once, and again when something has happened and they are different", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    expect(await live.next("queues")).toEqual(NO_QUEUES);
    queues = { ...NO_QUEUES, deadLetters: { inbound: 1, outbound: 0 } };
    page.show(TRAFFIC);
    expect(await live.next("queues")).toEqual(queues);
    live.end();
  });

  it("show their dead letters to whoever asks", async () => {
    expect(await (await get("/api/dead-letters")).json()).toEqual([LETTER]);
  });
});

describe("a webhook that somebody else has posted", () => {
  const event = {
    type: "message",
    webhookEventId: "event-1",
    timestamp: 1_796_058_351_240,
    source: { type: "user", userId: `U${"9".repeat(32)}` },
    message: { type: "text", id: "1", text: "from elsewhere" },
  };
  const arrives = (body: unknown, status: number) =>
    page.webhook(
      { method: "POST", path: "/line/retail", route: "", status, milliseconds: 1 },
      { request: Buffer.from(JSON.stringify(body)), answer: Buffer.from("{}") },
    );

  it("shows on the phone when it was accepted, with its way and its bodies", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    await live.next("state");
    arrives({ events: [event] }, 200);
    expect(await live.next("state")).toMatchObject({
      phones: [{ customer: event.source.userId, lines: [{ text: "from elsewhere" }] }],
      tally: { inbound: { sent: 1, underWay: 1 } },
    });
    expect(await live.next("way")).toMatchObject({
      correlationId: "event-1",
      messageId: "1",
      steps: [{ exchange: { number: 1, status: 200 } }],
    });
    const { sent } = (await (await get("/api/exchange?number=1")).json()) as { sent: string };
    expect(sent).toContain("from elsewhere");
    expect((await get("/api/exchange?number=2")).status).toBe(404);
    live.end();
  });

  it.each([
    ["was refused", { events: [event] }, 401],
    ["has no events", { events: [] }, 200],
    ["has another form", [null], 200],
  ])("changes nothing where it %s", async (_, body, status) => {
    arrives(body, status);
    expect((await state()).phones).toEqual([]);
  });
});

describe("the faults", () => {
  it("are switched on and off, and everybody is told", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    expect(await live.next("faults")).toEqual([]);
    const on = await post("/api/faults", { fault: "line-503", on: true });
    expect(on).toEqual({ status: 200, body: ["line-503"] });
    expect(await live.next("faults")).toEqual(["line-503"]);
    expect(await (await get("/api/faults")).json()).toEqual(["line-503"]);
    await post("/api/faults", { fault: "line-503", on: false });
    expect(await live.next("faults")).toEqual([]);
    live.end();
  });

  it("are no others than the known ones", async () => {
    expect(await post("/api/faults", { fault: "flood", on: true })).toMatchObject({ status: 400 });
  });
});

describe("the ways of messages", () => {
  const logged = (brand: string, message: string) => {
    const timestamp = "2026-11-30T17:05:51.374Z";
    const about = { brand, correlationId: `event-of-${brand}` };
    const text = JSON.stringify({
      level: "INFO",
      message,
      timestamp,
      service: "inbound",
      ...about,
    });
    page.take({ source: "inbound", stream: "stdout", text });
  };

  it("are told of the watched brand, those from before at once", async () => {
    logged("retail", "Stored in the queue");
    logged("travel", "Stored in the queue");
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    expect(await live.next("ways")).toMatchObject([{ brand: "retail", outcome: "stored" }]);
    logged("travel", "Parked a message");
    logged("retail", "Parked a message");
    expect(await live.next("way")).toMatchObject({ brand: "retail", outcome: "parked" });
    live.end();
  });

  it("are found by id, brand and outcome", async () => {
    logged("retail", "Stored in the queue");
    logged("travel", "Parked a message");
    const found = async (search: string) => (await get(`/api/ways?${search}`)).json();
    expect(await found("")).toHaveLength(2);
    expect(await found("outcome=parked")).toMatchObject([{ brand: "travel" }]);
    expect(await found("text=OF-RETAIL&brand=retail")).toMatchObject([{ outcome: "stored" }]);
    expect(await found("text=OF-RETAIL&brand=travel")).toEqual([]);
  });

  it("have LINE's message id as soon as the customer has sent the message", async () => {
    const live = await readServerSent(`${page.url}/api/live?brand=retail`);
    const { body } = await post("/api/line", { ...WHO, content: { type: "text", text: "x" } });
    const { webhookEventId: correlationId, messageId } = body;
    const line = { level: "INFO", message: "Stored in the queue", service: "inbound" };
    const about = { timestamp: "2026-11-30T17:05:51.374Z", brand: "retail", correlationId };
    page.take({ source: "inbound", stream: "stdout", text: JSON.stringify({ ...line, ...about }) });
    expect(await live.next("way")).toMatchObject({ correlationId, messageId });
    live.end();
  });
});

describe("the page", () => {
  it("consists of its files, and nothing else", async () => {
    const html = await (await get("/")).text();
    expect(html).toContain("<title>");
    const [, script] = /<script type="module" src="([^"]+)">/.exec(html) ?? [];
    const [, style] = /<link rel="stylesheet" href="([^"]+)">/.exec(html) ?? [];
    const types = [script, style].map(async (name) => {
      const response = await get(`/${name}`);
      expect(response.status).toBe(200);
      return response.headers.get("content-type");
    });
    expect(await Promise.all(types)).toEqual([
      "text/javascript; charset=utf-8",
      "text/css; charset=utf-8",
    ]);
    for (const path of ["/console.ts", "/page/page.js", "/../console.ts", "/%2e%2e/console.ts"]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it.each([
    ["//", 404],
    ["//api/ready", 404],
    [":x", 400],
  ])("answers the address %s", async (path, status) => {
    const asked = new Promise((resolve, reject) => {
      const { hostname, port } = new URL(page.url);
      request({ hostname, port, path }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(await asked).toBe(status);
  });

  it("is not for other sites", async () => {
    const status = await new Promise((resolve) =>
      request(page.url, { headers: { host: "evil.example" } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end(),
    );
    expect(status).toBe(421);
    const form = await fetch(`${page.url}/api/line`, { method: "POST", body: "x" });
    expect(form.status).toBe(415);
  });
});

function media({
  contentType = "application/pdf",
  bytes,
}: {
  contentType?: string;
  bytes: Buffer;
}) {
  return { contentType, base64: bytes.toString("base64") };
}

function file(filename: string, mime: string) {
  return { filename, mime, base64: Buffer.from("file").toString("base64") };
}

const get = (path: string) => fetch(`${page.url}${path}`);

async function state() {
  const response = await get("/api/state?brand=retail");
  return (await response.json()) as { phones: object[] };
}

async function post(path: string, body: object) {
  const response = await fetch(`${page.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { messageId?: string; webhookEventId?: string };
  return { status: response.status, body: answer };
}

async function callLine(path: string, body: object) {
  const response = await fetch(`${line.origin}/v2/bot/${path}`, {
    method: "POST",
    headers: { authorization: "Bearer token", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
}

const push = (to: string, message: object) => callLine("message/push", { to, messages: [message] });

const startLoading = (chatId: string) =>
  callLine("chat/loading/start", { chatId, loadingSeconds: 5 });
