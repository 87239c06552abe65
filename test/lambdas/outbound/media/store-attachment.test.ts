import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type Vips from "wasm-vips";
import { createHandler } from "../../../../lambdas/outbound/images/handler.ts";
import { prepareImage } from "../../../../lambdas/outbound/images/prepare-image.ts";
import { startVips } from "../../../../lambdas/outbound/images/start-vips.ts";
import {
  createStoreAttachment,
  type HostingBrand,
} from "../../../../lambdas/outbound/media/store-attachment.ts";
import type { GenesysAttachment } from "../../../../lambdas/outbound/translate/genesys/genesys-attachment.ts";
import type { LineAttachment } from "../../../../lambdas/outbound/translate/line/line-attachment.ts";
import type { Hosts } from "../../../../lambdas/shared/breaker/hosts.ts";
import { MediaPending, RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { brandLog, type Log } from "../../../../lambdas/shared/function/log.ts";
import type { OutboundMessage } from "../../../../lambdas/shared/genesys/outbound-message.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../../../lambdas/shared/media/download-errors.ts";
import type { Download } from "../../../../lambdas/shared/media/public-download.ts";
import { matroska, trackList } from "../../shared/media/matroska-elements.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { workingHosts } from "../../working-hosts.ts";
import { memoryStore } from "./memory-store.ts";

jest.setTimeout(60_000);

const ORIGINS = new Set(["https://api-downloads.mypurecloud.jp"]);
const MESSAGE: OutboundMessage = { id: "m1", type: "Text", channel: { to: { id: "U1" } } };
const URL_OF = "https://media.example/retail-thai/U1/m1/";

let library: typeof Vips;
beforeAll(async () => {
  library = await startVips();
});

const sample = (name: string) =>
  readFile(fileURLToPath(new URL(`./samples/${name}`, import.meta.url)));

function attachmentOf(filename?: string): GenesysAttachment {
  const url = "https://api-downloads.mypurecloud.jp/api/v2/downloads/d1";
  // Genesys says nothing of use about the type.
  return { mediaType: "File", url, mime: "binary/octet-stream", ...(filename && { filename }) };
}

/**
 * A bucket in memory, a server that hands out `content` or fails, and the function that converts images unless it
 * `loses` its orders.
 */
function setUp(content: Uint8Array | Error, hosts: Hosts = workingHosts, loses = false) {
  const { store, objects, puts, faults } = memoryStore("retail-thai/U1/m1/");
  const warnings: unknown[] = [];
  let downloads = 0;
  let now = 1_795_392_000_000;
  const download: Download = async (_url, options) => {
    downloads++;
    expect(options).toEqual({ maxBytes: 50_000_000, timeoutMs: 10_000, startOrigins: ORIGINS });
    if (content instanceof Error) throw content;
    return { body: Readable.from([content]), contentType: "binary/octet-stream", bytes: undefined };
  };
  const warn: Log["warn"] = (...warning) => warnings.push(warning);
  const log = { info: warn, warn, error: warn };
  const orders: unknown[] = [];
  const images = createHandler({ store, prepare: prepareImage, log });
  const hostFor = createStoreAttachment({
    download,
    startOrigins: ORIGINS,
    invokeImages: async (order) => void orders.push(order),
    log,
    now: () => now,
  });
  const brand: HostingBrand = {
    key: "retail-thai",
    media: {
      store,
      prefix: async ({ customer, messageId }) => `retail-thai/${customer}/${messageId}/`,
    },
    hosts,
    log: brandLog(log, "retail-thai"),
  };
  /** One receive after the other, until the attachment is hosted; between two the image is converted. */
  async function storeAttachment(
    message: OutboundMessage,
    index: number,
    file: GenesysAttachment,
    receives = 1,
  ): Promise<LineAttachment> {
    try {
      const record = sqsRecord("r", "retail-thai#U1");
      return await hostFor(brand, message, index, file, { record, receives });
    } catch (error) {
      if (!(error instanceof MediaPending)) throw error;
      now += (error.seconds ?? 0) * 1_000;
      if (!loses) await images(orders.at(-1));
      return storeAttachment(message, index, file, receives + 1);
    }
  }
  const at = (name: string) => objects.get(`retail-thai/U1/m1/${name}`);
  return {
    storeAttachment,
    faults,
    orders,
    warnings,
    at,
    downloads: () => downloads,
    puts,
    keys: () => [...objects.keys()],
  };
}

async function temporaryFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith("line-genesys-attachment-"));
}

