import fc from "fast-check";
import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { answerFailure } from "../../../../lambdas/shared/line/failures.ts";
import { NOW, nobody, startSender } from "./sender.ts";

const retail = { key: "retail-thai" };

describe("a token that comes while media is hosted", () => {
  const photo = { kind: "image", url: "https://m/a.jpg", previewUrl: "https://m/b.jpg" } as const;
  const attachment = { mediaType: "Image", url: "https://genesys.example/a.jpg" };
  const message = { content: [{ contentType: "Attachment", attachment }] };
  const tokenOf = (token: string, receivedAt: number) => ({
    ...nobody,
    replyTokens: [{ slot: "rt1" as const, token, receivedAt }],
  });
  /** After 15 s the message goes back to its queue. */
  const hostingMs = fc.integer({ min: 0, max: 14_000 });

  it("is seen where that took a second, or where the known one has become too old, with one more read", async () => {
    await fc.assert(
      fc.asyncProperty(
        hostingMs,
        fc.nat(1_000),
        fc.integer({ min: 0, max: 60_000 }),
        async (takes, share, knownAgo) => {
          const { run, replies, pushes, customerReads } = startSender({
            settings: { reply: "reply-first" },
            customer: tokenOf("known", NOW - knownAgo),
            heardMeanwhile: tokenOf("new", NOW + Math.floor((takes * share) / 1_000)),
            hostingTakes: () => takes,
            attachment: photo,
          });
          await run(message);
          const isKnownUsable = knownAgo + takes < 45_000;
          const isNewSeen = !isKnownUsable && takes >= 1_000;
          const used = isKnownUsable ? ["known"] : isNewSeen ? ["new"] : [];
          expect(replies).toEqual(used);
          expect(pushes).toHaveLength(1 - used.length);
          expect(customerReads()).toBe(isNewSeen ? 2 : 1);
        },
      ),
    );
  });

  it("is not looked for in a brand that pushes", async () => {
    await fc.assert(
      fc.asyncProperty(hostingMs, async (takes) => {
        const { run, replies, pushes, customerReads } = startSender({
          heardMeanwhile: tokenOf("new", NOW),
          hostingTakes: () => takes,
          attachment: photo,
        });
        await run(message);
        expect([replies, pushes.length, customerReads()]).toEqual([[], 1, 1]);
      }),
    );
  });
});

describe("a brand's names and icons for people and bots", () => {
  const human = { name: "คุณอ้อย", iconUrl: "https://shop.example/agent.png" };
  const bot = { name: "ผู้ช่วย" };
  const sender = { human, bot };
  const card = { title: "A", actions: [{ type: "Postback", text: "選択", payload: "p" }] };

  it.each([
    ["Human", human],
    ["Bot", bot],
    ["System", undefined],
    [undefined, undefined],
  ])("stand on each LINE message of what %s sends", async (originatingEntity, shown) => {
    const { run, messages } = startSender({ settings: { sender } });
    await run({
      originatingEntity,
      text: "一",
      content: [
        { contentType: "Card", card },
        { contentType: "Text", text: { body: "二" } },
      ],
    });
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) expect(message.sender).toEqual(shown);
  });

  it("stand on what goes out as plain text, because LINE has refused it", async () => {
    const { run, messages } = startSender({
      settings: { sender },
      refusal: (some) =>
        some.some(({ type }) => type === "template")
          ? answerFailure({ status: 400, headers: {}, text: "{}" })
          : undefined,
    });
    await run({ originatingEntity: "Bot", content: [{ contentType: "Card", card }] });
    expect(messages).toEqual([expect.objectContaining({ type: "text", sender: bot })]);
  });

  it("stand on a reply", async () => {
    const token = { slot: "rt1" as const, token: "t", receivedAt: NOW };
    const { run, messages, replies } = startSender({
      settings: { sender, reply: "reply-first" },
      customer: { ...nobody, replyTokens: [token] },
    });
    await run({ originatingEntity: "Bot", text: "x" });
    expect(replies).toEqual(["t"]);
    expect(messages).toEqual([{ type: "text", text: "x", sender: bot }]);
  });

  it("are none by default", async () => {
    const { run, messages } = startSender();
    await run({ originatingEntity: "Bot", text: "x" });
    expect(messages).toEqual([{ type: "text", text: "x" }]);
  });
});

