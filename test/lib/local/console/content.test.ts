import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import { startRetailConsole } from "./retail-console.ts";

const CUSTOMER = "สมชาย";
const { video } = SAMPLES;

let retail: Awaited<ReturnType<typeof startRetailConsole>>;
beforeEach(async () => {
  retail = await startRetailConsole();
});
afterEach(() => retail.close());

describe("what a customer has sent", () => {
  it("is served as a whole, with its type, and cannot act as a page of the console", async () => {
    const response = await content(await send({ type: "video" }, video));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "video/mp4",
      "content-length": String(video.bytes.length),
      "accept-ranges": "bytes",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox",
      "cache-control": "no-store",
    });
    expect(response.headers.get("content-disposition")).toBe("inline");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(video.bytes);
  });

  it("is served in parts, so that a browser can seek", async () => {
    const id = await send({ type: "video" }, video);
    const part = await content(id, { range: "bytes=100-199" });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes 100-199/${video.bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(video.bytes.subarray(100, 200));
    const beyond = await content(id, { range: `bytes=${video.bytes.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${video.bytes.length}`);
  });

  it.each([
    ["a file", "application/pdf"],
    ["a page", "text/html"],
    ["an SVG, which can hold a script", "image/svg+xml"],
  ])("is for the disk alone where it is %s", async (_, named) => {
    const id = await send({ type: "file", fileName: "a" }, { ...video, contentType: named });
    const { headers } = await content(id);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toBe("attachment");
  });

  it("is gone when it is unsent", async () => {
    const id = await send({ type: "image" }, SAMPLES.photo);
    expect((await content(id)).status).toBe(200);
    await retail.does({ customer: CUSTOMER, unsend: id });
    expect((await content(id)).status).toBe(404);
  });

  it("is another brand's secret, and so is what nobody has sent", async () => {
    const id = await send({ type: "image" }, SAMPLES.photo);
    expect((await content(id, {}, "travel")).status).toBe(404);
    expect((await content("1")).status).toBe(404);
    expect((await fetch(`${retail.url}/api/content`)).status).toBe(404);
  });
});

describe("a customer", () => {
  it("whom only a webhook has made known writes under the user id", async () => {
    const userId = `U${"a".repeat(32)}`;
    retail.line.customers.adopt(userId);
    const content = { type: "text", text: "こんにちは" };
    expect(await retail.does({ customer: userId, content })).toMatchObject({
      status: 200,
      body: { userId },
    });
    expect(retail.events()).toMatchObject([
      { source: { userId }, message: { text: "こんにちは" } },
    ]);
    expect(retail.line.customers.list()).toEqual([{ userId }]);
  });

  it("adds the account as a friend", async () => {
    expect(await retail.does({ customer: CUSTOMER, follow: true })).toMatchObject({ status: 200 });
    expect(retail.events()).toMatchObject([{ type: "follow", follow: { isUnblocked: false } }]);
  });

  it("quotes a message", async () => {
    const { body } = await retail.does({
      customer: CUSTOMER,
      content: { type: "text", text: "ราคาเท่าไร" },
    });
    const content = { type: "sticker", packageId: "11537", stickerId: "52002734" };
    const quoting = { ...content, quotedMessageId: body.messageId };
    await retail.does({ customer: CUSTOMER, content: quoting });
    expect(retail.events().at(-1)).toMatchObject({ message: quoting });
  });
});

async function send(
  message: object,
  { contentType, bytes }: { contentType: string; bytes: Buffer },
): Promise<string> {
  const media = { contentType, base64: bytes.toString("base64") };
  const { body } = await retail.does({ customer: CUSTOMER, content: message, media });
  return body.messageId;
}

function content(
  messageId: string,
  headers: Record<string, string> = {},
  brand = "retail",
): Promise<Response> {
  const search = new URLSearchParams({ brand, messageId });
  return fetch(`${retail.url}/api/content?${search}`, { headers });
}
