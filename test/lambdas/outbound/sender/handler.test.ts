import { HTTPFetchError, type messagingApi } from "@line/bot-sdk";
import { createHostMedia } from "../../../../lambdas/outbound/media/host-media.ts";
import { createHandler } from "../../../../lambdas/outbound/sender/handler.ts";
import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";
import type { LineAttachment } from "../../../../lambdas/outbound/translate/line/line-attachment.ts";
import type { BrandSettings } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { BRAND_DEFAULTS } from "../../../../lambdas/shared/contract/brand-settings.ts";
import {
  PermanentFailure,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { lineFailure } from "../../../../lambdas/shared/line/failures.ts";
import type { FifoMessage } from "../../../../lambdas/shared/queue/send-fifo.ts";
import type { Customer } from "../../../../lambdas/shared/tables/customer-table.ts";
import { sqsRecord } from "../../sqs-record.ts";

const NOW = 1_795_392_000_000;
const nobody: Customer = { name: undefined, isBlocked: false, markAsReadToken: undefined };

function setUp({
  failure,
  settings = {},
  customer = nobody,
  attachment,
  onStore = () => undefined,
  remaining = () => 60_000,
}: {
  failure?: (part: number) => Error | undefined;
  settings?: Partial<BrandSettings>;
  customer?: Customer | Error;
  attachment?: LineAttachment | Error;
  onStore?: () => void;
  remaining?: () => number;
} = {}) {
  const pushes: { to: string; texts: string[]; key: string }[] = [];
  const messages: messagingApi.Message[] = [];
  const enqueued: FifoMessage[] = [];
  const parked: string[] = [];
  const visibility: number[] = [];
  const counts: string[] = [];
  const sideCalls: unknown[] = [];
  const buttons: unknown[] = [];
  const stored: unknown[] = [];
  const measured: unknown[] = [];
  const log = () => undefined;
  const handler = createHandler({
    brands: new Map([
      ["retail-thai", { ...BRAND_DEFAULTS, notes: [], customAttributes: {}, ...settings }],
    ]),
    customers: {
      get: async () => {
        if (customer instanceof Error) throw customer;
        return customer;
      },
      markedAsRead: async (...used) => {
        sideCalls.push(["markedAsRead", ...used]);
      },
    },
    buttons: {
      put: async (...kept) => {
        buttons.push(kept);
      },
    },
    hostMedia: createHostMedia({
      storeAttachment: async (owner, index, { url }) => {
        stored.push([owner, index, url]);
        onStore();
        if (attachment instanceof Error) throw attachment;
        if (attachment === undefined) throw new Error("no attachment expected");
        return attachment;
      },
      genesysOrigins: new Set(["https://api-downloads.mypurecloud.jp"]),
      log: { warn: log },
    }),
    rendering: { timeZone: "Asia/Bangkok", language: "th", trustedOrigins: new Set() },
    line: {
      push: async (_brand, to, pushed, key) => {
        const error = failure?.(pushes.length + 1);
        if (error !== undefined) throw error;
        messages.push(...pushed);
        pushes.push({
          to,
          key,
          texts: pushed.map((message) =>
            message.type === "text" && "text" in message ? String(message.text) : "",
          ),
        });
      },
      showLoading: async (...shown) => {
        sideCalls.push(["showLoading", ...shown]);
        if (failure !== undefined) throw failure(0);
      },
      markAsRead: async (...marked) => {
        sideCalls.push(["markAsRead", ...marked]);
        if (failure !== undefined) throw failure(0);
      },
    },
    enqueueInbound: async (queued) => {
      enqueued.push(...queued);
    },
    park: async (_record, { reason }) => {
      parked.push(reason);
    },
    countFailure: async () => 1,
    measure: (gauge, brandKey, value) => measured.push([gauge, brandKey, value]),
    noteWait: () => undefined,
    setVisibility: async (_records, seconds) => {
      visibility.push(seconds);
    },
    patienceMs: 1_000_000_000,
    attemptMs: 45_000,
    count: (metric) => counts.push(metric),
    countDelivered: (_, kind) => counts.push(`Delivered ${kind}`),
    log: { info: log, warn: log, error: log },
    now: () => NOW,
    random: () => 0,
  });
  const take = (body: object, attributes: object = {}) =>
    handler(
      {
        Records: [
          sqsRecord("r", "retail-thai#U1", body, {
            ApproximateFirstReceiveTimestamp: String(NOW),
            SentTimestamp: String(NOW),
            ...attributes,
          }),
        ],
      },
      { getRemainingTimeInMillis: remaining },
    );
  const run = (message: object) =>
    take({
      kind: "message",
      brand: "retail-thai",
      message: { id: "g1", type: "Text", channel: { to: { id: "U1" } }, ...message },
    });
  const seen = {
    pushes,
    messages,
    enqueued,
    parked,
    visibility,
    counts,
    sideCalls,
    buttons,
    stored,
    measured,
  };
  return { run, take, ...seen };
}

describe("the outbound sender", () => {
  it.each([
    ["when the agent wrote", new Date(NOW - 7_000).toISOString(), 7_000],
    ["nothing, where Genesys Cloud's clock is ahead", new Date(NOW + 1).toISOString(), 0],
    ["its webhook, where Genesys Cloud does not say when", undefined, 3_000],
    ["its webhook, where Genesys Cloud says what is no time", "soon", 3_000],
  ])("measures its time from %s", async (_, time, milliseconds) => {
    const { take, measured } = setUp();
    const channel = { to: { id: "U1" }, time };
    const message = { id: "g1", type: "Text", text: "はい", channel };
    await take(
      { kind: "message", brand: "retail-thai", message },
      { SentTimestamp: String(NOW - 3_000) },
    );
    expect(measured).toEqual([["TimeToLine", "retail-thai", milliseconds]]);
  });

  it("pushes a text with a retry key of brand, message and part", async () => {
    const { run, pushes, enqueued, measured, counts } = setUp();
    expect(await run({ text: "お待たせしました。" })).toEqual({ batchItemFailures: [] });
    expect(counts).toEqual(["Pushed", "Delivered text"]);
    expect(measured).toEqual([["TimeToLine", "retail-thai", expect.any(Number)]]);
    expect(pushes).toEqual([
      { to: "U1", texts: ["お待たせしました。"], key: retryKey("retail-thai", "g1", 1) },
    ]);
    expect(enqueued).toEqual([]);
  });

  it("puts up to five parts of 5,000 units into a push", async () => {
    const { run, pushes, counts } = setUp();
    const text = "ขอบคุณที่รอนะคะ ".repeat(1_700);
    await run({ text });
    expect(counts).toEqual(["Pushed", "Pushed", "Delivered text"]);
    expect(pushes.map(({ texts }) => texts.length)).toEqual([5, 1]);
    expect(pushes.flatMap(({ texts }) => texts).join("")).toBe(text);
    expect(pushes.map(({ key }) => key)).toEqual([
      retryKey("retail-thai", "g1", 1),
      retryKey("retail-thai", "g1", 2),
    ]);
  });

  it("repeats every push with its key when a later one failed", async () => {
    let isDown = true;
    const { run, pushes } = setUp({
      failure: (part) =>
        part === 2 && isDown ? new RetryableFailure("LINE answered 500.") : undefined,
    });
    const message = { text: "x ".repeat(14_000) };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    isDown = false;
    await run(message);
    expect(pushes.map(({ key }) => key)).toEqual(
      [1, 1, 2].map((part) => retryKey("retail-thai", "g1", part)),
    );
  });

  it("tells Genesys that a message failed, then parks it", async () => {
    const { run, enqueued, parked } = setUp({
      failure: () =>
        new PermanentFailure("LineRefused", "LINE refused with 400.", "InvalidDestination"),
    });
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

  const tooMany = (message: string) =>
    lineFailure(
      new HTTPFetchError("429", {
        status: 429,
        statusText: "Too Many Requests",
        headers: new Headers(),
        body: JSON.stringify({ message }),
      }),
    );

  it("parks a message at once when the month's messages are used up, and counts that", async () => {
    const { run, enqueued, parked, counts } = setUp({
      failure: () => tooMany("You have reached your monthly limit."),
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(["QuotaExceeded"]);
    expect(counts).toEqual(["QuotaExceeded", "Failed"]);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "RateLimited", message: "LINE's monthly message limit is reached." },
    });
  });

  it("backs off when LINE's rate limit is reached, and pushes with the same key later", async () => {
    let isTooMuch = true;
    const { run, pushes, enqueued, parked, visibility, counts } = setUp({
      failure: () =>
        isTooMuch ? tooMany("The API rate limit has been exceeded. Try again later.") : undefined,
    });
    expect((await run({ text: "x" })).batchItemFailures).toHaveLength(1);
    expect([parked, enqueued, counts]).toEqual([[], [], ["Retried"]]);
    expect(visibility).toEqual([1]);
    isTooMuch = false;
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes.map(({ key }) => key)).toEqual([retryKey("retail-thai", "g1", 1)]);
  });

  it("fails a message that holds nothing to show", async () => {
    const { run, enqueued, parked, pushes } = setUp();
    await run({ text: " ", content: [] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["Unsupported"]);
    expect(enqueued[0]?.body).toContain("UnsupportedMessage");
  });

  it("reports delivery only if the brand asks for it", async () => {
    const { run, enqueued } = setUp({ settings: { receipts: "all" } });
    await run({ text: "x" });
    expect(enqueued[0]?.deduplicationId).toBe("Delivered#g1");
  });

  const photo = {
    contentType: "Attachment",
    attachment: {
      mediaType: "Image",
      url: "https://api-downloads.mypurecloud.jp/1",
      mime: "image/png",
    },
  };

  it("hosts attachments and pushes them together with the text", async () => {
    const image = {
      kind: "image" as const,
      url: "https://media.example/1",
      previewUrl: "https://media.example/1-preview",
    };
    const { run, pushes, messages, stored } = setUp({ attachment: image });
    await run({ text: "写真です", content: [photo] });
    expect(stored).toEqual([
      [
        { brand: "retail-thai", customer: "U1", messageId: "g1" },
        0,
        "https://api-downloads.mypurecloud.jp/1",
      ],
    ]);
    expect(pushes).toHaveLength(1);
    expect(messages).toEqual([
      { type: "text", text: "写真です" },
      { type: "image", originalContentUrl: image.url, previewImageUrl: image.previewUrl },
    ]);
  });

  const cardWith = (image: string) => ({
    type: "Structured",
    content: [
      {
        contentType: "Card",
        card: {
          title: "羊毛外套",
          image,
          actions: [{ type: "Postback", text: "保留", payload: "p" }],
        },
      },
    ],
  });

  it("hosts the picture of a card that Genesys Cloud holds, and leaves others where they are", async () => {
    const url = "https://media.example/1000000";
    const { run, messages, stored } = setUp({
      attachment: { kind: "image", url, previewUrl: url },
    });
    await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
    expect(stored).toHaveLength(1);
    expect(messages).toMatchObject([{ template: { thumbnailImageUrl: url } }]);
    await run(cardWith("https://shop.example/coat.png"));
    expect(stored).toHaveLength(1);
    expect(messages[1]).toMatchObject({
      template: { thumbnailImageUrl: "https://shop.example/coat.png" },
    });
  });

  it("pushes a card without its picture when that is not to be had", async () => {
    const { run, messages } = setUp({ attachment: new PermanentFailure("AttachmentGone", "404") });
    await run(cardWith("https://api-downloads.mypurecloud.jp/2"));
    expect(messages).toHaveLength(1);
    expect(JSON.stringify(messages)).not.toContain("mypurecloud");
  });

  it("pushes nothing of a message whose attachment cannot be had", async () => {
    const { run, pushes, enqueued, parked } = setUp({
      attachment: new PermanentFailure(
        "AttachmentTooLarge",
        "Too large.",
        "InvalidMediaContentLength",
      ),
    });
    await run({ text: "写真です", content: [photo] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["AttachmentTooLarge"]);
    expect(enqueued[0]?.body).toContain("InvalidMediaContentLength");
  });

  it("fails a message with an attachment that cannot be read, rather than leave it out", async () => {
    const { run, pushes, parked } = setUp();
    await run({
      text: "写真です",
      content: [{ contentType: "Attachment", attachment: { mime: "image/png" } }],
    });
    expect(pushes).toEqual([]);
    expect(parked).toEqual(["AttachmentUnreadable"]);
  });

  it("goes on at the next try where it ran out of time between attachments", async () => {
    const file = {
      kind: "file" as const,
      url: "https://media.example/1",
      fileName: "a.pdf",
      bytes: 1,
    };
    let remaining = 60_000;
    let isSlow = true;
    const { run, stored, pushes } = setUp({
      attachment: file,
      onStore: () => {
        if (isSlow) remaining = 44_000;
      },
      remaining: () => remaining,
    });
    const message = { content: [photo, photo] };
    expect((await run(message)).batchItemFailures).toHaveLength(1);
    expect([stored.length, pushes.length]).toEqual([1, 0]);
    isSlow = false;
    remaining = 60_000;
    expect(await run(message)).toEqual({ batchItemFailures: [] });
    expect(pushes).toHaveLength(1);
  });

  it("keeps the buttons for which LINE has no room before it pushes them", async () => {
    const payload = "p".repeat(1_000);
    const content = [
      { contentType: "QuickReply", quickReply: { text: "はい", payload, action: "Message" } },
    ];
    const { run, buttons } = setUp();
    await run({ type: "Structured", text: "続けますか？", content });
    expect(buttons).toEqual([
      [
        "retail-thai",
        "g1",
        [{ index: 0, type: "QuickReply", originatingMessageId: "g1", text: "はい", payload }],
      ],
    ]);
  });

  it("pushes nothing to a customer who has blocked the account, and says so without a dead letter", async () => {
    const { run, pushes, enqueued, parked, counts } = setUp({
      customer: { ...nobody, isBlocked: true },
      settings: { receipts: "all" },
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes).toEqual([]);
    expect(parked).toEqual([]);
    expect(counts).toEqual(["RecipientBlocked"]);
    expect(enqueued).toHaveLength(1);
    expect(JSON.parse(enqueued[0]?.body ?? "").receipt).toMatchObject({
      status: "Failed",
      reason: { code: "RecipientOptedOut" },
    });
  });

  it("pushes all the same when the customer's record cannot be read", async () => {
    const { run, pushes } = setUp({ customer: new Error("DynamoDB is away") });
    await run({ text: "x" });
    expect(pushes).toHaveLength(1);
  });

  it.each([
    ["an agent's answer", true, "Human", true],
    ["an answer of nobody known", true, undefined, true],
    ["a bot's answer", true, "Bot", false],
    ["an answer for a brand that does not ask for it", false, "Human", false],
  ])("marks messages as read after %s: %s", async (_, markAsRead, originatingEntity, isMarked) => {
    const { run, sideCalls } = setUp({
      settings: { markAsRead },
      customer: { ...nobody, markAsReadToken: "token" },
    });
    await run({ text: "x", originatingEntity });
    expect(sideCalls).toEqual(
      isMarked
        ? [
            ["markAsRead", "retail-thai", "token"],
            ["markedAsRead", "retail-thai", "U1", "token"],
          ]
        : [],
    );
  });

  it("has delivered a message even if marking as read fails", async () => {
    const { run, pushes, sideCalls } = setUp({
      settings: { markAsRead: true },
      customer: { ...nobody, markAsReadToken: "token" },
      failure: (part) => (part === 0 ? new RetryableFailure("LINE answered 500.") : undefined),
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(pushes).toHaveLength(1);
    expect(sideCalls).toEqual([["markAsRead", "retail-thai", "token"]]);
  });

  const typing = { kind: "typing", brand: "retail-thai", to: "U1", seconds: 5 };

  it.each([
    [5, 5],
    [0.2, 5],
    [5.1, 10],
    [600, 60],
  ])("shows %s s of typing as a loading animation of %s s", async (seconds, shown) => {
    const { take, sideCalls } = setUp();
    await take({ ...typing, seconds });
    expect(sideCalls).toEqual([["showLoading", "retail-thai", "U1", shown]]);
  });

  it("drops typing that is stale, is meant for a group, or fails", async () => {
    const { take, sideCalls } = setUp({ failure: () => new RetryableFailure("no") });
    await take(typing, { SentTimestamp: String(NOW - 10_001) });
    await take({ ...typing, to: "C1" });
    expect(sideCalls).toEqual([]);
    expect(await take(typing)).toEqual({ batchItemFailures: [] });
    expect(sideCalls).toHaveLength(1);
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