describe("a message that is pushed", () => {
  it("pushes a text with a retry key of brand, message and part", async () => {
    const { run, pushes, enqueued, measured, counts, logged } = startSender();
    expect(await run({ text: "お待たせしました。" })).toEqual({ batchItemFailures: [] });
    expect(counts).toEqual(["Pushed"]);
    expect(logged).toContainEqual(["Delivered to LINE", expect.objectContaining({ kind: "text" })]);
    expect(measured).toEqual([["TimeToLine", "retail-thai", expect.any(Number)]]);
    expect(pushes).toEqual([
      { to: "U1", texts: ["お待たせしました。"], key: retryKey(retail, "g1", 1) },
    ]);
    expect(enqueued).toEqual([]);
  });

  it("puts up to five parts of 5,000 units into a push", async () => {
    const { run, pushes, counts } = startSender();
    const text = "ขอบคุณที่รอนะคะ ".repeat(1_700);
    await run({ text });
    expect(counts).toEqual(["Pushed", "Pushed"]);
    expect(pushes.map(({ texts }) => texts.length)).toEqual([5, 1]);
    expect(pushes.flatMap(({ texts }) => texts).join("")).toBe(text);
    expect(pushes.map(({ key }) => key)).toEqual([
      retryKey(retail, "g1", 1),
      retryKey(retail, "g1", 2),
    ]);
  });

  it("repeats every push with its key when a later one failed", async () => {
    let isDown = true;
    const { run, pushes } = startSender({
      failure: (part) =>
        part === 2 && isDown ? new RetryableFailure("LINE answered 500.") : undefined,
    });
    const message = { text: "x ".repeat(14_000) };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    isDown = false;
    await run(message);
    expect(pushes.map(({ key }) => key)).toEqual(
      [1, 1, 2].map((part) => retryKey(retail, "g1", part)),
    );
  });

  it("fails a message that holds nothing to show", async () => {
    const { run, enqueued, parked, pushes } = startSender();
    await run({ text: " ", content: [] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["Unsupported"]);
    expect(enqueued[0]?.body).toContain("UnsupportedMessage");
  });

  it("fails a sticker that LINE does not let an account send, and says so to the agent", async () => {
    const { run, enqueued, parked, pushes } = startSender();
    await run({ text: "[LINE STICKER: 1/1]" });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["StickerNotSendable"]);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "UnsupportedMessage", message: expect.stringContaining("sticker") },
    });
  });

  it.each(["[LINE ASK: blood type]", "ขอบคุณค่ะ [LINE ASK: location"])(
    "fails an ask that LINE does not have, and says so to the agent: %s",
    async (text) => {
      const { run, enqueued, parked, pushes, logged } = startSender();
      await run({ text });
      expect(pushes).toEqual([]);
      expect(parked).toEqual(["AskNotSendable"]);
      expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
        status: "Failed",
        reason: { code: "UnsupportedMessage", message: expect.stringContaining("camera roll") },
      });
      expect(JSON.stringify(logged)).not.toMatch(/blood|ขอบคุณ/);
    },
  );

  it.each([
    ["an agent", { originatingEntity: "Human" }],
    ["a bot", { originatingEntity: "Bot" }],
    ["nobody that Genesys Cloud names", {}],
  ])("asks for a location for %s, in the same words at each try", async (_, origin) => {
    const { run, messages, parked } = startSender();
    await run({ ...origin, text: "ที่ไหนคะ\n[LINE ASK: location]" });
    await run({ ...origin, text: "ที่ไหนคะ\n[LINE ASK: location]" });
    expect(parked).toEqual([]);
    const [first, second] = messages.map((message) => JSON.stringify(message));
    expect(second).toBe(first);
    expect(messages[0]).toMatchObject({
      text: "ที่ไหนคะ",
      quickReply: { items: [{ action: { type: "location" } }] },
    });
  });

  const welcome = (text: string) => ({ welcome: { messages: [{ type: "text", text }] } });

  it.each([
    ["Human", "a text", { text: "A [LINE TEMPLATE: welcome | name: สมชาย]" }],
    ["Bot", "a text", { text: "A [LINE TEMPLATE: welcome | name: สมชาย]" }],
    [undefined, "an agentless text", { text: "A [LINE TEMPLATE: welcome | name: สมชาย]" }],
    [
      undefined,
      "a notification",
      {
        type: "Structured",
        content: [
          {
            contentType: "Notification",
            template: {
              body: {
                text: "A [LINE TEMPLATE: welcome | name: {{1}}]",
                parameters: [{ name: "1", text: "สมชาย" }],
              },
            },
          },
        ],
      },
    ],
  ])("sends %s's template by %s, in the same words at each try", async (origin, _, message) => {
    const { run, messages, parked } = startSender({
      settings: { templates: welcome("สวัสดี {{name}}") },
    });
    const sent = { ...message, ...(origin !== undefined && { originatingEntity: origin }) };
    await run(sent);
    await run(sent);
    expect(parked).toEqual([]);
    const words = [
      { type: "text", text: "A" },
      { type: "text", text: "สวัสดี สมชาย" },
    ];
    expect(messages).toEqual([...words, ...words]);
  });

  it.each([
    ["geheim", /^The brand has no LINE template of this name\. It has: welcome\.$/],
    ["welcome | name: a | name: geheim", /"welcome" gets two values for the place "name"\./],
    [
      "welcome",
      /"welcome" needs a value for the place "name"\. Write \[LINE TEMPLATE: welcome \| name: …\]\./,
    ],
  ])("fails a template that cannot be sent, and says so to the agent: %s", async (name, told) => {
    const { run, enqueued, parked, pushes, logged } = startSender({
      settings: { templates: welcome("{{name}}") },
    });
    await run({ text: `geheim [LINE TEMPLATE: ${name}]` });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["TemplateNotSendable"]);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "UnsupportedMessage", message: expect.stringMatching(told) },
    });
    expect(JSON.stringify([enqueued, logged])).not.toContain("geheim");
  });

  it("sends a template that LINE refuses as plain text", async () => {
    const box = { type: "box", layout: "vertical", contents: [{ type: "text", text: "{{name}}" }] };
    const contents = { type: "bubble", body: box };
    const { run, messages } = startSender({
      settings: { templates: { a: { messages: [{ type: "flex", altText: "-", contents }] } } },
      refusal: (some) =>
        some.some(({ type }) => type === "flex")
          ? answerFailure({ status: 400, headers: {}, text: "{}" })
          : undefined,
    });
    await run({ text: "[LINE TEMPLATE: a | name: สมชาย]" });
    expect(messages).toEqual([{ type: "text", text: "สมชาย" }]);
  });

  it("keeps the buttons for which LINE has no room before it pushes them", async () => {
    const payload = "p".repeat(1_000);
    const content = [
      { contentType: "QuickReply", quickReply: { text: "はい", payload, action: "Message" } },
    ];
    const { run, buttons } = startSender();
    await run({ type: "Structured", text: "続けますか？", content });
    expect(buttons).toEqual([
      [
        "retail-thai",
        "g1",
        [{ index: 0, type: "QuickReply", originatingMessageId: "g1", text: "はい", payload }],
      ],
    ]);
  });
});

