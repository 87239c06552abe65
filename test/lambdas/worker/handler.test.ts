import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/errors.ts";
import { createHandler } from "../../../lambdas/worker/handler.ts";
import { sqsRecord } from "../sqs-record.ts";

const settings = {
  endpoint: "message" as const,
  receipts: "failed" as const,
  customAttributes: { market: "Thailand", brand: "Retail_Thai" },
};

function setUp(post: (text: string) => void = () => undefined) {
  const posted: unknown[] = [];
  const receipts: unknown[] = [];
  const parked: string[] = [];
  const counts: string[] = [];
  const logged: unknown[] = [];
  const log = (...entry: unknown[]) => logged.push(entry);
  const delivered = new Set<string>();
  const handler = createHandler({
    brands: new Map([["retail-thai", settings]]),
    nickname: async () => "สมชาย",
    deliverOnce: async (key, deliver) => {
      const id = JSON.stringify(key);
      if (delivered.has(id)) return false;
      await deliver();
      delivered.add(id);
      return true;
    },
    genesys: {
      postMessage: async (brand, endpoint, message) => {
        post(message.text);
        posted.push({ brand, endpoint, message });
      },
      postReceipt: async (brand, receipt) => {
        receipts.push({ brand, receipt });
      },
    },
    park: async (record, failure) => {
      parked.push(`${record.messageId} ${failure.reason}`);
    },
    setVisibility: async () => undefined,
    patienceMs: 1_000_000_000,
    attemptMs: 0,
    count: (metric, brand) => counts.push(`${metric} ${brand}`),
    log: { info: log, warn: log, error: log },
    now: () => 1_000_000,
    random: () => 0,
  });
  const run = (...bodies: unknown[]) =>
    handler(
      { Records: bodies.map((body, i) => sqsRecord(`r${i}`, "retail-thai#U1", body)) },
      { getRemainingTimeInMillis: () => 45_000 },
    );
  return { run, posted, receipts, parked, counts, logged };
}

const lineEvent = (message: object, fields: object = {}) => ({
  kind: "line-event",
  brand: "retail-thai",
  event: {
    type: "message",
    timestamp: 0,
    webhookEventId: "01FZ",
    source: { type: "user", userId: "U1" },
    message: { id: "46", ...message },
    ...fields,
  },
});

describe("the worker", () => {
  it("posts a text with sender, time, id and custom attributes", async () => {
    const { run, posted, counts } = setUp();
    expect(await run(lineEvent({ type: "text", text: "สวัสดี" }))).toEqual({ batchItemFailures: [] });
    expect(posted).toEqual([
      {
        brand: "retail-thai",
        endpoint: "message",
        message: {
          channel: {
            from: { id: "U1", idType: "Opaque", nickname: "สมชาย" },
            time: "1970-01-01T00:00:00.000Z",
            messageId: "46",
            metadata: { customAttributes: settings.customAttributes },
          },
          text: "สวัสดี",
        },
      },
    ]);
    expect(counts).toEqual(["Delivered retail-thai"]);
  });

  it("quotes coordinates digit for digit from the queue's text", async () => {
    const { run, posted } = setUp();
    await run(
      JSON.stringify(lineEvent({ type: "location", latitude: 1, longitude: 2 }))
        .replace('"latitude":1', '"latitude":13.74630')
        .replace('"longitude":2', '"longitude":100.5347800'),
    );
    expect(JSON.stringify(posted)).toContain("query=13.74630,100.5347800");
  });

  it("sends only the parts that are missing when it tries a long text again", async () => {
    let failures = 1;
    const { run, posted } = setUp((text) => {
      if (text.startsWith("b") && failures-- > 0)
        throw new RetryableFailure("Genesys answered 503.");
    });
    const long = lineEvent({ type: "text", text: `${"a".repeat(3_999)} ${"b".repeat(100)}` });
    expect((await run(long)).batchItemFailures).toHaveLength(1);
    expect((await run(long)).batchItemFailures).toEqual([]);
    expect(posted).toHaveLength(2);
    expect(posted).toMatchObject([
      { message: { channel: { messageId: "46" } } },
      { message: { channel: { messageId: "46#2" } } },
    ]);
  });

  it("acknowledges and counts what it does not forward", async () => {
    const { run, posted, counts } = setUp();
    expect(await run(lineEvent({ type: "image" }), lineEvent({}, { type: "follow" }))).toEqual({
      batchItemFailures: [],
    });
    expect(posted).toEqual([]);
    expect(counts).toEqual(["Ignored retail-thai", "Ignored retail-thai"]);
  });

  it("posts receipts", async () => {
    const { run, receipts } = setUp();
    await run({
      kind: "receipt",
      brand: "retail-thai",
      receipt: {
        messageId: "g1",
        to: "U1",
        time: "2026-11-23T00:00:00.000Z",
        status: "Failed",
        reason: { code: "RateLimited", message: "LINE's monthly message limit is reached." },
      },
    });
    expect(receipts).toEqual([
      {
        brand: "retail-thai",
        receipt: {
          id: "g1",
          channel: { to: { id: "U1" }, time: "2026-11-23T00:00:00.000Z" },
          status: "Failed",
          reasons: [{ code: "RateLimited", message: "LINE's monthly message limit is reached." }],
          isFinalReceipt: true,
        },
      },
    ]);
  });

  it.each([
    ["a body that is not JSON", "{", "Unreadable"],
    ["a body of another kind", { kind: "else" }, "Unreadable"],
    [
      "a brand that is gone",
      { ...lineEvent({ type: "text", text: "x" }), brand: "gone" },
      "UnknownBrand",
    ],
    ["a text message without text", lineEvent({ type: "text" }), "Untranslatable"],
  ])("parks %s and goes on", async (_, body, reason) => {
    const { run, parked, posted } = setUp();
    expect(await run(body, lineEvent({ type: "text", text: "next" }))).toEqual({
      batchItemFailures: [],
    });
    expect(parked).toEqual([`r0 ${reason}`]);
    expect(posted).toHaveLength(1);
  });

  it("logs neither text, name nor user id", async () => {
    const { run, logged } = setUp((text) => {
      if (text === "geheim2")
        throw new PermanentFailure("GenesysRefused", "Genesys refused with 400.");
    });
    await run(
      lineEvent({ type: "text", text: "geheim1" }),
      lineEvent({ type: "text", text: "geheim2" }),
    );
    expect(logged).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toMatch(/geheim|สมชาย|U1/);
  });
});