function image(width: number, height: number): Vips.Image {
  const red = library.Image.gaussnoise(width, height, { mean: 128, sigma: 60, seed: 5 });
  const rest = red.rot180();
  return red.bandjoin([rest, red.rot180()]).cast("uchar").copy({ interpretation: "srgb" });
}

test("a small image is hosted as it is and is its own preview", async () => {
  const bytes = image(200, 100).jpegsaveBuffer();
  const { storeAttachment, puts, at } = setUp(bytes);
  expect(await storeAttachment(MESSAGE, 2, attachmentOf("ใบเสร็จ.jpg"))).toEqual({
    kind: "image",
    url: `${URL_OF}2`,
    previewUrl: `${URL_OF}2`,
  });
  expect(puts).toHaveLength(1);
  expect(at("2")).toMatchObject({ mime: "image/jpeg", fileName: "ใบเสร็จ.jpg" });
  expect(at("2")?.content.equals(bytes)).toBe(true);
});

test("a large image gets a preview, which is stored before it", async () => {
  const { storeAttachment, puts, at } = setUp(image(800, 600).pngsaveBuffer());
  expect(await storeAttachment(MESSAGE, 0, attachmentOf("photo.png"))).toEqual({
    kind: "image",
    url: `${URL_OF}0`,
    previewUrl: `${URL_OF}0-preview`,
  });
  expect(puts).toEqual(["retail-thai/U1/m1/0-preview", "retail-thai/U1/m1/0"]);
  expect(at("0")).toMatchObject({ mime: "image/png", fileName: "photo.png" });
  expect(at("0-preview")?.mime).toBe("image/jpeg");
  expect(at("0-preview")?.bytes).toBeLessThan(1_000_000);
});

test("a converted image is named as what it has become", async () => {
  const { storeAttachment, at } = setUp(image(200, 100).webpsaveBuffer());
  expect(await storeAttachment(MESSAGE, 0, attachmentOf("收據.v2.webp"))).toMatchObject({
    kind: "image",
  });
  expect(at("0")).toMatchObject({ mime: "image/jpeg", fileName: "收據.v2.jpg" });
});

test("a video gets a neutral preview", async () => {
  const bytes = await sample("video.mp4");
  const { storeAttachment, at } = setUp(bytes);
  expect(await storeAttachment(MESSAGE, 0, attachmentOf("動画.mp4"))).toEqual({
    kind: "video",
    url: `${URL_OF}0`,
    previewUrl: `${URL_OF}0-preview`,
  });
  expect(at("0")).toMatchObject({ mime: "video/mp4", fileName: "動画.mp4" });
  expect(at("0")?.content.equals(bytes)).toBe(true);
  expect(at("0-preview")?.mime).toBe("image/png");
});

test.each([
  ["constant.mp3", "audio/mpeg", 2_560],
  ["voice.m4a", "audio/mp4", 1_546],
  ["sound-only.mp4", "audio/mp4", 1_546],
])("%s is sound with its duration", async (name, mime, durationMs) => {
  const { storeAttachment, at } = setUp(await sample(name));
  expect(await storeAttachment(MESSAGE, 0, attachmentOf(name))).toEqual({
    kind: "audio",
    url: `${URL_OF}0`,
    durationMs,
  });
  expect(at("0")?.mime).toBe(mime);
});

test.each([
  ["sound.wav", () => sample("sound.wav")],
  ["sound.ogg", () => sample("sound.ogg")],
  ["video.webm", () => sample("video.webm")],
  ["video.mov", () => sample("video.mov")],
  ["hevc.mp4", () => sample("hevc.mp4")],
  ["contract.pdf", async () => Buffer.from("%PDF-1.7\n%%EOF")],
  ["photo.jpg", async () => Buffer.from("no image at all")],
  ["photo.jpg", async () => image(300, 300).jpegsaveBuffer().subarray(0, 9_000)],
  ["page.html", async () => Buffer.from("<html><script>alert(1)</script></html>")],
])("%s is shown as a file when LINE cannot show it otherwise", async (name, load) => {
  const bytes = await load();
  const { storeAttachment, puts, at, warnings } = setUp(bytes);
  expect(await storeAttachment(MESSAGE, 0, attachmentOf(name))).toEqual({
    kind: "file",
    url: `${URL_OF}0`,
    fileName: name,
    bytes: bytes.length,
  });
  expect(puts).toHaveLength(1);
  expect(at("0")?.mime).not.toMatch(/html|svg|script/);
  expect(at("0")?.content.equals(bytes)).toBe(true);
  expect(warnings).toEqual([]);
});