describe("what a customer may quote", () => {
  const text = "ร้านเปิด 9 โมงค่ะ";

  it("is kept of each LINE message that is pushed, where the brand asks for it", async () => {
    const { run, quotable } = startSender({ settings: { quotes: "text" } });
    await run({ text, content: [{ contentType: "Text", text: { body: "ปิดวันจันทร์" } }] });
    expect(quotable).toEqual([
      ["U1", "1", text, NOW],
      ["U1", "2", "ปิดวันจันทร์", NOW],
    ]);
    const byId = startSender();
    await byId.run({ text });
    expect(byId.pushes).toHaveLength(1);
    expect(byId.quotable).toEqual([]);
  });

  it("is kept of a reply, and of what goes out as plain text", async () => {
    const replyTokens = [{ slot: "rt1" as const, token: "t", receivedAt: NOW }];
    const replying = startSender({
      settings: { quotes: "text", reply: "reply-first" },
      customer: { ...nobody, replyTokens },
    });
    await replying.run({ text });
    expect(replying.replies).toEqual(["t"]);
    expect(replying.quotable).toEqual([["U1", "1", text, NOW]]);

    const refusing = startSender({
      settings: { quotes: "text" },
      refusal: ([message]) =>
        message?.type === "flex" || message?.type === "template"
          ? answerFailure({ status: 400, headers: {}, text: '{"message":"no"}' })
          : undefined,
    });
    const card = { title: "A", actions: [{ type: "Link", text: "เปิด", url: "https://a.example" }] };
    await refusing.run({ content: [{ contentType: "Card", card }] });
    expect(refusing.quotable).toEqual([["U1", "1", expect.stringContaining("A เปิด"), NOW]]);
  });

  it("is kept of the parts that have gone out before a push that fails", async () => {
    const { run, quotable } = startSender({
      settings: { quotes: "text" },
      failure: (push) => (push === 2 ? new RetryableFailure("LINE is down") : undefined),
    });
    const content = [1, 2, 3, 4, 5, 6].map((number) => ({
      contentType: "Text",
      text: { body: `text ${number}` },
    }));
    await run({ content });
    expect(quotable.map(([, , said]) => said)).toEqual([1, 2, 3, 4, 5].map((n) => `text ${n}`));
  });

  it("is given up while DynamoDB is down: the message has gone out", async () => {
    const { run, pushes, visibility, parked } = startSender({
      settings: { quotes: "text" },
      isTableDown: () => true,
    });
    await run({ text });
    expect([pushes.length, visibility, parked]).toEqual([1, [], []]);
  });
});

describe("quiet hours", () => {
  const quietHours = { from: "22:00", to: "08:00" };
  const at = (time: string) => ({ text: "ค่ะ", channel: { to: { id: "U1" }, time } });

  it("take the sound from what was written in them, by the market's clock and at each try", async () => {
    const { run, silent } = startSender({ settings: { quietHours } });
    await run(at("2026-12-01T15:00:00.000Z"));
    await run(at("2026-12-01T15:00:00.000Z"), { ApproximateReceiveCount: "7" });
    await run(at("2026-12-02T01:00:00.000Z"));
    expect(silent).toEqual([true, true, false]);
  });

  it("hold for replies, too", async () => {
    const replyTokens = [{ slot: "rt1" as const, token: "t", receivedAt: NOW }];
    const { run, silent, replies } = startSender({
      settings: { quietHours, reply: "reply-first" },
      customer: { ...nobody, replyTokens },
    });
    await run(at("2026-12-01T15:00:00.000Z"));
    expect([replies, silent]).toEqual([["t"], [true]]);
  });

  it("are none without the setting", async () => {
    const { run, silent } = startSender();
    await run(at("2026-12-01T15:00:00.000Z"));
    expect(silent).toEqual([false]);
  });
});
