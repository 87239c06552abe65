import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { sign } from "../lambdas/webhook-event.ts";
import {
  type BridgeBetweenServers,
  MONTHLY_LIMIT,
  newUser,
  startBetweenServers,
} from "./bridge-between-servers.ts";
import { eventually } from "./running-bridge.ts";
import { webhookShapes } from "./webhook-shapes.ts";

jest.setTimeout(120_000);

let between: BridgeBetweenServers;
let { bridge, line, genesys, traffic, post, postGenesys } = {} as BridgeBetweenServers;
beforeAll(async () => {
  between = await startBetweenServers();
  ({ bridge, line, genesys, traffic, post, postGenesys } = between);
});
afterAll(async () => {
  const stopping = Date.now();
  await between.stop();
  // Everything ends within 5 s of SIGTERM.
  expect(Date.now() - stopping).toBeLessThan(5_000);
  await expect(fetch(bridge.ready.gateway)).rejects.toThrow();
  expect(bridge.child.exitCode).toBe(0);
});

const secretOf = (brand: string) => bridge.ready.brands[brand]?.line.channelSecret ?? "";

const textEvent = (userId: string, text: string, id: string = randomUUID()) => ({
  type: "message",
  mode: "active",
  timestamp: Date.now(),
  webhookEventId: id,
  deliveryContext: { isRedelivery: false },
  source: { type: "user", userId },
  message: { type: "text", id: `m-${id}`, quoteToken: "q", text },
});
/** How a server answers a GET for this host; `fetch` lets nobody choose it. */
async function statusUnder(host: string, url: string): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(get(url, { headers: { host } }), "response");
  response?.resume();
  return response?.statusCode;
}
const textsOf = (userId: string, brand = "retail-thai") =>
  genesys.messages(brand, userId).map(({ text }) => text);

