import { Readable } from "node:stream";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { createFindBrand } from "../../../lambdas/shared/brand/find-brand.ts";
import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import { OutageFailure, RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import type { LineContentAnswer } from "../../../lambdas/shared/line/content-client.ts";
import { createConsume } from "../../../lambdas/shared/queue/consume-fifo.ts";
import { createFailureTable } from "../../../lambdas/shared/queue/failure-table.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { createErasureTable } from "../../../lambdas/shared/tables/erasure-table.ts";
import { createQuoteTable } from "../../../lambdas/shared/tables/quote-table.ts";
import { createDeliverOnce } from "../../../lambdas/worker/deliver-once.ts";
import { createDeliveryTable } from "../../../lambdas/worker/delivery-table.ts";
import { createHandler } from "../../../lambdas/worker/handler.ts";
import {
  createFetchLineMedia,
  mediaPatienceMs,
} from "../../../lambdas/worker/media/fetch-line-media.ts";
import type { WorkerBrand } from "../../../lambdas/worker/worker-brand.ts";
import { startTable, TABLE } from "../local-table.ts";
import { workingHosts } from "../working-hosts.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";
import { simulatedQueue } from "./simulated-queue.ts";

const PATIENCE_HOURS = 2;
const START = 1_795_392_000_000;
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");

let table: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.close());

let numbers = 0;

/**
 * A worker between LINE and Genesys Cloud that is killed at its `killAt`th call, after the call has had its effect or
 * before.
 */
