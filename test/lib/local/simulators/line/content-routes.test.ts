import { Readable } from "node:stream";
import type { SentMedia } from "../../../../../lib/local/simulators/line/contents.ts";
import type { LineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import { type RunningLine, startLine } from "./running-line.ts";

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const IMAGE: SentMedia = { contentType: "image/jpeg", bytes: JPEG };
const VIDEO: SentMedia = { contentType: "video/mp4", bytes: Buffer.from("video") };

let line: RunningLine;

beforeEach(async () => {
  line = await startLine();
});
afterEach(() => line.close());

describe("content", () => {
  it("is what the customer sent, byte for byte, without JSON", async () => {
    const id = await send({ type: "image" }, IMAGE);
    const response = await line.call(content(id));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/jpeg");
    expect(response.headers.get("content-length")).toBe("7");
    expect(response.headers.get("x-line-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(JPEG);
    expect(line.traffic.at(-1)).toMatchObject({ what: "content", text: "[image] 7 bytes" });
  });

  it("is opened for each request where it is a stream", async () => {
    const size = 20_000_000;
    const open = () => Readable.from(zeroes(size));
    const id = await send({ type: "video" }, { contentType: "video/mp4", size, open });
    for (const _ of [1, 2]) {
      let received = 0;
      for await (const chunk of (await line.call(content(id))).body ?? []) {
        received += chunk.length;
      }
      expect(received).toBe(size);
    }
  });

  it("belongs to the channel that got it", async () => {
    const id = await send({ type: "image" }, IMAGE);
    expect((await line.call(content(id), undefined, "travel")).status).toBe(404);
    expect((await line.call(content(id), undefined, "")).status).toBe(401);
  });

  it.each<[string, LineContent, SentMedia | undefined]>([
    ["text", { type: "text", text: "Hello" }, undefined],
    [
      "what another server holds",
      {
        type: "image",
        contentProvider: { type: "external", originalContentUrl: "https://a.example/b.jpg" },
      },
      undefined,
    ],
  ])("is not there for %s", async (_, said, media) => {
    const id = await send(said, media);
    await refusal(content(id), 404, "not found");
    await refusal(content(id, "/transcoding"), 404, "not found");
  });

  it("is not there for an unknown message", async () => {
    await refusal(content("1"), 404, "not found");
  });

  it.each(["", "/preview", "/transcoding"])("%s is gone when it is unsent", async (what) => {
    const id = await send({ type: "video" }, VIDEO);
    await line.platform.unsend("retail", "Somchai", id);
    await refusal(content(id, what), 410, "The content is gone");
  });
});

describe("preparation of a video or audio", () => {
  it.each<["video" | "audio"]>([["video"], ["audio"]])(
    "of %s lasts so many requests",
    async (type) => {
      const id = await send({ type }, { ...VIDEO, preparation: { requests: 3 } });
      const first = await line.call(content(id));
      expect(first.status).toBe(202);
      expect(await first.text()).toBe("");
      expect(await transcoding(id)).toEqual({ status: "processing" });
      expect((await line.call(content(id))).status).toBe(202);
      expect(await transcoding(id)).toEqual({ status: "succeeded" });
      expect(await (await line.call(content(id))).text()).toBe("video");
    },
  );

  it("lasts so long", async () => {
    const id = await send({ type: "video" }, { ...VIDEO, preparation: { milliseconds: 1_000 } });
    line.wait(999);
    expect((await line.call(content(id))).status).toBe(202);
    line.wait(1);
    expect((await line.call(content(id))).status).toBe(200);
  });

  it("can fail", async () => {
    const id = await send({ type: "audio" }, { ...VIDEO, preparation: "fails" });
    expect(await transcoding(id)).toEqual({ status: "failed" });
    expect((await line.call(content(id))).status).toBe(202);
  });

  it("does not concern images and files", async () => {
    const text = "Transcoding status doesn't support this type of content";
    const image = await send({ type: "image" }, { ...IMAGE, preparation: { requests: 9 } });
    expect((await line.call(content(image))).status).toBe(200);
    await refusal(content(image, "/transcoding"), 400, text);
    const file = await send({ type: "file", fileName: "a.pdf" }, IMAGE);
    await refusal(content(file, "/transcoding"), 400, text);
  });
});

describe("preview", () => {
  it.each<["image" | "video", SentMedia, string]>([
    ["image", IMAGE, "image/jpeg"],
    ["video", VIDEO, "image/png"],
    ["video", { ...VIDEO, preview: { contentType: "image/webp", bytes: JPEG } }, "image/webp"],
  ])("of %s is an image", async (type, media, contentType) => {
    const response = await line.call(content(await send({ type }, media), "/preview"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(contentType);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it("is refused for audio and files", async () => {
    const id = await send({ type: "audio" }, VIDEO);
    await refusal(content(id, "/preview"), 400, "The content can not be previewed");
  });
});

const content = (id: string, what = "") => `/v2/bot/message/${id}/content${what}`;

async function send(said: LineContent, media: SentMedia | undefined): Promise<string> {
  return (await line.platform.send("retail", "Somchai", said, { media })).messageId;
}

async function transcoding(id: string): Promise<unknown> {
  return (await line.call(content(id, "/transcoding"))).json();
}

async function refusal(path: string, status: number, message: string): Promise<void> {
  const response = await line.call(path);
  expect({ status: response.status, body: await response.json() }).toEqual({
    status,
    body: { message },
  });
}

function* zeroes(size: number) {
  const chunk = Buffer.alloc(100_000);
  for (let sent = 0; sent < size; sent += chunk.length) {
    yield chunk;
  }
}
