import { createHmac } from "node:crypto";
import { createHandler } from "../../../lambdas/inbound/handler.ts";
import { EnqueueFailure } from "../../../lambdas/shared/queue/enqueue-failure.ts";
import type { FifoMessage } from "../../../lambdas/shared/queue/send-fifo.ts";
import { SecretFault } from "../../../lambdas/shared/secrets/secret-fault.ts";
import { webhookBrand } from "../webhook-brand.ts";
import { httpEvent, sign } from "../webhook-event.ts";

const secrets: Record<string, string> = {
  "retail-thai": "secret of retail",
  "travel-thai": "secret of travel",
};
const userId = "U0123456789abcdef0123456789abcdef";

function setUp(failure?: Error) {
  const enqueued: FifoMessage[] = [];
  /** The brands in whose queues that was. */
  const queues: string[] = [];
  const counts: string[] = [];
  const logged: unknown[] = [];
  const handler = createHandler({
    brands: new Map(
      Object.entries(secrets).map(([brand, secret]) =>
        webhookBrand(
          brand,
          async function* () {
            if (failure instanceof SecretFault) throw failure;
            yield secret;
          },
          {
            count: (metric, amount = 1) => counts.push(`${metric} ${brand} ${amount}`),
            write: (...entry) => logged.push(entry),
            enqueue: async (messages) => {
              if (failure instanceof EnqueueFailure) throw failure;
              enqueued.push(...messages);
              queues.push(brand);
            },
          },
        ),
      ),
    ),
  });
  const post = (body: string, signature = sign(body, "secret of retail"), brand = "retail-thai") =>
    handler(httpEvent(brand, body, { "x-line-signature": signature }));
  return { handler, post, enqueued, queues, counts, logged };
}

const event = (fields: object = {}) => ({
  type: "message",
  mode: "active",
  timestamp: 1_795_392_000_000,
  webhookEventId: "01FZ74A0TDDPYRVKNK77XKC3ZR",
  deliveryContext: { isRedelivery: false },
  source: { type: "user", userId },
  replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA",
  message: { type: "text", id: "468789577898262530", quoteToken: "q", text: "สวัสดีค่ะ 👨‍👩‍👧" },
  ...fields,
});
const bodyOf = (...events: object[]) =>
  JSON.stringify({ destination: "U8e742f61d673b39c7fff3cecb7536ef0", events });