/** Brand `M4A `, and a video track. */
async function videoCalledSound(name: string): Promise<Buffer> {
  const bytes = Buffer.from(await sample(name));
  const brands = bytes.subarray(0, bytes.readUInt32BE());
  expect(brands.toString("latin1", 4, 8)).toBe("ftyp");
  brands.write("M4A ", 8, "latin1");
  return bytes;
}

test("a video that calls itself sound is a video, or a file with a video's type where LINE does not play it", async () => {
  const played = setUp(await videoCalledSound("video.mp4"));
  const shown = await played.storeAttachment(MESSAGE, 0, attachmentOf("clip.m4a"));
  expect(shown).toMatchObject({ kind: "video" });
  expect(played.at("0")?.mime).toBe("video/mp4");
  const unplayed = setUp(await videoCalledSound("hevc.mp4"));
  const file = await unplayed.storeAttachment(MESSAGE, 0, attachmentOf("clip.mp4"));
  expect(file).toMatchObject({ kind: "file", fileName: "clip.mp4" });
  expect(unplayed.at("0")?.mime).toBe("video/mp4");
});

test("a file that holds only sound is served as sound where LINE does not play it", async () => {
  const { storeAttachment, at } = setUp(matroska("webm", trackList(["soun"])));
  const file = await storeAttachment(MESSAGE, 0, attachmentOf("voice.webm"));
  expect(file).toMatchObject({ kind: "file", fileName: "voice.webm" });
  expect(at("0")?.mime).toBe("audio/webm");
});

test("a file name cannot leave its folder", async () => {
  const { storeAttachment } = setUp(Buffer.from("%PDF-1.7\n%%EOF"));
  const shown = await storeAttachment(MESSAGE, 0, attachmentOf("../../etc/\u202Epass\r\nwd.pdf"));
  expect(shown).toMatchObject({ kind: "file", fileName: "passwd.pdf" });
});

test("an attachment without a name gets one", async () => {
  const { storeAttachment } = setUp(Buffer.from("%PDF-1.7\n%%EOF"));
  expect(await storeAttachment(MESSAGE, 0, attachmentOf())).toMatchObject({ fileName: "file.pdf" });
});

test.each([
  ["image", async () => image(800, 600).pngsaveBuffer()],
  ["small image", async () => image(200, 100).jpegsaveBuffer()],
  ["video", () => sample("video.mp4")],
  ["sound", () => sample("voice.m4a")],
  ["file", () => sample("sound.wav")],
])("the next try of a %s finds what the first has stored", async (_name, load) => {
  const { storeAttachment, puts, downloads } = setUp(await load());
  const first = await storeAttachment(MESSAGE, 3, attachmentOf("ชื่อ"));
  const stored = puts.length;
  expect(await storeAttachment(MESSAGE, 3, attachmentOf("ชื่อ"))).toEqual(first);
  expect([downloads(), puts.length]).toEqual([1, stored]);
});

test("what was stored in part is stored again", async () => {
  const { storeAttachment, faults, puts, downloads } = setUp(await sample("video.mp4"));
  faults.put = new RetryableFailure("S3 could not be used.");
  await expect(storeAttachment(MESSAGE, 0, attachmentOf())).rejects.toBe(faults.put);
  faults.put = undefined;
  await storeAttachment(MESSAGE, 0, attachmentOf());
  expect(downloads()).toBe(2);
  expect(puts).toHaveLength(2);
});

test.each([
  [new DownloadRefused("Not https."), "AttachmentRefused", "MediaTypeNotAllowed"],
  [new DownloadTooLarge("Too much."), "AttachmentTooLarge", "InvalidMediaContentLength"],
  [new DownloadGone(410), "AttachmentGone", "GeneralError"],
  [new Uint8Array(), "AttachmentEmpty", "InvalidMediaContentLength"],
])("%p can never succeed", async (content, reason, receipt) => {
  const { storeAttachment, puts } = setUp(content);
  const failure = storeAttachment(MESSAGE, 0, attachmentOf());
  await expect(failure).rejects.toMatchObject({ name: "PermanentFailure", reason, receipt });
  await expect(failure).rejects.not.toThrow(/mypurecloud/);
  expect(puts).toEqual([]);
});

