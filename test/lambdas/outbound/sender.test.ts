import { createHandler } from "../../../lambdas/outbound/sender/handler.ts";
import { retryKey } from "../../../lambdas/outbound/sender/retry-key.ts";
import type { FifoMessage } from "../../../lambdas/shared/aws/send-fifo.ts";
import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/errors.ts";
import { sqsRecord } from "../sqs-record.ts";

function setUp(
  failure?: (part: number) => Error | undefined,
  receipts: "failed" | "all" = "failed",
) {
  const pushes: { to: string; texts: string[]; key: string }[] = [];
  const enqueued: FifoMessage[] = [];
  const parked: string[] = [];
  const log = () => undefined;
  const handler = createHandler({
    brands: new Map([["retail-thai", { endpoint: "message", receipts, customAttributes: {} }]]),
    line: {
      push: async (_brand, to, messages, key) => {
        const error = failure?.(pushes.length + 1);
        if (error !== undefined) throw error;
        pushes.push({
          to,
          key,
          texts: messages.map((message) =>
            message.type === "text" && "text" in message ? String(message.text) : "",
          ),
        });
      },
    },
    enqueueInbound: async (messages) => {
      enqueued.push(...messages);
    },
    park: async (_record, { reason }) => {
      parked.push(reason);
    },
    setVisibility: async () => undefined,
    patienceMs: 1_000_000_000,
    attemptMs: 0,
    count: () => undefined,
    log: { info: log, warn: log, error: log },
    now: () => 1_795_392_000_000,
    random: () => 0,
  });
  const run = (message: object, brand = "retail-thai") =>
    handler(
      {
        Records: [
          sqsRecord(
            "r",
            "retail-thai#U1",
            {
              brand,
              message: { id: "g1", type: "Text", channel: { to: { id: "U1" } }, ...message },
            },
            {
              ApproximateFirstReceiveTimestamp: "1795392000000",
            },
          ),
        ],
      },
      { getRemainingTimeInMillis: () => 45_000 },
    );
  return { run, pushes, enqueued, parked };
}

describe("the outbound sender", () => {
  it("pushes a text with a retry key of brand, message and part", async () => {
    const { run, pushes, enqueued } = setUp();
    expect(await run({ text: "お待たせしました。" })).toEqual({ batchItemFailures: [] });
    expect(pushes).toEqual([
      { to: "U1", texts: ["お待たせしました。"], key: retryKey("retail-thai", "g1", 1) },
    ]);
    expect(enqueued).toEqual([]);
  });

  it("puts up to five parts of 5,000 units into a push", async () => {
    const { run, pushes } = setUp();
    const text = "ขอบคุณที่รอนะคะ ".repeat(1_700);
    await run({ text });
    expect(pushes.map(({ texts }) => texts.length)).toEqual([5, 1]);
    expect(pushes.flatMap(({ texts }) => texts).join("")).toBe(text);
    expect(pushes.map(({ key }) => key)).toEqual([
      retryKey("retail-thai", "g1", 1),
      retryKey("retail-thai", "g1", 2),
    ]);
  });

  it("repeats every push with its key when a later one failed", async () => {
    let isDown = true;
    const { run, pushes } = setUp((part) =>
      part === 2 && isDown ? new RetryableFailure("LINE answered 500.") : undefined,
    );
    const message = { text: "x ".repeat(14_000) };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    isDown = false;
    await run(message);
    expect(pushes.map(({ key }) => key)).toEqual(
      [1, 1, 2].map((part) => retryKey("retail-thai", "g1", part)),
    );
  });

  it("tells Genesys that a message failed, then parks it", async () => {
    const { run, enqueued, parked } = setUp(
      () => new PermanentFailure("LineRefused", "LINE refused with 400.", "InvalidDestination"),
    );
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(["LineRefused"]);
    expect(enqueued.map(({ groupId, deduplicationId }) => [groupId, deduplicationId])).toEqual([
      ["retail-thai#receipt#g1", "Failed#g1"],
    ]);
    expect(JSON.parse(enqueued[0]?.body ?? "")).toEqual({
      kind: "receipt",
      brand: "retail-thai",
      receipt: {
        messageId: "g1",
        to: "U1",
        time: "2026-11-23T00:00:00.000Z",
        status: "Failed",
        reason: { code: "InvalidDestination", message: "LINE refused with 400." },
      },
    });
  });

  it("fails a message that holds nothing to show", async () => {
    const { run, enqueued, parked, pushes } = setUp();
    await run({ content: [{ contentType: "Attachment" }] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["Unsupported"]);
    expect(enqueued[0]?.body).toContain("UnsupportedMessage");
  });

  it("reports delivery only if the brand asks for it", async () => {
    const { run, enqueued } = setUp(undefined, "all");
    await run({ text: "x" });
    expect(enqueued[0]?.deduplicationId).toBe("Delivered#g1");
  });
});

describe("retryKey", () => {
  it("is a UUID that depends on brand, message and part alone", () => {
    const key = retryKey("retail-thai", "g1", 1);
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(key).toBe("fd9c00c6-fbdb-5f18-8290-5d9789f374bb");
    expect(
      new Set([
        key,
        retryKey("retail-thai", "g1", 2),
        retryKey("retail-thai", "g2", 1),
        retryKey("travel-thai", "g1", 1),
      ]).size,
    ).toBe(4);
  });
});