describe("the LINE webhook", () => {
  it("answers 200 and enqueues nothing for LINE's check of the URL", async () => {
    const { post, enqueued } = setUp();
    expect((await post(bodyOf())).statusCode).toBe(200);
    expect(enqueued).toEqual([]);
  });

  it("enqueues each event in the customer's group, de-duplicated by webhookEventId", async () => {
    const { post, enqueued, counts } = setUp();
    const answer = await post(
      bodyOf(
        event(),
        event({ webhookEventId: "02", source: { type: "group", groupId: "Cgroup", userId } }),
        event({ webhookEventId: "03", source: { type: "room", roomId: "Rroom" } }),
        event({ webhookEventId: "04", source: undefined, type: "botSuspended" }),
      ),
    );
    expect(answer.statusCode).toBe(200);
    expect(enqueued.map(({ groupId, deduplicationId }) => [groupId, deduplicationId])).toEqual([
      [`retail-thai#${userId}`, "01FZ74A0TDDPYRVKNK77XKC3ZR"],
      ["retail-thai#Cgroup", "02"],
      ["retail-thai#Rroom", "03"],
      ["retail-thai#none", "04"],
    ]);
    expect(JSON.parse(enqueued[0]?.body ?? "")).toEqual({
      kind: "line-event",
      brand: "retail-thai",
      receivedAt: 1_795_392_000_000,
      event: event(),
    });
    expect(counts).toEqual(["Accepted retail-thai 4"]);
  });

  it("keeps coordinates digit for digit", async () => {
    const { post, enqueued } = setUp();
    const body = bodyOf(
      event({ message: { type: "location", id: "1", latitude: 1, longitude: 2 } }),
    )
      .replace('"latitude":1', '"latitude":35.65910000')
      .replace('"longitude":2', '"longitude":-1.39703880e2');
    await post(body);
    expect(enqueued[0]?.body).toContain('"latitude":35.65910000,"longitude":-1.39703880e2');
  });

  it("verifies the bytes of a body that API Gateway has encoded", async () => {
    const { handler, enqueued } = setUp();
    const body = bodyOf(event());
    const encoded = Buffer.from(body).toString("base64");
    const headers = { "x-line-signature": sign(body, "secret of retail") };
    expect((await handler(httpEvent("retail-thai", encoded, headers, true))).statusCode).toBe(200);
    expect(enqueued).toHaveLength(1);
  });

  it("refuses rightly signed bytes that are not UTF-8", async () => {
    const { handler, enqueued } = setUp();
    const bytes = Buffer.from(bodyOf(event()).replace("สวัสดี", "\u00ff"), "latin1");
    const headers = { "x-line-signature": sign(bytes, "secret of retail") };
    const answer = await handler(httpEvent("retail-thai", bytes.toString("base64"), headers, true));
    expect([answer.statusCode, answer.body]).toEqual([400, '{"message":"body: is not UTF-8"}']);
    expect(enqueued).toEqual([]);
  });

  it("enqueues into the queue of the brand that the URL names", async () => {
    const { post, queues } = setUp();
    await post(bodyOf(event()));
    await post(bodyOf(event()), undefined, "travel-thai");
    await post(bodyOf(event()), sign(bodyOf(event()), "secret of travel"), "travel-thai");
    expect(queues).toEqual(["retail-thai", "travel-thai"]);
  });

  it("answers every wrong signature with the same 401 and enqueues nothing", async () => {
    const { handler, post, enqueued, counts } = setUp();
    const body = bodyOf(event());
    const right = sign(body, "secret of retail");
    const flipped = Buffer.from(right, "base64");
    flipped.writeUInt8(flipped.readUInt8(0) ^ 1, 0);
    const answers = [
      await handler(httpEvent("retail-thai", body, {})),
      await post(body, ""),
      await post(body, flipped.toString("base64")),
      await post(body, Buffer.from(right, "base64").toString("hex")),
      await post(body, Buffer.from(right, "base64").toString("base64url")),
      await post(body, sign(JSON.stringify(JSON.parse(body), null, 1), "secret of retail")),
      await post(body, sign(body, "secret of travel")),
      await post(body, right, "travel-thai"),
      await post(body, `${right} `),
      await post(body, createHmac("sha1", "secret of retail").update(body).digest("base64")),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([
        JSON.stringify({
          statusCode: 401,
          headers: { "content-type": "application/json" },
          body: '{"message":"Unauthorized"}',
        }),
      ]),
    );
    expect(enqueued).toEqual([]);
    expect(counts).toContain("SignatureFailure retail-thai 1");
    expect(counts).toContain("SignatureFailure travel-thai 1");
  });

  it("does not know a brand that is not configured", async () => {
    expect((await setUp().post(bodyOf(), undefined, "nobody")).statusCode).toBe(404);
    expect((await setUp().post(bodyOf(), undefined, "__proto__")).statusCode).toBe(404);
  });

  it.each([
    ["not JSON", "{", "body: is not valid JSON"],
    ["empty", "", "body: is not valid JSON"],
    ["an array", "[]", "body:"],
    ["without events", '{"destination":"U"}', "events:"],
    [
      "an event without webhookEventId",
      bodyOf(event({ webhookEventId: undefined })),
      "events[0].webhookEventId:",
    ],
    [
      "an event id that SQS refuses",
      bodyOf(event({ type: 7 }), event({ webhookEventId: "ä b" })),
      "events[1].webhookEventId:",
    ],
    [
      "a user id of 200 characters",
      bodyOf(event({ source: { type: "user", userId: "U".repeat(200) } })),
      "events[0].source.userId:",
    ],
    ["a time that is no time", bodyOf(event({ timestamp: "now" })), "events[0].timestamp:"],
    ["an event that is a number", '{"destination":"U","events":[7]}', "events[0]:"],
  ])("refuses a signed body that is %s with 400 and enqueues nothing", async (_, body, fault) => {
    const { post, enqueued, counts } = setUp();
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body ?? "").message).toContain(fault);
    expect(enqueued).toEqual([]);
    const refused = body.includes("ä b") ? 2 : 1;
    expect(counts).toEqual([`Refused retail-thai ${refused}`]);
  });

  it("refuses an event over 1,000,000 bytes with 413, and takes the others of its body", async () => {
    const { post, enqueued, counts } = setUp();
    const large = event({ message: { type: "text", id: "1", text: "x".repeat(1_000_000) } });
    expect((await post(bodyOf(large))).statusCode).toBe(413);
    expect(enqueued).toEqual([]);
    expect((await post(bodyOf(large, event({ webhookEventId: "01OTHER" })))).statusCode).toBe(200);
    expect(enqueued).toHaveLength(1);
    expect(counts.filter((count) => count.startsWith("Refused"))).toEqual([
      "Refused retail-thai 1",
      "Refused retail-thai 1",
    ]);
  });

  it("takes a body of 1 MB with the events of 70 customers", async () => {
    const { post, enqueued } = setUp();
    const text = "x".repeat(15_000);
    const events = Array.from({ length: 70 }, (_, n) =>
      event({
        webhookEventId: `01H${n}`,
        source: { type: "user", userId: `U${n}` },
        message: { type: "text", id: `${n}`, text },
      }),
    );
    expect((await post(bodyOf(...events))).statusCode).toBe(200);
    expect(enqueued.flat()).toHaveLength(70);
  });

  it("answers 503 when a brand's secret or the queue is out of order, so that LINE delivers again", async () => {
    const secretFault = setUp(new SecretFault("The secret is a placeholder."));
    expect((await secretFault.post(bodyOf(event()))).statusCode).toBe(503);
    expect(secretFault.counts).toEqual(["SecretFault retail-thai 1"]);
    const notStored = setUp(new EnqueueFailure("no"));
    expect((await notStored.post(bodyOf(event()))).statusCode).toBe(503);
    expect(notStored.counts).toEqual(["NotStored retail-thai 1"]);
  });

  it("logs neither text nor user id of a body that it refuses", async () => {
    const { post, logged } = setUp();
    await post(bodyOf(event({ timestamp: "geheim" })));
    expect(JSON.stringify(logged)).toContain("timestamp");
    expect(JSON.stringify(logged)).not.toMatch(/geheim|สวัสดี|U0123/);
  });
});