test.each([409, 423, 425])("an attachment that is answered %i may be had soon", async (status) => {
  const failure = setUp(new DownloadGone(status)).storeAttachment(MESSAGE, 0, attachmentOf());
  await expect(failure).rejects.toMatchObject({
    name: "RefusedForNow",
    afterPatience: { reason: "AttachmentGone" },
  });
});

test("an outage stays an outage", async () => {
  const outage = new RetryableFailure("A download failed.");
  const { storeAttachment } = setUp(outage);
  await expect(storeAttachment(MESSAGE, 0, attachmentOf())).rejects.toBe(outage);
});

test("the host is judged by how a download begins, and a refusal is its answer", async () => {
  const ended: unknown[] = [];
  const hosts: Hosts = {
    ...workingHosts,
    async guard(host, { record }, call) {
      ended.push(`${host} for ${record.attributes.MessageGroupId}`);
      const result = await call().catch((error: unknown) => {
        ended.push(error);
        throw error;
      });
      ended.push("works");
      return result;
    },
  };
  const asked = "genesys-downloads for retail-thai#U1";
  const gone = setUp(new DownloadGone(404), hosts);
  await expect(gone.storeAttachment(MESSAGE, 0, attachmentOf("a.pdf"))).rejects.toThrow();
  expect(ended).toEqual([asked, expect.objectContaining({ reason: "AttachmentGone" })]);
  ended.length = 0;
  const file = setUp(Buffer.from("%PDF-"), hosts);
  await file.storeAttachment(MESSAGE, 0, attachmentOf("a.pdf"));
  expect(ended).toEqual([asked, "works"]);
  ended.length = 0;
  await file.storeAttachment(MESSAGE, 0, attachmentOf("a.pdf"));
  expect(ended).toEqual([]);
});

test("an image is handed over with no name of a customer or file, and nothing of that is left", async () => {
  const { storeAttachment, orders, keys } = setUp(image(200, 100).jpegsaveBuffer());
  await storeAttachment(MESSAGE, 2, attachmentOf("ใบเสร็จ.jpg"));
  expect(orders).toEqual([
    {
      brand: "retail-thai",
      messageId: "m1",
      key: "retail-thai/U1/m1/2",
      source: "retail-thai/U1/source of m1/2",
    },
  ]);
  expect(keys()).toEqual(["retail-thai/U1/m1/2"]);
});

test("an image whose orders all get lost is shown as the file that the agent attached", async () => {
  const bytes = image(200, 100).webpsaveBuffer();
  const { storeAttachment, orders, at, downloads, warnings } = setUp(bytes, workingHosts, true);
  expect(await storeAttachment(MESSAGE, 0, attachmentOf("收據.webp"))).toEqual({
    kind: "file",
    url: `${URL_OF}0`,
    fileName: "收據.webp",
    bytes: bytes.length,
  });
  expect(at("0")?.mime).toBe("image/webp");
  expect(at("0")?.content.equals(bytes)).toBe(true);
  expect([orders.length, downloads()]).toEqual([3, 1]);
  expect(warnings.at(-1)).toEqual([
    expect.stringContaining("shown as a file"),
    { brand: "retail-thai", correlationId: "m1" },
  ]);
});

test("what a killed sender has not handed over is downloaded again", async () => {
  const { storeAttachment, orders, downloads } = setUp(image(200, 100).jpegsaveBuffer());
  await storeAttachment(MESSAGE, 0, attachmentOf("a.jpg"), 2);
  expect([orders.length, downloads()]).toEqual([1, 1]);
});

test("an image that cannot be prepared is shown as a file, and the log says so", async () => {
  const { storeAttachment, warnings } = setUp(image(200, 100).jpegsaveBuffer());
  jest.spyOn(Worker.prototype, "postMessage").mockImplementationOnce(() => {
    throw new Error("no thread to be had");
  });
  expect(await storeAttachment(MESSAGE, 0, attachmentOf("a.jpg"))).toMatchObject({ kind: "file" });
  expect(warnings).toEqual([
    [
      expect.stringContaining("shown as a file"),
      expect.objectContaining({
        brand: "retail-thai",
        correlationId: "m1",
        errorName: expect.any(String),
      }),
    ],
  ]);
});

test("nothing is left in the temporary folder", async () => {
  const before = await temporaryFolders();
  await setUp(await sample("video.mp4")).storeAttachment(MESSAGE, 0, attachmentOf());
  const failing = setUp(new DownloadGone(404)).storeAttachment(MESSAGE, 0, attachmentOf());
  await expect(failing).rejects.toThrow();
  expect(await temporaryFolders()).toEqual(before);
});
