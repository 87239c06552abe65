import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type RunningLine, startLine } from "./running-line.ts";

const USER = `U${"a".repeat(32)}`;
const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46];
const PNG = [
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1,
  0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54,
];
const GIF = [...Buffer.from("GIF89a")];
const MP4 = [0, 0, 0, 24, ...Buffer.from("ftypisom"), ...Buffer.from("\0\0\0\0isommp42")];
const M4A = [0, 0, 0, 24, ...Buffer.from("ftypM4A "), ...Buffer.from("\0\0\0\0M4A mp42")];
const MP3 = [
  ...Buffer.from("ID3"),
  4,
  0,
  0,
  0,
  0,
  0,
  0,
  0xff,
  0xfb,
  0x90,
  0x64,
  ...Array(64).fill(0),
];

/** Files of the media server: what a path serves, filled up to `size`. */
const FILES: Record<string, { head: number[]; size?: number }> = {
  "/a.jpg": { head: JPEG },
  "/a.png": { head: PNG },
  "/a.gif": { head: GIF },
  "/a.mp4": { head: MP4 },
  "/a.m4a": { head: M4A },
  "/a.mp3": { head: MP3 },
  "/1mb.jpg": { head: JPEG, size: 1_000_000 },
  "/1mb-and-1.jpg": { head: JPEG, size: 1_000_001 },
  "/10mb-and-1.jpg": { head: JPEG, size: 10_000_001 },
  "/map/1040": { head: PNG },
};

const GIF_FAULT = "its bytes are image/gif, not image/jpeg or image/png";

let line: RunningLine;
let server: Server;
let origin: string;
let requests: string[];

beforeEach(async () => {
  line = await startLine();
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const file = FILES[request.url ?? ""];
    response.writeHead(file ? 200 : 404, { "content-type": "text/x-any" });
    response.end(file && Buffer.concat([Buffer.from(file.head)], file.size ?? file.head.length));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  line.platform.exemptOrigin(origin);
});
afterEach(async () => {
  await line.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("fetches nothing before the chat is opened", async () => {
  await push(image("/a.jpg", "/a.png"));
  expect(requests).toEqual([]);
  await line.platform.open("travel", USER);
  expect(requests).toEqual([]);
  const [message] = line.platform.inbox("retail", USER);
  expect(await line.platform.open("retail", USER)).toEqual([
    {
      messageId: message?.id,
      url: `${origin}/a.jpg`,
      use: "image",
      status: 200,
      contentType: "text/x-any",
      bytes: JPEG.length,
      faults: [],
    },
    expect.objectContaining({ url: `${origin}/a.png`, use: "preview", faults: [] }),
  ]);
});

it.each<[string, () => object, Record<string, string[]>]>([
  ["GIF", () => image("/a.gif", "/a.gif"), { image: [GIF_FAULT], preview: [GIF_FAULT] }],
  [
    "large preview",
    () => image("/1mb.jpg", "/1mb-and-1.jpg"),
    { preview: ["it is larger than 1 MB"] },
  ],
  [
    "large image",
    () => image("/10mb-and-1.jpg", "/1mb.jpg"),
    { image: ["it is larger than 10 MB"] },
  ],
  ["lost file", () => image("/lost", "/a.png"), { image: ["the answer is 404"] }],
  ["video", () => video("/a.mp4", "/a.jpg"), {}],
  [
    "video that is an image",
    () => video("/a.jpg", "/a.jpg"),
    { video: ["its bytes are image/jpeg, not video/mp4"] },
  ],
  ["m4a", () => audio("/a.m4a"), {}],
  ["m4a that looks like any mp4", () => audio("/a.mp4"), {}],
  ["mp3", () => audio("/a.mp3"), {}],
  [
    "audio that is an image",
    () => audio("/a.gif"),
    { audio: [expect.stringMatching(/^its bytes/)] },
  ],
])("reports what is wrong with a %s", async (_, message, faults) => {
  await push(message());
  const opened = await line.platform.open("retail", USER);
  const faulty = opened.filter((one) => one.faults.length > 0);
  expect(Object.fromEntries(faulty.map((one) => [one.use, one.faults]))).toEqual(faults);
});

it("reports a server that does not answer", async () => {
  await push(image("/a.jpg", "/a.jpg"));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await line.platform.open("retail", USER)).toMatchObject([
    { use: "image", status: 0, faults: ["it cannot be fetched"] },
    { use: "preview", status: 0 },
  ]);
});

it("finds images wherever they are, each URL once", async () => {
  const action = { type: "message", label: "A", text: "A" };
  const box = (...contents: object[]) => ({ type: "box", layout: "vertical", contents });
  await push({
    type: "template",
    altText: "A",
    template: {
      type: "carousel",
      columns: [
        { thumbnailImageUrl: `${origin}/a.png`, text: "A", actions: [action] },
        { thumbnailImageUrl: `${origin}/a.png`, text: "B", actions: [action] },
      ],
    },
  });
  await push({
    type: "flex",
    altText: "A",
    contents: {
      type: "bubble",
      hero: {
        type: "video",
        url: `${origin}/a.mp4`,
        previewUrl: `${origin}/a.jpg`,
        altContent: { type: "image", url: `${origin}/1mb.jpg` },
      },
      body: box(box({ type: "image", url: `${origin}/a.gif` })),
    },
    quickReply: { items: [{ type: "action", imageUrl: `${origin}/a.jpg`, action }] },
    sender: { iconUrl: `${origin}/a.m4a` },
  });
  await push({
    type: "imagemap",
    baseUrl: `${origin}/map`,
    altText: "A",
    baseSize: { width: 1040, height: 1040 },
    actions: [],
  });
  const opened = await line.platform.open("retail", USER);
  expect(opened.map(({ use, url }) => `${use} ${url.slice(origin.length)}`).toSorted()).toEqual([
    "icon /a.jpg",
    "icon /a.m4a",
    "image /1mb.jpg",
    "image /a.gif",
    "image /a.png",
    "image /map/1040",
    "preview /a.jpg",
    "video /a.mp4",
  ]);
});

const image = (original: string, preview: string) => ({
  type: "image",
  originalContentUrl: `${origin}${original}`,
  previewImageUrl: `${origin}${preview}`,
});
const video = (original: string, preview: string) => ({
  ...image(original, preview),
  type: "video",
});
const audio = (original: string) => ({
  type: "audio",
  originalContentUrl: `${origin}${original}`,
  duration: 1_000,
});

async function push(message: object): Promise<void> {
  const body = { to: USER, messages: [message] };
  const response = await line.call("/v2/bot/message/push", body);
  expect(await response.json()).toEqual({ sentMessages: [expect.any(Object)] });
}
