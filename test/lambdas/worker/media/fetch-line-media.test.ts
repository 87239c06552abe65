import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { Hosts } from "../../../../lambdas/shared/breaker/hosts.ts";
import {
  ConfigurationFailure,
  CountedOutage,
  HeldBack,
  OutageFailure,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import {
  createLineContent,
  type LineContent,
  type LineContentAnswer,
} from "../../../../lambdas/shared/line/content-client.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../../../lambdas/shared/media/download-errors.ts";
import { guardedBody } from "../../../../lambdas/shared/media/guarded-body.ts";
import type { MediaObject, MediaStore } from "../../../../lambdas/shared/media/media-store.ts";
import {
  createPublicDownload,
  type Download,
} from "../../../../lambdas/shared/media/public-download.ts";
import { createFetchLineMedia } from "../../../../lambdas/worker/media/fetch-line-media.ts";
import type { LineMedia } from "../../../../lambdas/worker/translate/translation.ts";
import { loopbackServer } from "../../loopback-server.ts";
import { matroska, trackList } from "../../shared/media/matroska-elements.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { workingHosts } from "../../working-hosts.ts";

const NOW = 1_800_000_000_000;
const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
const M4A = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypmp42"), Buffer.alloc(40)]);

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  jest.useRealTimers();
  await Promise.all(servers.splice(0).map((server) => server.close()));
  // Time for rejections that nobody handles: they fail the test.
  await sleep(5);
});

function memoryStore() {
  const stored = new Map<string, MediaObject & { bytes: Buffer }>();
  const store: MediaStore = {
    async put(key, body, object) {
      const bytes = await buffer(body);
      stored.set(key, { ...object, bytes });
      return bytes.length;
    },
    find: async () => undefined,
    read: async () => undefined,
    async findFirst(prefix) {
      const [key, object] = [...stored].find(([name]) => name.startsWith(prefix)) ?? [];
      if (key === undefined || object === undefined) return undefined;
      return { ...object, key, bytes: object.bytes.length };
    },
    deleteAll: async () => {},
    urlOf: (key) => `https://media.example.com/${key}`,
  };
  return { store, stored };
}

const ready = (bytes: Buffer, contentType?: string): LineContentAnswer => ({
  kind: "ready",
  body: Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }),
  contentType,
});

const picture: LineMedia = { kind: "image", messageId: "445566", source: { from: "line" } };

interface Trial {
  tries?: number;
  timestamp?: number;
  withinMs?: number;
}

function setUp(options: {
  answer?: () => LineContentAnswer | Promise<LineContentAnswer>;
  content?: LineContent;
  hosts?: Hosts;
  download?: Download;
  transcoding?: "processing" | "succeeded" | "failed";
  store?: MediaStore;
}) {
  const { store, stored } = memoryStore();
  const asked: string[] = [];
  const brand = {
    content: options.content ?? {
      get: async (messageId: string) => {
        asked.push(messageId);
        return options.answer?.() ?? { kind: "gone" };
      },
      transcoding: async () => options.transcoding ?? "processing",
    },
    hosts: options.hosts ?? workingHosts,
    media: {
      store: options.store ?? store,
      prefix: async ({ customer, messageId }: { customer: string; messageId: string }) =>
        `retail-thai/${customer}/${messageId}/`,
    },
  };
  const fetchLineMedia = createFetchLineMedia({
    download: options.download ?? (() => Promise.reject(new DownloadRefused("no"))),
    attachmentBytes: 1_000,
    patienceMs: 30 * 60_000,
    now: () => NOW,
  });
  const fetchMedia = (
    media: LineMedia,
    { tries = 1, timestamp = NOW - 1_000, withinMs }: Trial = {},
  ) =>
    fetchLineMedia({
      brand,
      customer: "U1",
      media,
      timestamp,
      withinMs,
      attempt: {
        record: sqsRecord("m", "retail-thai#U1"),
        receives: tries,
        failures: async () => tries - 1,
      },
    });
  return { fetchMedia, stored, asked };
}

/** Content that begins and does not end. */
const endlessContent: LineContent = {
  get: async (_, signal) => {
    const source = new PassThrough();
    source.write(Buffer.alloc(10_000));
    signal.addEventListener("abort", () => source.destroy(new Error("aborted")));
    const body = guardedBody(source, () => new RetryableFailure("aborted"));
    return { kind: "ready", body, contentType: undefined };
  },
  transcoding: async () => "processing",
};

const failureOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

describe("media that LINE holds", () => {
  it("is hosted as it is", async () => {
    const { fetchMedia, stored, asked } = setUp({ answer: () => ready(JPEG, "image/png") });
    const url = "https://media.example.com/retail-thai/U1/445566/0.jpg";
    expect(await fetchMedia(picture)).toEqual({
      outcome: "hosted",
      url,
      mime: "image/jpeg",
      bytes: JPEG.length,
      fileName: "image-445566.jpg",
    });
    expect(asked).toEqual(["445566"]);
    expect([...stored]).toEqual([
      [
        "retail-thai/U1/445566/0.jpg",
        { mime: "image/jpeg", fileName: "image-445566.jpg", bytes: JPEG },
      ],
    ]);
  });

  it.each<[string, LineMedia, Buffer, object, string]>([
    [
      "a file with its name",
      { ...picture, kind: "file", fileName: "../ใบ\u202eเสร็จ.csv" },
      Buffer.from("a,b"),
      { mime: "text/csv", fileName: "ใบเสร็จ.csv" },
      "0.csv",
    ],
    [
      "a voice note as audio, though its container may hold a video",
      { ...picture, kind: "audio" },
      M4A,
      { mime: "audio/mp4", fileName: "audio-445566.m4a" },
      "0.m4a",
    ],
    [
      "a video",
      { ...picture, kind: "video" },
      M4A,
      { mime: "video/mp4", fileName: "video-445566.mp4" },
      "0.mp4",
    ],
    [
      "a recording of a browser as audio",
      { ...picture, kind: "file" },
      matroska("webm", trackList(["soun"]), { isLive: true }),
      { mime: "audio/webm", fileName: "file-445566.webm" },
      "0.webm",
    ],
    [
      "a page as bytes",
      { ...picture, kind: "file", fileName: "a.html" },
      Buffer.from("<html>"),
      { mime: "application/octet-stream", fileName: "a.html" },
      "0.bin",
    ],
    [
      "what nobody knows",
      { ...picture, kind: "file" },
      Buffer.from("?"),
      { mime: "application/octet-stream", fileName: "file-445566.bin" },
      "0.bin",
    ],
  ])("is hosted: %s", async (_, media, bytes, expected, key) => {
    const { fetchMedia, stored } = setUp({ answer: () => ready(bytes, "video/mp4") });
    expect(await fetchMedia(media)).toMatchObject({ outcome: "hosted", ...expected });
    expect([...stored.keys()]).toEqual([`retail-thai/U1/445566/${key}`]);
  });

  it("is hosted above the limit of attachments, too", async () => {
    const { fetchMedia } = setUp({
      answer: () => ready(Buffer.concat([JPEG, Buffer.alloc(5_000)])),
    });
    expect(await fetchMedia(picture)).toMatchObject({ outcome: "hosted", bytes: 5_020 });
  });

  it.each(["unsent", "gone"] as const)("is missing when it is %s", async (kind) => {
    const { fetchMedia, stored } = setUp({ answer: () => ({ kind }) });
    expect(await fetchMedia(picture)).toEqual({ outcome: "missing", because: kind });
    expect(stored.size).toBe(0);
  });

  it("is missing, and not stored, when it is empty", async () => {
    const { fetchMedia, stored } = setUp({ answer: () => ready(Buffer.alloc(0)) });
    expect(await fetchMedia(picture)).toEqual({ outcome: "missing", because: "empty" });
    expect(stored.size).toBe(0);
  });

  it.each([
    [1, 2],
    [2, 5],
    [3, 15],
    [4, 40],
    // Then as after any failure.
    [5, undefined],
  ])("is asked for again while LINE prepares it: after try %i in %p s", async (tries, seconds) => {
    const { fetchMedia } = setUp({ answer: () => ({ kind: "preparing" }) });
    expect(await failureOf(fetchMedia(picture, { tries }))).toMatchObject({
      name: "RetryableFailure",
      retryAfterSeconds: seconds,
    });
  });

  it("is missing when LINE cannot prepare it", async () => {
    const { fetchMedia } = setUp({
      answer: () => ({ kind: "preparing" }),
      transcoding: "failed",
    });
    expect(await fetchMedia(picture)).toEqual({ outcome: "missing", because: "not-playable" });
  });

  it.each([
    [30 * 60_000, false],
    [30 * 60_000 + 1, true],
  ])("that LINE prepares for %i ms is given up: %s", async (age, isGivenUp) => {
    const { fetchMedia } = setUp({ answer: () => ({ kind: "preparing" }) });
    const outcome = await failureOf(fetchMedia(picture, { timestamp: NOW - age, tries: 30 }));
    if (isGivenUp) expect(outcome).toEqual({ outcome: "missing", because: "not-playable" });
    else expect(outcome).toBeInstanceOf(RetryableFailure);
  });

  it.each([new RetryableFailure("down"), new ConfigurationFailure("line", "refused")])(
    "passes on how the content call fails: %p",
    async (failure) => {
      const { fetchMedia } = setUp({ answer: () => Promise.reject(failure) });
      expect(await failureOf(fetchMedia(picture, { tries: 9 }))).toBe(failure);
    },
  );

  it("passes on how the store fails", async () => {
    const failure = new RetryableFailure("S3 is down");
    const store = { ...memoryStore().store, put: () => Promise.reject(failure) };
    const { fetchMedia } = setUp({ answer: () => ready(JPEG), store });
    expect(await failureOf(fetchMedia(picture, { tries: 9 }))).toBe(failure);
  });

  it.each([
    [1, false],
    [2, false],
    [3, true],
    [4, true],
  ])("that takes more than 20 s is given up at try %i: %s", async (tries, isGivenUp) => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    const { fetchMedia } = setUp({ content: endlessContent });
    const outcome = failureOf(fetchMedia(picture, { tries }));
    await jest.advanceTimersByTimeAsync(19_999);
    expect(await Promise.race([outcome, Promise.resolve("running")])).toBe("running");
    await jest.advanceTimersByTimeAsync(1);
    if (isGivenUp) expect(await outcome).toEqual({ outcome: "missing", because: "too-slow" });
    else expect(await outcome).toBeInstanceOf(RetryableFailure);
  });

  it("is cut off at the end of a shorter time, which is never the try that gives it up", async () => {
    jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 19_999 }),
        fc.integer({ min: 1, max: 9 }),
        async (withinMs, tries) => {
          const { fetchMedia } = setUp({ content: endlessContent });
          const outcome = failureOf(fetchMedia(picture, { tries, withinMs }));
          await jest.advanceTimersByTimeAsync(withinMs - 1);
          expect(await Promise.race([outcome, Promise.resolve("running")])).toBe("running");
          await jest.advanceTimersByTimeAsync(1);
          expect(await outcome).toBeInstanceOf(RetryableFailure);
        },
      ),
    );
  });

  it("is only looked for where it is hosted when there is no time", async () => {
    const { fetchMedia, asked } = setUp({ answer: () => ready(JPEG) });
    const untimely = await failureOf(fetchMedia(picture, { tries: 2, withinMs: 0 }));
    expect(untimely).toBeInstanceOf(RetryableFailure);
    expect(asked).toEqual([]);
    const hosted = await fetchMedia(picture, { tries: 3 });
    expect(await fetchMedia(picture, { tries: 4, withinMs: 0 })).toEqual(hosted);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["breaks off at every try", 0, false],
    ["has broken off at every try for half an hour", 30 * 60_000 + 1, true],
  ])("that %s is given up %#: %s", async (_, age, isGivenUp) => {
    const { fetchMedia, stored } = setUp({
      answer: () => {
        const source = new PassThrough();
        source.write(Buffer.alloc(10_000));
        setImmediate(() => source.destroy(new Error("broken")));
        const body = guardedBody(source, () => new RetryableFailure("broken"));
        return { kind: "ready", body, contentType: undefined };
      },
    });
    const outcome = await failureOf(fetchMedia(picture, { timestamp: NOW - age, tries: 9 }));
    if (isGivenUp) expect(outcome).toEqual({ outcome: "missing", because: "too-slow" });
    else expect(outcome).toBeInstanceOf(RetryableFailure);
    expect(stored.size).toBe(0);
  });

  it("that LINE has failed to serve for half an hour is given up, too", async () => {
    const { fetchMedia } = setUp({ answer: () => Promise.reject(new RetryableFailure("500")) });
    const old = { timestamp: NOW - 30 * 60_000 - 1, tries: 9 };
    expect(await fetchMedia(picture, old)).toEqual({ outcome: "missing", because: "too-slow" });
  });

  describe("behind a breaker", () => {
    const holding = (error: Error): Hosts => ({
      ...workingHosts,
      guard: (host) => Promise.reject(host === "line-content" ? error : new Error(host)),
    });
    const HALF_AN_HOUR = 30 * 60_000;
    const down = new HeldBack("LINE's content does not work.", { isAccessRefused: false });
    const refused = new HeldBack("LINE refused with 403.", { isAccessRefused: true });

    it.each<[string, HeldBack, number, boolean]>([
      ["is held back", down, HALF_AN_HOUR, false],
      ["is missing after half an hour, as without a breaker", down, HALF_AN_HOUR + 1, true],
      ["waits for a person where access is refused", refused, HALF_AN_HOUR + 1, false],
    ])("%s", async (_, error, age, isMissing) => {
      const { fetchMedia, asked } = setUp({ hosts: holding(error) });
      const outcome = await failureOf(fetchMedia(picture, { timestamp: NOW - age, tries: 9 }));
      expect(outcome).toEqual(isMissing ? { outcome: "missing", because: "too-slow" } : error);
      expect(asked).toEqual([]);
    });

    it("asks how far LINE is with its content as it asks for the content", async () => {
      const guarded: string[] = [];
      const hosts: Hosts = {
        ...workingHosts,
        guard: (host, { record }, call) => {
          guarded.push(`${host} for ${record.attributes.MessageGroupId}`);
          return call();
        },
      };
      const { fetchMedia } = setUp({ hosts, answer: () => ({ kind: "preparing" }) });
      await failureOf(fetchMedia(picture));
      expect(guarded).toEqual([
        "line-content for retail-thai#U1",
        "line-content for retail-thai#U1",
      ]);
    });

    const alone = new CountedOutage(new OutageFailure("LINE answered 500."), true);
    it.each<[string, Error, number, number, boolean]>([
      ["fails alone for ten minutes and five tries", alone, 600_001, 5, true],
      ["fails alone for ten minutes and four tries", alone, 600_001, 4, false],
      ["fails alone for less", alone, 600_000, 9, false],
      ["fails as others do", new CountedOutage(alone, false), 600_001, 9, false],
    ])(
      "is missing, which does not keep the rest, where it %s",
      async (_, error, age, tries, is) => {
        const { fetchMedia } = setUp({ hosts: holding(error) });
        const outcome = await failureOf(fetchMedia(picture, { timestamp: NOW - age, tries }));
        expect(outcome).toEqual(is ? { outcome: "missing", because: "too-slow" } : error);
      },
    );

    it("does not count a body that breaks off as a failure of the host", async () => {
      const ended: string[] = [];
      const hosts: Hosts = {
        ...workingHosts,
        async guard(_host, _asking, call) {
          const result = await call();
          ended.push("works");
          return result;
        },
      };
      const { fetchMedia } = setUp({
        hosts,
        answer: () => ({
          kind: "ready",
          body: guardedBody(
            Readable.from(
              (function* () {
                yield JPEG;
                throw new Error("broken");
              })(),
            ),
            () => new OutageFailure("LINE gave no usable answer (Error)."),
          ),
          contentType: "image/jpeg",
        }),
      });
      expect(await failureOf(fetchMedia(picture))).toBeInstanceOf(OutageFailure);
      expect(ended).toEqual(["works"]);
    });
  });

  it("is not asked for again when an earlier try has hosted it", async () => {
    const { fetchMedia, asked } = setUp({ answer: () => ready(JPEG) });
    const first = await fetchMedia(picture, { tries: 1 });
    expect(await fetchMedia(picture, { tries: 2 })).toEqual(first);
    expect(asked).toHaveLength(1);
  });

  it("comes from LINE's server at the second try, when the first met 202", async () => {
    const { origin } = await serve((request, response) => {
      if (request.url?.endsWith("/transcoding")) return response.end('{"status":"processing"}');
      if (requests++ === 0) return response.writeHead(202).end();
      return response.end(JPEG);
    });
    let requests = 0;
    const { fetchMedia, stored } = setUp({
      content: createLineContent({
        dataApiUrl: origin,
        withLineToken: (call) => call("token"),
        countAnswer: () => undefined,
      }),
    });
    const first = await failureOf(fetchMedia(picture, { tries: 1 }));
    expect(first).toMatchObject({ retryAfterSeconds: 2 });
    expect(await fetchMedia(picture, { tries: 2 })).toMatchObject({ outcome: "hosted" });
    expect(stored.size).toBe(1);
  });
});

