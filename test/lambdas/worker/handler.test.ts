import { createFindBrand } from "../../../lambdas/shared/brand/find-brand.ts";
import {
  type BrandSettings,
  brandSettingsSchema,
} from "../../../lambdas/shared/contract/brand-settings.ts";
import {
  PermanentFailure,
  RefusedForNow,
  RetryableFailure,
} from "../../../lambdas/shared/failures/failures.ts";
import type { BrandCounter } from "../../../lambdas/shared/function/counter.ts";
import { brandLog } from "../../../lambdas/shared/function/log.ts";
import { encodeButton } from "../../../lambdas/shared/genesys/button-data.ts";
import { createConsume } from "../../../lambdas/shared/queue/consume-fifo.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { createHandler } from "../../../lambdas/worker/handler.ts";
import type { FetchLineMedia } from "../../../lambdas/worker/media/fetch-line-media.ts";
import { createNameAuthor } from "../../../lambdas/worker/name-author.ts";
import type { WorkerBrand } from "../../../lambdas/worker/worker-brand.ts";
import { sqsRecord } from "../sqs-record.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const settings = brandSettingsSchema.parse({
  customAttributes: { market: "Thailand", brand: "Retail_Thai" },
});

function setUp({
  post = () => undefined,
  postAttachment = () => undefined,
  brand: itsSettings = settings,
  outcome = async () => ({ outcome: "missing" as const, because: "gone" as const }),
  respond = () => undefined,
  failures = 0,
}: {
  post?: (text: string) => void;
  postAttachment?: () => void;
  brand?: BrandSettings;
  outcome?: FetchLineMedia;
  /** To a structured response. */
  respond?: () => void;
  /** Of each record until now. */
  failures?: number;
} = {}) {
  const posted: unknown[] = [];
  const responses: unknown[] = [];
  const receipts: unknown[] = [];
  const forgotten: string[] = [];
  const parked: string[] = [];
  const counts: string[] = [];
  const logged: unknown[] = [];
  const measured: unknown[] = [];
  /** When the time of each request to Genesys, and of each hold of a part, is up. */
  const ends: number[] = [];
  const attempts: { receives: number; inHand: number }[] = [];
  const write = (...entry: unknown[]) => logged.push(entry);
  const log = { info: write, warn: write, error: write };
  const delivered = new Set<string>();
  const state = { now: 1_000_000 };
  const now = () => state.now;

  const counterOf = (brand: string): BrandCounter => ({
    count: (metric) => counts.push(`${metric} ${brand}`),
    measure: (gauge, value) => measured.push([gauge, brand, value]),
  });

  function assemble(key: string, brandSettings: BrandSettings): WorkerBrand {
    const unused = fakeWorkerBrand();
    return {
      ...unused,
      key,
      settings: brandSettings,
      ...counterOf(key),
      log: brandLog(log, key),
      customers: {
        ...unused.customers,
        heardFrom: async () => UNKNOWN,
        blocked: async () => undefined,
      },
      buttons: {
        ...unused.buttons,
        get: async (originatingMessageId, index) =>
          index === 7
            ? { type: "Button", originatingMessageId, text: "選択", payload: "long" }
            : undefined,
      },
      deliveries: {
        ...unused.deliveries,
        isPromised: async () => false,
        sentParts: async () => undefined,
      },
      quotes: {
        ...unused.quotes,
        unsent: async (customer, id) => void forgotten.push(`unsent ${customer} ${id}`),
        forget: async (customer, id) => void forgotten.push(`no quote ${customer} ${id}`),
      },
      erasures: {
        erased: async (prefix) => void forgotten.push(`erased ${prefix}`),
        isErased: async () => false,
      },
      media: {
        prefix: async ({ customer, messageId }) => `${key}/${customer}/${messageId}/`,
        store: {
          ...unused.media.store,
          deleteAll: async (prefix) => {
            forgotten.push(prefix);
          },
        },
      },
      genesys: {
        postMessage: async (message, attempt) => {
          attempts.push(attempt);
          post(message.text ?? "");
          if (message.content !== undefined) postAttachment();
          posted.push({ brand: key, message });
        },
        postStructuredResponse: async (response, attempt) => {
          attempts.push(attempt);
          respond();
          responses.push(response);
        },
        postReceipt: async (receipt, urgency, attempt) => {
          attempts.push(attempt);
          receipts.push({ brand: key, receipt, urgency });
        },
      },
    };
  }

  const handler = createHandler({
    findBrand: createFindBrand(new Map([["retail-thai", itsSettings]]), assemble),
    consume: createConsume({
      queue: {
        park: async (record, failure) => {
          parked.push(`${record.messageId} ${failure.reason}`);
        },
        setVisibility: async () => undefined,
      },
      failures: { of: async () => failures, add: async () => ({ failures: 1 }) },
      patienceMs: 1_000_000_000,
      counter: { forBrand: counterOf, noteWait: () => undefined },
      log,
      chance: { now, random: () => 0 },
    }),
    nameAuthor: createNameAuthor(async (_brand, party) => ({
      displayName: "memberId" in party ? "美玲" : "groupId" in party ? "家族" : "สมชาย",
    })),
    media: { fetchMedia: outcome, attachmentBytes: 25_000_000, timeOf: String },
    deliverOnce: async (_brand, key, endsAt, deliver) => {
      ends.push(endsAt);
      const id = JSON.stringify(key);
      if (delivered.has(id)) return false;
      await deliver(async () => {});
      delivered.add(id);
      return true;
    },
    now,
  });
  const run = (...bodies: unknown[]) =>
    handler(
      { Records: bodies.map((body, i) => sqsRecord(`r${i}`, "retail-thai#U1", body)) },
      { getRemainingTimeInMillis: () => 45_000 },
    );
  return {
    run,
    posted,
    responses,
    receipts,
    forgotten,
    parked,
    counts,
    logged,
    measured,
    ends,
    attempts,
    state,
  };
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
    const { run, posted, counts, measured, logged } = setUp();
    expect(await run(lineEvent({ type: "text", text: "สวัสดี" }))).toEqual({ batchItemFailures: [] });
    expect(measured).toEqual([["TimeToGenesys", "retail-thai", 1_000_000]]);
    expect(posted).toEqual([
      {
        brand: "retail-thai",
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
    expect(counts).toEqual([]);
    expect(logged).toContainEqual([
      "Delivered to Genesys",
      expect.objectContaining({ kind: "text" }),
    ]);
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
    const { run, posted } = setUp({
      post: (text) => {
        if (text.startsWith("b") && failures-- > 0)
          throw new RetryableFailure("Genesys answered 503.");
      },
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

  it("acknowledges and logs what it does not forward", async () => {
    const { run, posted, logged } = setUp();
    const group = { source: { type: "group", groupId: "C1", userId: "U1" } };
    expect(
      await run(
        lineEvent({ type: "text", text: "x" }, group),
        lineEvent({}, { type: "follow", follow: { isUnblocked: false } }),
      ),
    ).toEqual({ batchItemFailures: [] });
    expect(posted).toEqual([]);
    expect(logged.flatMap((entry) => (Array.isArray(entry) ? entry[0] : []))).toEqual([
      "Ignored on purpose",
      "Ignored on purpose",
    ]);
  });

  const hosted = {
    outcome: "hosted" as const,
    url: "https://media.example/k",
    mime: "image/jpeg",
    bytes: 10,
    fileName: "image-46.jpg",
  };
  const image = { type: "image", contentProvider: { type: "line" } };

  it("posts a picture as an attachment, once hosted", async () => {
    const asked: unknown[] = [];
    const { run, posted } = setUp({
      outcome: async (request) => {
        asked.push(request);
        return hosted;
      },
    });
    await run(lineEvent(image));
    await run(lineEvent(image));
    expect(asked).toEqual([
      {
        brand: expect.objectContaining({ key: "retail-thai" }),
        customer: "U1",
        media: expect.objectContaining({ kind: "image", messageId: "46" }),
        timestamp: 0,
        attempt: expect.objectContaining({ receives: 1, failures: expect.any(Function) }),
        withinMs: 60_000,
      },
    ]);
    expect(posted).toEqual([
      {
        brand: "retail-thai",
        message: {
          channel: expect.objectContaining({ messageId: "46" }),
          content: [
            {
              attachment: {
                mediaType: "Image",
                url: hosted.url,
                mime: "image/jpeg",
                filename: "image-46.jpg",
              },
            },
          ],
        },
      },
    ]);
  });

  it("sends a link where Genesys does not take the attachment, and the sticker's name alone", async () => {
    const refuse = { ...settings, stickers: "image" as const };
    const { run, posted, parked } = setUp({
      brand: refuse,
      outcome: async () => hosted,
      postAttachment: () => {
        throw new PermanentFailure("GenesysRefused", "Genesys refused with 400.");
      },
    });
    await run(
      lineEvent(image),
      lineEvent({ type: "sticker", packageId: "446", stickerId: "1988" }, { webhookEventId: "02" }),
    );
    expect(parked).toEqual([]);
    expect(posted).toMatchObject([
      {
        message: {
          text: `[LINE IMAGE: Genesys Cloud did not accept it as an attachment]\n${hosted.url}`,
        },
      },
      { message: { text: "[LINE STICKER: Moon: Special Edition]" } },
    ]);
  });

  it("keeps the customer's later messages behind a video that is not ready", async () => {
    let isReady = false;
    const { run, posted } = setUp({
      outcome: async () => {
        if (!isReady) throw new RetryableFailure("LINE is still preparing.", 2);
        return { ...hosted, mime: "video/mp4" };
      },
    });
    const batch = [
      lineEvent({ type: "video" }),
      lineEvent({ type: "text", text: "見えますか" }, { webhookEventId: "02" }),
    ];
    expect((await run(...batch)).batchItemFailures).toHaveLength(2);
    expect(posted).toEqual([]);
    isReady = true;
    await run(...batch);
    expect(posted).toMatchObject([
      { message: { content: [{ attachment: { mediaType: "Video" } }] } },
      { message: { text: "見えますか" } },
    ]);
  });

  const tap = (data: string) => lineEvent({}, { type: "postback", postback: { data } });
  const { data: yes } = encodeButton(
    { type: "QuickReply", originatingMessageId: "g1", text: "はい", payload: "yes" },
    0,
  );

  it("posts the tap on a bot's button as a structured response", async () => {
    const { run, posted, responses } = setUp();
    await run(tap(yes));
    expect(posted).toEqual([]);
    expect(responses).toEqual([
      {
        channel: expect.objectContaining({
          messageId: "01FZ",
          metadata: { customAttributes: settings.customAttributes },
        }),
        buttonResponse: { type: "QuickReply", text: "はい", payload: "yes" },
        originatingMessageId: "g1",
      },
    ]);
  });

  it.each([
    [7, [], [{ buttonResponse: { type: "Button", text: "選択", payload: "long" } }]],
    [8, [{ message: { text: expect.stringContaining("LINE BUTTON") } }], []],
  ])("looks up button %s of a message whose payloads are long", async (index, texts, taps) => {
    const { run, posted, responses } = setUp();
    await run(tap(JSON.stringify(["gc", "g1", index])));
    expect(posted).toMatchObject(texts);
    expect(responses).toMatchObject(taps);
  });

  it("says the button's text where Genesys refuses the tap, and tries again where it is away", async () => {
    const refused = setUp({
      respond: () => {
        throw new PermanentFailure("GenesysRefused", "Genesys refused with 400.");
      },
    });
    await refused.run(tap(yes));
    expect(refused.posted).toMatchObject([{ message: { text: "はい" } }]);
    const away = setUp({
      respond: () => {
        throw new RetryableFailure("Genesys answered 503.");
      },
    });
    expect((await away.run(tap(yes))).batchItemFailures).toHaveLength(1);
    expect(away.posted).toEqual([]);
  });

  it.each([
    [4, 2, []],
    [
      5,
      0,
      [{ message: { text: expect.stringContaining(hosted.url) } }, { message: { text: "はい" } }],
    ],
  ])(
    "waits for what Genesys cannot take now, and says it otherwise when that does not pass: after %i failures",
    async (failures, givenBack, texts) => {
      const refuse = () => {
        throw new RefusedForNow(new PermanentFailure("GenesysRefused", "Refused with 423."));
      };
      const options = { failures, respond: refuse, postAttachment: refuse };
      const { run, posted, parked } = setUp({ ...options, outcome: async () => hosted });
      const image46 = await run(lineEvent(image, { webhookEventId: "02" }));
      const tapped = await run(tap(yes));
      const back = [...image46.batchItemFailures, ...tapped.batchItemFailures];
      expect(back).toHaveLength(givenBack);
      expect(posted).toMatchObject(texts);
      expect(parked).toEqual([]);
    },
  );

  it("says the button's text on the older endpoint, of a long button too", async () => {
    const { run, posted, responses } = setUp({ brand: { ...settings, endpoint: "legacy" } });
    await run(tap(yes));
    await run({
      ...tap('["gc","g1",7]'),
      event: { ...tap('["gc","g1",7]').event, webhookEventId: "02" },
    });
    expect(posted).toMatchObject([{ message: { text: "はい" } }, { message: { text: "選択" } }]);
    expect(responses).toEqual([]);
  });

  it("deletes what is hosted of an unsent message, and tells the agent", async () => {
    const { run, forgotten, posted } = setUp();
    await run(lineEvent({}, { type: "unsend", unsend: { messageId: "46" } }));
    // Noted first: media that is being fetched at this moment is then deleted, too.
    expect(forgotten).toEqual([
      "no quote U1 46",
      "erased retail-thai/U1/46/",
      "retail-thai/U1/46/",
    ]);
    expect(posted).toMatchObject([{ message: { text: expect.stringContaining("LINE UNSEND") } }]);
  });

  it("bridges a group as the customer, with the writer's name before the text", async () => {
    const { run, posted } = setUp({ brand: { ...settings, groups: "bridge" } });
    const group = { source: { type: "group", groupId: "C1", userId: "U1" } };
    await run(lineEvent({ type: "text", text: "大家好" }, group));
    expect(posted).toMatchObject([
      {
        message: {
          channel: { from: { id: "C1", nickname: "家族" } },
          text: "美玲: 大家好",
        },
      },
    ]);
  });

  const failedReceipt = {
    kind: "receipt",
    brand: "retail-thai",
    receipt: {
      messageId: "g1",
      to: "U1",
      time: "2026-11-23T00:00:00.000Z",
      status: "Failed",
      reason: { code: "RateLimited", message: "LINE's monthly message limit is reached." },
    },
  };

  it("posts receipts", async () => {
    const { run, receipts } = setUp();
    await run(failedReceipt);
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
        urgency: "receipt",
      },
    ]);
  });

  it("logs that a receipt is given, under the id of its message, and what is ignored on purpose", async () => {
    const { run, logged } = setUp();
    await run(
      failedReceipt,
      lineEvent({}, { type: "beacon", beacon: { hwid: "1", type: "enter" } }),
    );
    expect(logged).toEqual([
      [
        "Sent a receipt to Genesys",
        { brand: "retail-thai", correlationId: "g1", status: "Failed" },
      ],
      ["Ignored on purpose", { brand: "retail-thai", correlationId: expect.any(String) }],
    ]);
  });

  it("lets a receipt that has waited for three minutes take its turn among the messages", async () => {
    const { run, receipts, state } = setUp();
    state.now = 1_000_000 + 3 * 60_000 + 1;
    await run(failedReceipt);
    expect(receipts).toMatchObject([{ urgency: "message" }]);
  });

  it("holds each part for the time that the invocation has left, and says with each request what goes back with it", async () => {
    const { run, ends, attempts } = setUp();
    const text = lineEvent({ type: "text", text: "x" }, { webhookEventId: "02" });
    await run(failedReceipt, tap(yes), text);
    expect(ends).toEqual(Array(2).fill(1_045_000));
    expect(attempts.map(({ inHand }) => inHand)).toEqual([3, 2, 1]);
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
    const { run, logged } = setUp({
      post: (text) => {
        if (text === "geheim2")
          throw new PermanentFailure("GenesysRefused", "Genesys refused with 400.");
      },
    });
    await run(
      lineEvent({ type: "text", text: "geheim1" }),
      lineEvent({ type: "text", text: "geheim2" }),
    );
    expect(logged).toHaveLength(2);
    expect(JSON.stringify(logged)).not.toMatch(/geheim|สมชาย|U1/);
  });
});