function setUp(killAt = Number.POSITIVE_INFINITY, isBefore = false) {
  const clock = { now: START };
  const now = () => clock.now;
  numbers += 1;
  // The table is the same for all.
  const brandKey = `brand-${numbers}`;
  /** In the order in which agents get them. */
  const arrived: { id: string; says: string; at: number }[] = [];
  const stored = new Map<string, string>();
  const parked: string[] = [];
  const line = {
    answer: async (): Promise<LineContentAnswer> => ({ kind: "gone" }),
    asked: 0,
    /** How long (ms) LINE takes for the next answers; each is too late for a try that ends before. */
    slowMs: [] as number[],
    /** The worker is killed so many ms after the beginning of this try. */
    killed: undefined as { inTry: number; afterMs: number } | undefined,
  };
  const genesys = { answer: async () => {} };
  /** Each try to have media of LINE, as long as it lasted. */
  const tries: { from: number; to: number }[] = [];
  let calls = 0;
  let isDead = false;
  let die = () => {};

  /** The call, unless the worker is dead or dies of it: then it never ends. */
  async function step<Result>(call: () => Promise<Result>): Promise<Result> {
    calls += 1;
    if (calls === killAt) {
      if (!isBefore) await call();
      isDead = true;
      die();
    }
    if (isDead) return new Promise(() => {});
    return call();
  }

  async function slowly(withinMs = 20_000): Promise<void> {
    const from = clock.now;
    const { killed, slowMs } = line;
    const isKilled = killed?.inTry === tries.length;
    const takesMs = slowMs[tries.length % slowMs.length] ?? 0;
    const lastsMs = isKilled ? killed.afterMs : Math.min(takesMs, withinMs, 20_000);
    clock.now += lastsMs;
    tries.push({ from, to: clock.now });
    if (isKilled) {
      isDead = true;
      die();
      return new Promise(() => {});
    }
    if (lastsMs < takesMs) throw new OutageFailure("LINE gave no answer in time.");
  }

  const documents = new Proxy(table.documents, {
    get: (target, property) =>
      property === "send"
        ? (command: Parameters<DynamoDBDocumentClient["send"]>[0]) =>
            step(() => target.send(command))
        : Reflect.get(target, property),
  });
  const tables = { documents, name: TABLE, now };
  const unused = fakeWorkerBrand();
  const nothing = () => undefined;
  const log = { info: nothing, warn: nothing, error: nothing };

  function assemble(key: string): WorkerBrand {
    return {
      ...unused,
      key,
      settings: brandSettingsSchema.parse({ customAttributes: {} }),
      count: nothing,
      measure: nothing,
      hosts: workingHosts,
      customers: {
        ...unused.customers,
        heardFrom: async () => UNKNOWN,
      },
      deliveries: createDeliveryTable(key, tables),
      quotes: createQuoteTable(key, tables),
      erasures: createErasureTable(tables),
      enqueue: (messages) =>
        step(async () => {
          for (const { groupId, deduplicationId, body } of messages) {
            // As SQS, for five minutes; no test here takes longer between two of the same.
            if (!seen.has(deduplicationId))
              queue.send(`${brandKey}-${deduplicationId}`, groupId, JSON.parse(body));
            seen.add(deduplicationId);
          }
        }),
      content: {
        get: () =>
          step(() => {
            line.asked += 1;
            return line.answer();
          }),
        transcoding: async () => "processing",
      },
      media: {
        prefix: async ({ customer, messageId }) => `${key}/${customer}/${messageId}/`,
        store: {
          ...unused.media.store,
          urlOf: (name) => `https://media.example.com/${name}`,
          put: (name, body, { mime }) =>
            step(async () => {
              let bytes = 0;
              for await (const chunk of body) bytes += chunk.length;
              stored.set(name, mime);
              return bytes;
            }),
          findFirst: (prefix) =>
            step(async () => {
              const key = [...stored.keys()].find((name) => name.startsWith(prefix));
              const mime = stored.get(key ?? "") ?? "";
              return key === undefined ? undefined : { key, mime, bytes: 20, fileName: "a.jpg" };
            }),
          deleteAll: (prefix) =>
            step(async () => {
              for (const name of stored.keys()) if (name.startsWith(prefix)) stored.delete(name);
            }),
        },
      },
      genesys: {
        ...unused.genesys,
        postMessage: ({ channel, text = "", content }, { beforeRequest }) =>
          step(async () => {
            await beforeRequest?.();
            const says = [text, content?.[0]?.attachment.mediaType].filter(Boolean).join(" ");
            await genesys.answer();
            arrived.push({ id: channel.messageId, says, at: now() });
          }),
      },
    };
  }

  const fetchLineMedia = createFetchLineMedia({
    download: () => Promise.reject(new Error("nothing is external here")),
    attachmentBytes: 25_000_000,
    patienceMs: mediaPatienceMs(PATIENCE_HOURS),
    now,
  });
  const seen = new Set<string>();
  const handlerOf = () =>
    createHandler({
      findBrand: createFindBrand(
        new Map([[brandKey, brandSettingsSchema.parse({ customAttributes: {} })]]),
        assemble,
      ),
      consume: createConsume({
        queue: {
          park: async (record, { reason }) => void parked.push(`${record.messageId} ${reason}`),
          setVisibility: (records, seconds) =>
            step(async () => {
              for (const { receiptHandle } of records) queue.hide(receiptHandle, seconds);
            }),
        },
        failures: createFailureTable(tables),
        patienceMs: PATIENCE_HOURS * 3_600_000,
        counter: {
          forBrand: () => ({ count: nothing, measure: nothing }),
          noteWait: nothing,
        },
        log,
        chance: { now, random: () => 0.5 },
      }),
      nameAuthor: async (_brand, _event, id) => ({
        customer: { id, nickname: undefined },
        customAttributes: {},
      }),
      media: {
        async fetchMedia(request) {
          if (request.withinMs !== 0) await slowly(request.withinMs);
          return fetchLineMedia(request);
        },
        attachmentBytes: 25_000_000,
        timeOf: () => "2026-11-23 10:00",
      },
      deliverOnce: createDeliverOnce(async () => {}),
      now,
    });
  let handler = handlerOf();
  const queue = simulatedQueue({
    clock,
    random: Math.random,
    async handle(event) {
      const killed = new Promise<"killed">((resolve) => {
        die = () => resolve("killed");
      });
      const done = await Promise.race([
        handler(event, { getRemainingTimeInMillis: () => 60_000 }),
        killed,
      ]);
      if (done !== "killed") return done;
      // What is left of it hangs for ever; the queue hands its messages out again.
      isDead = false;
      handler = handlerOf();
      return {
        batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    },
  });

  function say(id: string, message: object, fields: object = {}) {
    const event = {
      type: "message",
      mode: "active",
      timestamp: clock.now,
      webhookEventId: `event-${id}`,
      source: { type: "user", userId: "U1" },
      message: { id, ...message },
      ...fields,
    };
    queue.send(`${brandKey}-${id}`, `${brandKey}#U1`, {
      kind: "line-event",
      brand: brandKey,
      event,
    });
  }

  const says = () => arrived.map(({ id, says: said }) => `${id} ${said}`);
  const counted = () => calls;
  const sides = { line, genesys, tries, queue, clock };
  return { say, says, arrived, stored, parked, ...sides, calls: counted };
}

const image = { type: "image", contentProvider: { type: "line" } };
const text = { type: "text", text: "hello?" };
const ready = async (): Promise<LineContentAnswer> => ({
  kind: "ready",
  body: Readable.from([JPEG]),
  contentType: "image/jpeg",
});
const minutes = (count: number) => START + count * 60_000;
const PLACEHOLDER = "1 [LINE IMAGE: sent 2026-11-23 10:00, is still loading and follows later]";

describe("media that cannot be had yet", () => {
  it.each<[string, () => Promise<LineContentAnswer>]>([
    ["LINE fails", () => Promise.reject(new OutageFailure("LINE answered 400."))],
    [
      "LINE asks to wait 15 minutes",
      () => Promise.reject(new RetryableFailure("LINE answered 429.", 900)),
    ],
    ["LINE prepares it", async () => ({ kind: "preparing" })],
  ])("lets the customer's texts pass after about a minute: %s", async (_, answer) => {
    const { say, says, arrived, line, queue } = setUp();
    line.answer = answer;
    say("1", image);
    say("2", text);
    await queue.runUntil(minutes(0.9));
    expect(says()).toEqual([]);
    await queue.runUntil(minutes(20));
    expect(says()).toEqual([PLACEHOLDER, "2 hello?"]);
    expect(arrived[1]?.at).toBeLessThan(minutes(1.5));
    line.answer = ready;
    await queue.runUntil(minutes(60));
    expect(says()).toEqual([PLACEHOLDER, "2 hello?", "1#2 Image"]);
    expect(queue.left()).toEqual([]);
  });

  it("comes as usual where LINE has it within a minute", async () => {
    const { say, says, line, queue } = setUp();
    line.answer = () => Promise.reject(new OutageFailure("LINE answered 500."));
    say("1", image);
    say("2", text);
    await queue.runUntil(minutes(0.3));
    line.answer = ready;
    await queue.runUntil(minutes(60));
    expect(says()).toEqual(["1 Image", "2 hello?"]);
  });

  it("says in the end why there is none", async () => {
    const { say, says, parked, line, queue } = setUp();
    line.answer = () => Promise.reject(new OutageFailure("LINE answered 500."));
    say("1", { ...image, type: "file", fileName: "ใบเสร็จ.pdf" });
    await queue.runUntil(minutes((PATIENCE_HOURS + 1) * 60));
    expect(says()).toEqual([
      "1 [LINE FILE: sent 2026-11-23 10:00, is still loading and follows later]\nใบเสร็จ.pdf",
      "1#2 [LINE FILE: took too long to load]",
    ]);
    expect(parked).toEqual([]);
    expect(queue.left()).toEqual([]);
  });

  it("is not kept when the customer unsends it, before it is fetched or meanwhile", async () => {
    for (const isMeanwhile of [false, true]) {
      const { say, says, stored, line, queue } = setUp();
      line.answer = () => Promise.reject(new OutageFailure("LINE answered 500."));
      say("1", image);
      await queue.runUntil(minutes(5));
      const unsend = () =>
        say("3", {}, { type: "unsend", message: undefined, unsend: { messageId: "1" } });
      if (!isMeanwhile) unsend();
      let isUnsent = !isMeanwhile;
      line.answer = async () => {
        if (!isUnsent) {
          isUnsent = true;
          unsend();
          // Another worker takes the unsend while this one is fetching.
          await queue.runUntil(queue.now());
        }
        return ready();
      };
      await queue.runUntil(minutes(60));
      expect(says()).toContain(
        "1#2 [LINE IMAGE: the customer unsent it before it could be loaded]",
      );
      expect(says().filter((said) => said.endsWith(" Image"))).toEqual([]);
      expect(stored.size).toBe(0);
      expect(queue.left()).toEqual([]);
    }
  });
});

describe("a try to have media", () => {
  /** From a second, in which LINE refuses at once, to a hang. */
  const slowness = fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 5 });

  /** In seconds. */
  const retryAfter = fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined });

  it("neither begins nor lasts past the minute for which the customer's texts wait", async () => {
    await fc.assert(
      fc.asyncProperty(slowness, fc.nat(50_000), retryAfter, async (slowMs, pauseMs, asked) => {
        const { say, says, arrived, line, tries, queue, clock } = setUp();
        line.slowMs = slowMs;
        line.answer = () => Promise.reject(new RetryableFailure("LINE answered 429.", asked));
        say("1", image);
        await queue.runUntil(START + pauseMs);
        say("2", text);
        await queue.runUntil(Math.max(clock.now, minutes(1.1)));
        expect(says()).toEqual([PLACEHOLDER, "2 hello?"]);
        const inTime = tries.filter(({ from }) => from < START + 60_000);
        for (const { from, to } of inTime) {
          expect(to).toBeLessThanOrEqual(START + 60_000);
          // A shorter one would blame LINE for what nobody can do.
          expect(START + 60_000 - from).toBeGreaterThanOrEqual(5_000);
        }
        // No long pause before the end, unless LINE asks for it.
        if (asked === undefined) {
          expect(inTime.at(-1)?.to).toBeGreaterThanOrEqual(START + 50_000);
        }
        // A pause that LINE asks for gets up to a tenth more.
        expect(arrived[1]?.at).toBeLessThan(START + (asked === undefined ? 63_000 : 67_000));
      }),
      { numRuns: 25 },
    );
  });

  it("is not made again behind a worker that was killed in it, once the minute is over", async () => {
    await fc.assert(
      fc.asyncProperty(
        slowness,
        fc.nat(2),
        fc.integer({ min: 1, max: 20_000 }),
        async (slowMs, inTry, afterMs) => {
          const { say, says, arrived, line, tries, queue } = setUp();
          line.slowMs = slowMs;
          line.killed = { inTry, afterMs };
          line.answer = () => Promise.reject(new OutageFailure("LINE answered 500."));
          say("1", image);
          say("2", text);
          await queue.runUntil(minutes(3));
          expect(says().slice(0, 2)).toEqual([PLACEHOLDER, "2 hello?"]);
          const killed = tries[inTry];
          // It is received again after the visibility timeout, and the text follows at once.
          const back = (killed?.from ?? 0) + 90_000;
          expect(arrived[1]?.at).toBeLessThan(back + 3_000);
          const between = tries.filter(
            ({ from }) => from > (killed?.from ?? 0) && from < (arrived[0]?.at ?? 0),
          );
          expect(between).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is made of each event, also where it waited behind others for longer than a minute", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10_000 }), async (slowMs) => {
        const { say, says, line, genesys, tries, queue } = setUp();
        line.answer = ready;
        line.slowMs = [slowMs];
        genesys.answer = () => Promise.reject(new OutageFailure("Genesys Cloud answered 503."));
        say("0", text);
        say("1", image);
        await queue.runUntil(minutes(3));
        expect(tries).toEqual([]);
        genesys.answer = async () => {};
        await queue.runUntil(minutes(20));
        expect(says()).toEqual(["0 hello?", "1 Image"]);
      }),
      { numRuns: 10 },
    );
  });

  it("is not needed for what an earlier one has hosted, however late Genesys Cloud takes it", async () => {
    const { say, says, line, genesys, tries, queue } = setUp();
    line.answer = ready;
    genesys.answer = () => Promise.reject(new OutageFailure("Genesys Cloud answered 503."));
    say("1", image);
    await queue.runUntil(minutes(3));
    genesys.answer = async () => {};
    await queue.runUntil(minutes(20));
    expect(says()).toEqual(["1 Image"]);
    expect(tries.every(({ from }) => from < START + 60_000)).toBe(true);
  });
});

