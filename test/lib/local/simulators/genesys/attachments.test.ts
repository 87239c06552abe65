import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AgentFile } from "../../../../../lib/local/simulators/genesys/downloads.ts";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";
import { channelOf, postInbound, RETAIL, USER } from "./retail-integration.ts";

const PHOTO: AgentFile = {
  bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  filename: "領収書.jpg",
  mime: "image/jpeg",
  mediaType: "Image",
};

let genesys: GenesysCloud;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let traffic: Traffic[];
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  traffic = [];
  bridge = await startWebhookReceiver();
  genesys = await startGenesysCloud({
    integrations: [RETAIL],
    now: () => now,
    onTraffic: (one) => traffic.push(one),
    signedSeconds: 60,
  });
  genesys.setWebhook("retail", bridge.url);
});
afterEach(async () => {
  await genesys.close();
  await bridge.close();
});

describe("an agent's attachment", () => {
  const attach = async (file: AgentFile = PHOTO): Promise<string> => {
    await genesys.reply("retail", USER, { type: "Text", attachments: [file] });
    return bridge.bodies()[0]?.content[0].attachment.url;
  };

  it("is content of a message of type Text, without a text", async () => {
    const url = await attach();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2\/downloads\/[0-9a-f-]{36}$/);
    const [body] = bridge.bodies();
    expect(body).toMatchObject({
      type: "Text",
      originatingEntity: "Human",
      content: [
        {
          contentType: "Attachment",
          attachment: {
            id: expect.any(String),
            mediaType: "Image",
            url,
            mime: "image/jpeg",
            filename: "領収書.jpg",
            contentSizeBytes: 4,
          },
        },
      ],
    });
    expect(body).not.toHaveProperty("text");
    expect(body).not.toHaveProperty("attachments");
    expect(genesys.conversations("retail")[0]?.messages).toMatchObject([
      { direction: "Outbound", attachments: [{ url, filename: "領収書.jpg" }] },
    ]);
    expect(traffic).toMatchObject([{ what: "text", text: "[Image 領収書.jpg]" }]);
  });

  it("is served without a token behind a redirect, and does not say what it is", async () => {
    const url = await attach();
    const redirect = await fetch(url, { redirect: "manual" });
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get("location")).toMatch(`${genesys.origin}/signed/`);
    const response = await fetch(url);
    expect(response.headers.get("content-type")).toBe("binary/octet-stream");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PHOTO.bytes);
    expect(traffic.at(-1)).toMatchObject({ brandKey: "retail", what: "download", status: 200 });
  });

  it("has a signed link that dies, and a new one behind the same url", async () => {
    const url = await attach();
    const redirect = await fetch(url, { redirect: "manual" });
    const signed = redirect.headers.get("location") ?? "";
    now += 59_999;
    expect((await fetch(signed)).status).toBe(200);
    now += 1;
    expect((await fetch(signed)).status).toBe(403);
    expect((await fetch(url)).status).toBe(200);
  });

  it.each<[string, (signed: URL, url: string) => string, number]>([
    ["another signature", (signed) => change(signed, "signature", "x"), 403],
    ["a later expiry", (signed) => change(signed, "expires", "9999999999"), 403],
    ["no signature", (signed) => `${signed.origin}${signed.pathname}`, 403],
    ["an unknown id", (_, url) => `${url.slice(0, -1)}x`, 404],
    ["an unknown signed id", (signed) => `${signed.origin}/signed/x${signed.search}`, 404],
  ])("is refused with %s", async (_, altered, status) => {
    const url = await attach();
    const redirect = await fetch(url, { redirect: "manual" });
    const link = altered(new URL(redirect.headers.get("location") ?? ""), url);
    expect((await fetch(link)).status).toBe(status);
  });

  it("cannot be written", async () => {
    expect((await fetch(await attach(), { method: "POST" })).status).toBe(405);
  });

  it("may have 25 MB", async () => {
    await attach({ ...PHOTO, bytes: Buffer.alloc(25_000_000) });
    expect(bridge.bodies()[0]?.content[0].attachment.contentSizeBytes).toBe(25_000_000);
    await expect(attach({ ...PHOTO, bytes: Buffer.alloc(25_000_001) })).rejects.toThrow("25 MB");
    expect(bridge.received).toHaveLength(1);
  });
});

describe("a customer's attachment", () => {
  let host: Server;
  let base: string;
  let asked: object[];

  beforeEach(async () => {
    asked = [];
    host = createServer(({ url, headers }, response) => {
      asked.push(headers);
      if (url === "/moved") return response.writeHead(302, { location: "/photo" }).end();
      if (url === "/gone") return response.writeHead(410).end();
      response.setHeader("content-type", "image/jpeg");
      return response.end(url === "/video" ? Buffer.alloc(25_000_001) : PHOTO.bytes);
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    host.closeAllConnections();
    host.close();
  });

  const receive = async (path: string) => {
    const attachment = { mediaType: "Image", url: `${base}${path}`, mime: "image/jpeg" };
    const body = { channel: channelOf(USER), content: [{ attachment }] };
    expect(await postInbound(genesys.origin, "message", body)).toMatchObject({ status: 200 });
  };

  it("is fetched without credentials, in the order of the messages", async () => {
    await receive("/photo");
    await receive("/gone");
    await receive("/moved");
    const photo = {
      mediaType: "Image",
      status: 200,
      contentType: "image/jpeg",
      bytes: 4,
      sha256: createHash("sha256").update(PHOTO.bytes).digest("hex"),
      isTooLarge: false,
    };
    expect(await genesys.fetchAttachments("retail", USER)).toMatchObject([
      { url: `${base}/photo`, ...photo },
      { url: `${base}/gone`, status: 410, bytes: 0 },
      { url: `${base}/moved`, ...photo },
    ]);
    expect(asked).toHaveLength(4);
    expect(JSON.stringify(asked)).not.toMatch(/authorization|cookie/i);
    expect(await genesys.fetchAttachments("retail", "another")).toEqual([]);
  });

  it("is dropped over 25 MB, and reported where nobody answers", async () => {
    await receive("/video");
    expect(await genesys.fetchAttachments("retail", USER)).toMatchObject([
      { status: 200, isTooLarge: true },
    ]);
    host.closeAllConnections();
    host.close();
    expect(await genesys.fetchAttachments("retail", USER)).toMatchObject([
      { status: 0, bytes: 0, isTooLarge: false },
    ]);
  });
});

function change(url: URL, name: string, value: string): string {
  url.searchParams.set(name, value);
  return url.href;
}