describe("media of third parties", () => {
  const external = (url = "https://media.example.com/a.jpg"): LineMedia => ({
    ...picture,
    source: { from: "external", url },
  });

  it("is hosted like LINE's, within the limit of attachments", async () => {
    const asked: unknown[] = [];
    const { fetchMedia, stored } = setUp({
      download: async (url, options) => {
        asked.push([url, options]);
        return {
          body: Readable.from([JPEG], { objectMode: false }),
          contentType: undefined,
          bytes: undefined,
        };
      },
    });
    expect(await fetchMedia(external())).toMatchObject({
      outcome: "hosted",
      mime: "image/jpeg",
      fileName: "image-445566.jpg",
    });
    expect(asked).toEqual([
      ["https://media.example.com/a.jpg", { maxBytes: 1_000, timeoutMs: 10_000 }],
    ]);
    expect(stored.size).toBe(1);
  });

  it("has less time where its message has, and is no link for that", async () => {
    const times: number[] = [];
    const failure = new RetryableFailure("slow");
    const { fetchMedia } = setUp({
      download: (_, { timeoutMs }) => {
        times.push(timeoutMs);
        return Promise.reject(failure);
      },
    });
    expect(await failureOf(fetchMedia(external(), { tries: 3, withinMs: 6_000 }))).toBe(failure);
    expect(await fetchMedia(external(), { tries: 3, withinMs: 10_000 })).toMatchObject({
      outcome: "linked",
    });
    expect(times).toEqual([6_000, 10_000]);
  });

  it.each([
    [new DownloadRefused("no"), 1],
    [new DownloadTooLarge("no"), 1],
    [new DownloadGone(404), 1],
    [new RetryableFailure("slow"), 3],
  ])("becomes a link: %p at try %i", async (failure, tries) => {
    const url = "http://10.0.0.1/a.jpg";
    const { fetchMedia } = setUp({ download: () => Promise.reject(failure) });
    expect(await fetchMedia(external(url), { tries })).toEqual({ outcome: "linked", url });
  });

  it.each(["file:///etc/passwd", "javascript:alert(1)", "nonsense"])(
    "is what the agent reads where %s is no link that could be fetched",
    async (url) => {
      const { fetchMedia } = setUp({});
      expect(await fetchMedia(external(url))).toEqual({ outcome: "linked", url });
    },
  );

  it("is gone when its link is longer than any that LINE sends", async () => {
    const { fetchMedia } = setUp({});
    const outcome = await fetchMedia(external(`https://media.example/${"a".repeat(2_000)}`));
    expect(outcome).toEqual({ outcome: "missing", because: "gone" });
  });

  it("is tried again when its server is down", async () => {
    const failure = new RetryableFailure("down");
    const { fetchMedia } = setUp({ download: () => Promise.reject(failure) });
    expect(await failureOf(fetchMedia(external(), { tries: 2 }))).toBe(failure);
  });

  it.each<[string, (request: IncomingMessage, response: ServerResponse) => void, object]>([
    [
      "redirects inside",
      (_, r) => r.writeHead(302, { location: "https://169.254.169.254/" }).end(),
      { outcome: "linked" },
    ],
    ["is too large without saying so", (_, r) => r.end(Buffer.alloc(1_001)), { outcome: "linked" }],
    ["is gone", (_, r) => r.writeHead(404).end(), { outcome: "linked" }],
    ["is empty", (_, r) => r.end(), { outcome: "missing", because: "empty" }],
    ["works", (_, r) => r.end(JPEG), { outcome: "hosted" }],
  ])("is fetched from a server that %s", async (_, handle, expected) => {
    const { origin } = await serve(handle);
    const { fetchMedia, stored } = setUp({
      download: createPublicDownload({ trustedOrigins: new Set([origin]) }),
    });
    const outcome = await fetchMedia(external(`${origin}/a.jpg`));
    expect(outcome).toMatchObject(expected);
    expect(stored.size).toBe(outcome.outcome === "hosted" ? 1 : 0);
  });
});

async function serve(handle: Parameters<typeof loopbackServer>[0]) {
  const server = await loopbackServer(handle);
  servers.push(server);
  return server;
}