describe("a worker that is killed", () => {
  /** LINE has no content for two minutes; resolves to what agents have got in two hours. */
  async function run(killAt: number, isBefore: boolean) {
    const { say, says, line, queue, clock, calls } = setUp(killAt, isBefore);
    const notYet = new RetryableFailure("LINE answered 429.", 100);
    line.answer = () => (clock.now < minutes(2) ? Promise.reject(notYet) : ready());
    say("1", image);
    say("2", text);
    await queue.runUntil(minutes(120));
    return { says: says(), left: queue.left(), calls: calls() };
  }

  it("at any of its steps loses nothing, and late media comes once, but where it dies between its acceptance and the note of it", async () => {
    const whole = await run(Number.POSITIVE_INFINITY, false);
    expect(whole.says).toEqual([PLACEHOLDER, "2 hello?", "1#2 Image"]);
    expect(whole.calls).toBeGreaterThan(20);
    let doubled = 0;
    for (let killAt = 1; killAt <= whole.calls; killAt += 1) {
      for (const isBefore of [true, false]) {
        const { says, left } = await run(killAt, isBefore);
        const told = `killed ${isBefore ? "before" : "after"} step ${killAt}: ${says.join(" | ")}`;
        expect([told, left]).toEqual([told, []]);
        const images = says.filter((said) => said.endsWith(" Image"));
        expect([told, new Set(images).size]).toEqual([told, 1]);
        doubled += images.length - 1;
        expect([told, says.includes("2 hello?")]).toEqual([told, true]);
        const isLate = images[0]?.startsWith("1#2");
        if (isLate) expect([told, says.indexOf(PLACEHOLDER)]).toEqual([told, 0]);
      }
    }
    // After Genesys Cloud has accepted it and before that is noted: nothing there de-duplicates.
    expect(doubled).toBeLessThanOrEqual(2);
  });
});