describe("from LINE to Genesys Cloud", () => {
  it("carries text, stickers and locations in order, with market, brand, name and time", async () => {
    for (const content of [
      { type: "text" as const, text: "สวัสดีค่ะ 👨‍👩‍👧" },
      {
        type: "sticker" as const,
        packageId: "11537",
        stickerId: "52002734",
        keywords: ["cony", "sally"],
      },
      { type: "location" as const, title: "スカイツリー", latitude: 35.71, longitude: 139.8107 },
    ]) {
      expect((await line.send("retail-thai", "สมชาย", content)).status).toBe(200);
    }
    const { userId } = line.customers.named("สมชาย");
    await eventually(() =>
      expect(textsOf(userId)).toEqual([
        "สวัสดีค่ะ 👨‍👩‍👧",
        "[LINE STICKER: Brown & Cony & Sally: Animated Special - cony, sally]",
        "スカイツリー\nhttps://www.google.com/maps/search/?api=1&query=35.71,139.8107",
      ]),
    );
    const [first] = genesys.messages("retail-thai", userId);
    expect(first).toMatchObject({
      nickname: "สมชาย",
      customAttributes: { market: "Thailand", brand: "Retail_Thai" },
    });
    expect(Math.abs(Date.parse(first?.time ?? "") - Date.now())).toBeLessThan(60_000);
  });

  it("answers 200 to every documented webhook shape and shows agents what a customer did", async () => {
    const userId = newUser();
    const shapes = webhookShapes(userId);
    for (const shape of shapes) expect((await post([shape])).status).toBe(200);
    expect((await post(shapes)).status).toBe(200);
    expect((await post([])).status).toBe(200);
    await eventually(
      () =>
        expect(textsOf(userId)).toEqual([
          "@All Good Morning!! (love)",
          "[LINE QUOTE: replies to an earlier message]\nquoting",
          "[LINE STICKER: Moon: Special Edition - cony]",
          "[LINE IMAGE 1/2: no longer available from LINE]",
          "[LINE IMAGE]\nhttps://example.com/a.jpg",
          "[LINE VIDEO: no longer available from LINE]",
          "[LINE AUDIO: no longer available from LINE]",
          "[LINE FILE: no longer available from LINE]",
          "my location\n〒102-8282\nhttps://www.google.com/maps/search/?api=1&query=35.67966,139.73669",
          "[LINE HOLOGRAM: this kind of message cannot be shown]",
          "[LINE UNSEND: the customer has unsent a message]",
          "[LINE POSTBACK: storeId: 12345 - 2017-12-25 01:00]",
          "[LINE ACCOUNT LINK: the customer has linked their account]",
          "[LINE MEMBERSHIP: joined, membership 3189]",
        ]),
      // The address of the external picture is tried three times.
      40,
    );
  });

  it("keeps 50 messages of each of three customers in order", async () => {
    const users = [newUser(), newUser(), newUser()];
    for (let i = 0; i < 50; i++)
      await post(users.map((userId) => textEvent(userId, `number ${i}`)));
    const numbers = Array.from({ length: 50 }, (_, i) => `number ${i}`);
    for (const userId of users)
      await eventually(() => expect(textsOf(userId)).toEqual(numbers), 30);
  });

  it("delivers an event once, however often LINE sends it", async () => {
    const userId = newUser();
    const event = textEvent(userId, "once");
    const again = { ...event, deliveryContext: { isRedelivery: true } };
    await Promise.all([post([event]), post([again]), post([again])]);
    await post([again]);
    await post([textEvent(userId, "last")]);
    await eventually(() => expect(textsOf(userId)).toContain("last"));
    expect(textsOf(userId)).toEqual(["once", "last"]);
  });

  it("delivers an event once even when the queue has forgotten it", async () => {
    const userId = newUser();
    const body = JSON.stringify({
      kind: "line-event",
      brand: "retail-thai",
      event: textEvent(userId, "once"),
    });
    for (let i = 0; i < 3; i++)
      await bridge.enqueue(
        bridge.ready.brands["retail-thai"]?.queues.inbound ?? "",
        `retail-thai#${userId}`,
        body,
      );
    await post([textEvent(userId, "last")]);
    await eventually(() => expect(textsOf(userId)).toContain("last"));
    expect(textsOf(userId)).toEqual(["once", "last"]);
  });

  it("parks what cannot be translated, with the reason, and goes on", async () => {
    const userId = newUser();
    const broken = { ...textEvent(userId, ""), message: { type: "text", id: "without text" } };
    await post([broken, textEvent(userId, "next")]);
    await eventually(() => expect(textsOf(userId)).toEqual(["next"]));
    const [parked] = await bridge.receive(bridge.ready.queues.inboundDeadLetter);
    expect(parked?.MessageAttributes?.Reason?.StringValue).toBe("Untranslatable");
    expect(JSON.parse(parked?.Body ?? "").event).toEqual(broken);
  });

  it("splits a text of 5,000 characters for Genesys Cloud", async () => {
    const userId = newUser();
    const text = "ข้อความยาว ".repeat(450);
    const event = textEvent(userId, text, "long");
    await post([event]);
    await eventually(() => expect(textsOf(userId).join("")).toBe(text));
    expect(genesys.messages("retail-thai", userId).map(({ messageId }) => messageId)).toEqual([
      "m-long",
      "m-long#2",
    ]);
  });

  it.each([
    ["missing", () => ""],
    ["of another brand", (body: string) => sign(body, secretOf("travel-thai"))],
    [
      "in hex",
      (body: string) => Buffer.from(sign(body, secretOf("retail-thai")), "base64").toString("hex"),
    ],
    ["of another body", (body: string) => sign(`${body} `, secretOf("retail-thai"))],
  ])("refuses a signature that is %s, and nothing passes", async (_, signature) => {
    const userId = newUser();
    const body = JSON.stringify({ destination: "U0", events: [textEvent(userId, "forged")] });
    const answer = await post(body, signature(body));
    expect([answer.status, await answer.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    await post([textEvent(userId, "genuine")]);
    await eventually(() => expect(textsOf(userId)).toEqual(["genuine"]));
  });

  it("refuses what is no webhook of LINE's with 400, too much with 413, another brand with 404", async () => {
    expect((await post("no JSON")).status).toBe(400);
    expect((await post('{"destination":"U8e742f61d6"}')).status).toBe(400);
    expect((await post([textEvent(newUser(), "x".repeat(1_000_000))])).status).toBe(413);
    expect((await post([], undefined, "retail-nowhere")).status).toBe(404);
    expect((await fetch(`${bridge.ready.gateway}/line/retail-thai`)).status).toBe(404);
  });

  it("answers no page of a stranger's: only the gateway, which checks signatures, has names of its own", async () => {
    const { gateway, aws } = bridge.ready;
    expect(await statusUnder("evil.example", `${gateway}/line/retail-thai`)).toBe(404);
    for (const url of [...Object.values(aws), line.origin, genesys.origin]) {
      expect([url, await statusUnder("evil.example", url)]).toEqual([url, 421]);
      expect([url, await statusUnder("localhost", url)]).not.toEqual([url, 421]);
    }
  });

  it("stops for one brand alone while its secret holds a placeholder, and LINE's redelivery brings the message", async () => {
    const name = "Thailand/travel-thai/line";
    const good = await bridge.getSecret(name);
    await bridge.putSecret(name, { ...good, channelSecret: "REPLACE_ME" });
    await eventually(async () => {
      // A mismatch makes the function read the secret again.
      await post([], sign("wrong", "wrong"), "travel-thai");
      expect((await post([], undefined, "travel-thai")).status).toBe(503);
    }, 20);
    expect(bridge.log()).toContain(
      "The secret Thailand/travel-thai/line still holds its placeholder in channelSecret",
    );
    expect((await post([])).status).toBe(200);
    await bridge.putSecret(name, good);
    await eventually(
      async () => expect((await post([], undefined, "travel-thai")).status).toBe(200),
      20,
    );
  });
});

describe("from Genesys Cloud to LINE", () => {
  const phone = (userId: string) => line.inbox("retail-thai", userId).map(({ text }) => text);

  it("pushes an agent's answer to the customer", async () => {
    const userId = newUser();
    expect(
      await genesys.reply("retail-thai", userId, { type: "Text", text: "お待たせしました。" }),
    ).toMatchObject({ status: 200, attempts: 1 });
    await eventually(() => expect(phone(userId)).toEqual(["お待たせしました。"]));
  });

  it("pushes once when the same webhook comes three times at once", async () => {
    const userId = newUser();
    const message = {
      id: randomUUID(),
      channel: { to: { id: userId } },
      type: "Text",
      text: "ครั้งเดียว",
      direction: "Outbound",
    };
    const answers = await Promise.all([
      postGenesys(message),
      postGenesys(message),
      postGenesys(message),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await genesys.reply("retail-thai", userId, { type: "Text", text: "last" });
    await eventually(() => expect(phone(userId)).toContain("last"));
    expect(phone(userId)).toEqual(["ครั้งเดียว", "last"]);
    expect(
      traffic.filter(
        ({ to, what, text }) =>
          to === "LINE" && what.startsWith("push") && text?.includes("ครั้งเดียว"),
      ),
    ).toHaveLength(1);
  });

  it("splits a long answer and keeps its order", async () => {
    const userId = newUser();
    const text = "ご説明いたします。".repeat(3_000);
    await genesys.reply("retail-thai", userId, { type: "Text", text });
    await eventually(() => expect(phone(userId).join("")).toBe(text));
    expect(phone(userId)).toHaveLength(6);
  });

  it("shows what bots say so that LINE takes it, each text once", async () => {
    const userId = newUser();
    const text = "ติดตามคำสั่งซื้อของคุณ";
    const url = "https://shop.example/#/orders#1|2";
    const card = { title: "", description: text, actions: [{ type: "Link", text: "เปิด", url }] };
    const quickReply = { text: "ตรวจสอบสถานะคำสั่งซื้อ", payload: "status", action: "Message" };
    const content = [
      { contentType: "Card", card },
      { contentType: "QuickReply", quickReply },
    ];
    await genesys.reply("retail-thai", userId, { type: "Structured", text, content });
    await eventually(() => expect(line.inbox("retail-thai", userId)).toHaveLength(1));
    expect(line.inbox("retail-thai", userId)[0]?.message).toMatchObject({
      type: "template",
      template: {
        text,
        actions: [{ label: "เปิด", uri: "https://shop.example/#/orders%231%7C2" }],
      },
      quickReply: { items: [{ action: { displayText: quickReply.text } }] },
    });
  });

  it("says as plain text what LINE refuses, once, and the rest as it is", async () => {
    const userId = newUser();
    const url = "https://shop.example/app.apk";
    const card = { title: "แอป", actions: [{ type: "Link", text: "ดาวน์โหลด", url }] };
    await genesys.reply("retail-thai", userId, {
      type: "Structured",
      text: "สวัสดี",
      content: [{ contentType: "Card", card }],
    });
    await genesys.reply("retail-thai", userId, { type: "Text", text: "last" });
    await eventually(() => expect(phone(userId)).toContain("last"));
    expect(phone(userId)).toEqual(["สวัสดี", `แอป\nดาวน์โหลด: ${url}`, "last"]);
  });

  it("waits while LINE keeps the month's messages for a broadcast, and keeps the order", async () => {
    const userId = newUser();
    const refusals = () => traffic.filter(({ to, status }) => to === "LINE" && status === 429);
    line.reserve("retail-thai", MONTHLY_LIMIT);
    await genesys.reply("retail-thai", userId, { type: "Text", text: "first" });
    await eventually(() => expect(refusals().length).toBeGreaterThan(0));
    await genesys.reply("retail-thai", userId, { type: "Text", text: "second" });
    line.reserve("retail-thai", 0);
    await eventually(() => expect(phone(userId)).toEqual(["first", "second"]));
  });

  it("answers 200 to receipts, typing and types to come, and pushes nothing", async () => {
    const userId = newUser();
    const channel = { to: { id: userId } };
    for (const body of [
      { id: "r", type: "Receipt", status: "Published", channel },
      {
        id: "e",
        type: "Event",
        events: [{ eventType: "Typing", typing: { type: "On", duration: 5_000 } }],
        channel,
      },
      { id: "h", type: "Hologram", channel },
    ]) {
      expect((await postGenesys(body)).status).toBe(200);
    }
    await genesys.reply("retail-thai", userId, { type: "Text", text: "last" });
    await eventually(() => expect(phone(userId)).toEqual(["last"]));
  });

  it("tells Genesys Cloud which message failed and why", async () => {
    const { id } = await genesys.reply("retail-thai", "not-a-line-user", {
      type: "Text",
      text: "x",
    });
    await eventually(() => {
      const receipt = genesys.receipts("retail-thai").find((one) => one.id === id);
      expect(receipt).toMatchObject({
        status: "Failed",
        toId: "not-a-line-user",
        isFinalReceipt: true,
      });
      expect(receipt?.reasons[0]?.code).toBe("InvalidDestination");
    });
  });
});

describe("the local run", () => {
  it("prints one line on standard output, with everything that a program needs", () => {
    expect(bridge.output).toHaveLength(1);
    expect(bridge.ready).toMatchObject({
      ready: true,
      market: "Thailand",
      gateway: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      console: expect.stringMatching(/^http:/),
      brands: {
        "retail-thai": {
          brand: "Retail_Thai",
          line: {
            webhook: `${bridge.ready.gateway}/line/retail-thai`,
            botUserId: expect.stringMatching(/^U[0-9a-f]{32}$/),
          },
          genesys: { webhook: `${bridge.ready.gateway}/genesys/retail-thai` },
          queues: {
            inbound: expect.stringMatching(/\/Thailand_inbound_retail-thai\.fifo$/),
            outbound: expect.stringMatching(/\/Thailand_outbound_retail-thai\.fifo$/),
          },
        },
      },
      aws: {
        sqs: expect.any(String),
        s3: expect.any(String),
        dynamodb: expect.any(String),
        secretsManager: expect.any(String),
      },
    });
    expect(bridge.ready.queues).toEqual({
      inboundDeadLetter: expect.any(String),
      outboundDeadLetter: expect.any(String),
    });
  });

  it("has logged no text, name, secret or user id", async () => {
    // This test may be the first one.
    const { userId } = line.customers.named("ปกรณ์");
    await line.send("retail-thai", "ปกรณ์", { type: "text", text: "สวัสดีอีกครั้ง" });
    await eventually(() => expect(textsOf(userId)).toEqual(["สวัสดีอีกครั้ง"]));
    await eventually(() => expect(bridge.log()).toContain("Delivered to Genesys"));
    const secrets = await Promise.all(
      ["line", "genesys"].map((kind) => bridge.getSecret(`Thailand/retail-thai/${kind}`)),
    );
    const log = bridge.log();
    for (const word of [
      "สวัสดี",
      "お待たせ",
      "ครั้งเดียว",
      "สมชาย",
      "ปกรณ์",
      "number 1",
      ...secrets.flatMap(({ channelSecret, clientSecret, webhookSecret }) => [
        channelSecret,
        clientSecret,
        webhookSecret,
      ]),
    ]) {
      if (word !== undefined) expect(log).not.toContain(word);
    }
    expect(log).not.toMatch(/U[0-9a-f]{32}/);
  });
});
