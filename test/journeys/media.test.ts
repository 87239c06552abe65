import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { SAMPLES, type Sample } from "../../lib/local/demo/samples.ts";
import { noise } from "../lambdas/outbound/images/noise.ts";
import {
  type BridgeBetweenServers,
  newUser,
  startBetweenServers,
} from "./bridge-between-servers.ts";
import { killProcessesOf, processesOf } from "./function-processes.ts";
import { eventually } from "./running-bridge.ts";

jest.setTimeout(150_000);

const THAILAND = {
  awsRegion: "ap-southeast-1",
  genesysRegion: "ap-southeast-1",
  timeZone: "Asia/Bangkok",
  attachmentMegabytes: 2,
  brands: {
    "retail-thai": { brand: "Retail_Thai", markAsRead: true, mapsLinks: "location" },
    "travel-thai": {
      brand: "Travel_Thai",
      groups: "bridge",
      stickers: "image",
      endpoint: "legacy",
    },
  },
};

let between: BridgeBetweenServers;
let { bridge, line, genesys, post, postGenesys } = {} as BridgeBetweenServers;
beforeAll(async () => {
  between = await startBetweenServers(THAILAND);
  ({ bridge, line, genesys, post, postGenesys } = between);
  // The bridge hosts media where this picture is; on AWS that is an https address.
  const { url } = await sendMedia("first", SAMPLES.photo);
  line.exemptOrigin(new URL(url).origin);
});
afterAll(async () => {
  await between?.stop();
});

const retail = "retail-thai";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const userIdOf = (customer: string) => line.customers.named(customer).userId;
const desk = (customer: string, brand = retail) => genesys.messages(brand, userIdOf(customer));
const lineMedia = ({ contentType, bytes }: Sample) => ({ contentType, bytes });

function contentOf({ kind, name, duration }: Sample) {
  if (kind === "file") return { type: kind, fileName: name };
  const contentProvider = { type: "line" as const };
  return { type: kind, contentProvider, ...(duration !== undefined && { duration }) };
}

/** Sends it as this customer's first message and resolves to what Genesys Cloud was given. */
async function sendMedia(customer: string, sample: Sample) {
  await line.send(retail, customer, contentOf(sample) as never, { media: lineMedia(sample) });
  return eventually(() => {
    const { url = "", ...attachment } = desk(customer)[0]?.attachments[0] ?? {};
    expect(url).not.toBe("");
    return { url, ...attachment };
  });
}

describe("media from LINE", () => {
  it.each([
    ["photo", "Image", "image/jpeg", /^image-\d+\.jpe?g$/],
    ["video", "Video", "video/mp4", /^video-\d+\.mp4$/],
    ["voiceNote", "Audio", "audio/mp4", /^audio-\d+\.(m4a|mp4)$/],
    ["order", "File", "application/pdf", /^order\.pdf$/],
  ] as const)(
    "attaches the %s, whose bytes anyone with the link can fetch",
    async (name, mediaType, mime, filename) => {
      const sample = SAMPLES[name];
      const attachment = await sendMedia(`sends ${name}`, sample);
      expect(attachment).toMatchObject({
        mediaType,
        mime,
        filename: expect.stringMatching(filename),
      });
      const [fetched] = await genesys.fetchAttachments(retail, userIdOf(`sends ${name}`));
      expect(fetched).toMatchObject({
        status: 200,
        contentType: mime,
        bytes: sample.bytes.length,
        sha256: sha256(sample.bytes),
      });
      // No signature that could run out.
      expect(new URL(attachment.url).search).toBe("");
      const answer = await fetch(attachment.url, { headers: { range: "bytes=0-9" } });
      expect(answer.status).toBe(206);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("content-disposition")).toMatch(
        name === "order" ? /^attachment/ : /^inline/,
      );
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(sample.bytes.subarray(0, 10));
    },
  );

  it("waits for a video that LINE is preparing, and keeps what follows behind it", async () => {
    await line.send(retail, "waits", contentOf(SAMPLES.video) as never, {
      media: { ...lineMedia(SAMPLES.video), preparation: { milliseconds: 1_500 } },
    });
    await line.send(retail, "waits", { type: "text", text: "見えますか" });
    await eventually(() => expect(desk("waits")).toHaveLength(2), 30);
    expect(desk("waits")).toMatchObject([
      { attachments: [{ mediaType: "Video" }] },
      { text: "見えますか" },
    ]);
  });

  it("says so when LINE cannot prepare a video", async () => {
    await line.send(retail, "broken", contentOf(SAMPLES.video) as never, {
      media: { ...lineMedia(SAMPLES.video), preparation: "fails" },
    });
    await eventually(() => expect(desk("broken")[0]?.text).toMatch(/^\[LINE VIDEO: /));
  });

  it("sends a link for what is larger than an attachment may be", async () => {
    const bytes = Buffer.concat([SAMPLES.photo.bytes, Buffer.alloc(2_000_000, 7)]);
    await line.send(retail, "large", contentOf(SAMPLES.photo) as never, {
      media: { contentType: "image/jpeg", bytes },
    });
    const text = await eventually(() => {
      expect(desk("large")[0]?.text).toMatch(/^\[LINE IMAGE: 2\.0 MB, too large to attach\]\nhttp/);
      return desk("large")[0]?.text ?? "";
    });
    const answer = await fetch(text.split("\n")[1] ?? "");
    expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
  });

  it("keeps the place in a set of pictures, and gives a harmless name to a file", async () => {
    await line.send(
      retail,
      "set",
      { ...contentOf(SAMPLES.photo), imageSet: { id: "E1", index: 2, total: 5 } } as never,
      { media: lineMedia(SAMPLES.photo) },
    );
    await line.send(
      retail,
      "set",
      { type: "file", fileName: "../../etc/\u0000pass\u202ewd\n.pdf" } as never,
      { media: lineMedia(SAMPLES.order) },
    );
    await eventually(() => expect(desk("set")).toHaveLength(2));
    expect(desk("set")[0]?.attachments[0]?.text).toContain("2/5");
    expect(desk("set")[1]?.attachments[0]?.filename).toBe("passwd.pdf");
  });

  it("deletes what a customer takes back, and says no more than that", async () => {
    const { messageId } = await line.send(retail, "unsends", contentOf(SAMPLES.photo) as never, {
      media: lineMedia(SAMPLES.photo),
    });
    await eventually(() => expect(desk("unsends")).toHaveLength(1));
    const url = desk("unsends")[0]?.attachments[0]?.url ?? "";
    expect((await fetch(url)).status).toBe(200);
    await line.unsend(retail, "unsends", messageId);
    await eventually(() => expect(desk("unsends")[1]?.text).toMatch(/^\[LINE UNSEND: /));
    expect((await fetch(url)).status).toBe(403);
  });

  it("fetches media of third parties from trusted servers only, and never asks a private address", async () => {
    let asked = 0;
    const stranger = createServer((_request, response) => {
      asked++;
      response.end(SAMPLES.photo.bytes);
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const address = stranger.address();
    const port = typeof address === "object" ? address?.port : 0;
    const external = (originalContentUrl: string) =>
      ({
        type: "image",
        contentProvider: {
          type: "external",
          originalContentUrl,
          previewImageUrl: originalContentUrl,
        },
      }) as never;
    const urls = [
      `http://127.0.0.1:${port}/photo.jpg`,
      `https://127.0.0.1:${port}/photo.jpg`,
      `https://localhost:${port}/photo.jpg`,
      `https://[::ffff:127.0.0.1]:${port}/photo.jpg`,
      "https://169.254.169.254/latest/meta-data/",
    ];
    for (const url of urls) await line.send(retail, "external", external(url));
    await eventually(() => expect(desk("external")).toHaveLength(urls.length), 40);
    expect(desk("external").map(({ text, attachments }) => [text, attachments.length])).toEqual(
      urls.map((url) => [`[LINE IMAGE]\n${url}`, 0]),
    );
    expect(asked).toBe(0);
    await new Promise((resolve) => stranger.close(resolve));
  });
});

describe("what customers do besides writing", () => {
  it("answers a bot's message by a tap, whatever the payload's length", async () => {
    const customer = "taps";
    const to = userIdOf(customer);
    const long = `order=${"あ".repeat(900)}`;
    await line.send(retail, customer, { type: "text", text: "สวัสดี" });
    await eventually(() => expect(desk(customer)).toHaveLength(1));
    const quickReply = (text: string, payload: string) => ({
      contentType: "QuickReply",
      quickReply: { text, payload, action: "Message" },
    });
    await genesys.reply(retail, to, {
      type: "Structured",
      text: "続けますか？",
      originatingEntity: "Bot",
      content: [quickReply("はい", "yes"), quickReply("いいえ", long)],
    });
    const items = await eventually(() => {
      const [message] = line.inbox(retail, to);
      expect(message).toBeDefined();
      const { quickReply: shown } = (message as { message: object }).message as {
        quickReply: { items: { action: { data: string; label: string } }[] };
      };
      return shown.items;
    });
    expect(items.map(({ action }) => action.label)).toEqual(["はい", "いいえ"]);
    for (const { action } of items) await line.tap(retail, customer, action);
    await eventually(() => expect(desk(customer)).toHaveLength(3));
    expect(
      desk(customer)
        .slice(1)
        .map(({ buttonResponse }) => buttonResponse),
    ).toEqual([
      { type: "QuickReply", text: "はい", payload: "yes" },
      { type: "QuickReply", text: "いいえ", payload: long },
    ]);
  });

  it("hears of a block: nothing is pushed and the agent learns why, until the customer is back", async () => {
    const customer = "blocks";
    const to = userIdOf(customer);
    await line.send(retail, customer, { type: "text", text: "1" });
    await line.block(retail, customer);
    await eventually(() => expect(desk(customer)).toHaveLength(1));
    // The block is remembered some milliseconds after the webhook's answer.
    const { id } = await eventually(async () => {
      const reply = await genesys.reply(retail, to, { type: "Text", text: "geblockt" });
      await eventually(() => {
        const receipt = genesys.receipts(retail).find((one) => one.id === reply.id);
        expect(receipt?.reasons[0]?.code).toBe("RecipientOptedOut");
      }, 2);
      return reply;
    });
    expect(id).toBeDefined();
    await line.unblock(retail, customer);
    await eventually(async () => {
      await genesys.reply(retail, to, { type: "Text", text: "welcome back" });
      await eventually(
        () => expect(line.inbox(retail, to).map(({ text }) => text)).toContain("welcome back"),
        2,
      );
    });
    expect(await bridge.receive(bridge.ready.queues.outboundDeadLetter)).toEqual([]);
  });

  it("bridges a group with its writers' names, over the older endpoint", async () => {
    const travel = "travel-thai";
    const group = line.groups.named("家族旅行", ["美玲", "สมชาย"]);
    const written = () => genesys.messages(travel, group.id);
    await line.send(travel, "美玲", { type: "text", text: "大家好" }, { group: group.id });
    await line.send(
      travel,
      "สมชาย",
      { type: "sticker", packageId: "446", stickerId: "1988" },
      { group: group.id },
    );
    await line.send(travel, "สมชาย", contentOf(SAMPLES.photo) as never, {
      group: group.id,
      media: lineMedia(SAMPLES.photo),
    });
    await eventually(() => expect(written()).toHaveLength(3));
    expect(written()).toMatchObject([
      { text: "美玲: 大家好", nickname: "家族旅行", customAttributes: { brand: "Travel_Thai" } },
      {
        text: "สมชาย: [LINE STICKER: Moon: Special Edition]",
        attachments: [{ mediaType: "Image", mime: "image/png" }],
      },
      { text: "สมชาย:", attachments: [{ mediaType: "Image", mime: "image/jpeg" }] },
    ]);
    await genesys.reply(travel, group.id, { type: "Text", text: "您好" });
    await eventually(() => expect(line.inbox(travel, group.id)).toHaveLength(1));
  });

  it("forwards nothing in standby mode", async () => {
    await line.send(retail, "standby", { type: "text", text: "not for us" }, { mode: "standby" });
    await line.send(retail, "standby", { type: "text", text: "for us" });
    await eventually(() => expect(desk("standby").map(({ text }) => text)).toEqual(["for us"]));
  });
});

describe("what agents send besides text", () => {
  const agentFile = ({ bytes, name, contentType, kind }: Sample) => ({
    bytes,
    filename: name,
    mime: contentType,
    mediaType: { image: "Image", video: "Video", audio: "Audio", file: "File" }[kind] as "Image",
  });
  const inbox = (to: string) => line.inbox(retail, to).map(({ message }) => message);

  it("pushes text and attachments at once, which phones can open although Genesys' link dies", async () => {
    const to = newUser();
    await genesys.reply(retail, to, {
      type: "Text",
      text: "ご確認ください",
      attachments: [SAMPLES.photo, SAMPLES.greeting, SAMPLES.video, SAMPLES.order].map(agentFile),
    });
    await eventually(() => expect(inbox(to)).toHaveLength(5), 30);
    expect(inbox(to)).toMatchObject([
      { type: "text", text: "ご確認ください" },
      { type: "image" },
      { type: "audio", duration: expect.any(Number) },
      { type: "video" },
      { type: "flex", altText: expect.stringContaining("order.pdf") },
    ]);
    const { duration } = inbox(to)[2] as never as { duration: number };
    expect(Math.abs(duration - 2_000)).toBeLessThan(150);
    const pushes = between.traffic.filter(
      ({ to: party, what, text }) =>
        party === "LINE" && what === "push" && text?.includes("ご確認ください"),
    );
    expect(pushes).toHaveLength(1);
    const opened = await line.open(retail, to);
    expect(opened.length).toBeGreaterThanOrEqual(5);
    expect(opened.map(({ status, faults }) => [status, faults])).toEqual(
      opened.map(() => [200, []]),
    );
  });

  it("converts what LINE does not show, and makes a preview of what is large", async () => {
    const to = newUser();
    const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
    // A valid picture of 3 MB: what follows the last segment is no part of it.
    const large = Buffer.concat([SAMPLES.photo.bytes, Buffer.alloc(3_000_000)]);
    await genesys.reply(retail, to, {
      type: "Text",
      attachments: [
        { bytes: gif, filename: "a.gif", mime: "image/gif", mediaType: "Image" },
        { bytes: large, filename: "b.jpg", mime: "image/jpeg", mediaType: "Image" },
      ],
    });
    await eventually(() => expect(inbox(to)).toHaveLength(2), 30);
    expect(inbox(to)).toMatchObject([{ type: "image" }, { type: "image" }]);
    const opened = await line.open(retail, to);
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
    expect(opened.map(({ status, use }) => `${status} ${use}`).sort()).toEqual([
      "200 image",
      "200 image",
      "200 preview",
      "200 preview",
    ]);
  });

  const IMAGES = "outbound-images";
  /** An agent sends an image of noise, and a text right after it. */
  async function sendImageAndText(to: string, bytes: Uint8Array) {
    const image = { bytes: Buffer.from(bytes), filename: "large.png", mime: "image/png" };
    const attachments = [{ ...image, mediaType: "Image" as const }];
    await genesys.reply(retail, to, { type: "Text", attachments });
    await genesys.reply(retail, to, { type: "Text", text: "afterwards" });
  }

  it("converts a large PNG in a function of its own, and keeps what follows behind it", async () => {
    const to = newUser();
    await sendImageAndText(to, noise(2_000, 2_000));
    await eventually(() => expect(inbox(to)).toHaveLength(2), 60);
    expect(inbox(to)).toMatchObject([{ type: "image" }, { type: "text", text: "afterwards" }]);
    expect(await processesOf(IMAGES, bridge)).not.toEqual([]);
    const opened = await line.open(retail, to);
    expect(opened.flatMap(({ faults }) => faults)).toEqual([]);
    expect(opened.map(({ status, use }) => `${status} ${use}`).sort()).toEqual([
      "200 image",
      "200 preview",
    ]);
  });

  it("delivers an image once whose function was killed, with what follows behind it", async () => {
    await killProcessesOf(IMAGES, bridge);
    const to = newUser();
    await sendImageAndText(to, noise(2_000, 2_000));
    // It starts for this image and takes longer than it takes to be found.
    await eventually(async () => expect(await killProcessesOf(IMAGES, bridge)).toBeGreaterThan(0));
    await eventually(() => expect(inbox(to)).toHaveLength(2), 90);
    expect(inbox(to)).toMatchObject([{ type: "image" }, { type: "text", text: "afterwards" }]);
    expect(bridge.log()).toContain("so it is ordered again");
    expect((await line.open(retail, to)).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it("tells the agent when an attachment cannot be had, and pushes nothing of the message", async () => {
    const to = newUser();
    const { id } = await genesys.reply(retail, to, {
      type: "Text",
      text: "half",
      content: [
        {
          contentType: "Attachment",
          attachment: {
            id: "a",
            mediaType: "Image",
            mime: "image/png",
            url: "https://169.254.169.254/latest/meta-data/",
          },
        },
      ],
    });
    await eventually(() => {
      const receipt = genesys.receipts(retail).find((one) => one.id === id);
      expect(receipt).toMatchObject({
        status: "Failed",
        reasons: [{ code: "MediaTypeNotAllowed" }],
      });
    });
    expect(inbox(to)).toEqual([]);
  });

  it("sends stickers, locations, asks and typing as LINE has them, and marks messages as read", async () => {
    const customer = "reads";
    const to = userIdOf(customer);
    await line.send(retail, customer, { type: "text", text: "สวัสดี" });
    await eventually(() => expect(desk(customer)).toHaveLength(1));
    await postGenesys({
      id: randomUUID(),
      type: "Event",
      channel: { to: { id: to } },
      events: [{ eventType: "Typing", typing: { type: "On", duration: 5_000 } }],
    });
    await eventually(() => expect(line.loadingUntil(retail, to)).toBeGreaterThan(Date.now()));
    for (const text of [
      "[LINE STICKER: 11537/52002735]",
      "https://www.google.com/maps/search/?api=1&query=13.7463,100.5347",
      "[LINE ASK: location] [LINE ASK: camera roll]",
    ])
      await genesys.reply(retail, to, { type: "Text", text, originatingEntity: "Human" });
    await eventually(() => expect(inbox(to)).toHaveLength(3));
    expect(inbox(to)).toMatchObject([
      { type: "sticker", packageId: "11537", stickerId: "52002735" },
      { type: "location", latitude: 13.7463, longitude: 100.5347 },
      {
        type: "text",
        text: "Please share your location.\nPlease send us a photo.",
        quickReply: {
          items: [{ action: { type: "location" } }, { action: { type: "cameraRoll" } }],
        },
      },
    ]);
    await eventually(() => expect(line.readMessages(retail, to)).toHaveLength(1));
  });

  it("survives hostile content: each has a clear outcome and the next message arrives", async () => {
    const to = newUser();
    const bomb = Buffer.from(SAMPLES.shelf.bytes);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    await genesys.reply(retail, to, {
      type: "Text",
      attachments: [{ ...agentFile(SAMPLES.shelf), bytes: bomb, filename: "bomb.png" }],
    });
    const label = "長".repeat(10_000);
    await genesys.reply(retail, to, {
      type: "Structured",
      content: [
        {
          contentType: "Card",
          card: { title: label, actions: [{ type: "Postback", text: label, payload: label }] },
        },
      ],
    });
    let deep: object = {};
    for (let depth = 0; depth < 500; depth++) deep = { deep };
    await genesys.reply(retail, to, {
      type: "Structured",
      content: [{ contentType: "Hologram", deep }, { contentType: 5 }, null as never],
      text: "deep",
    });
    await genesys.reply(retail, to, { type: "Text", text: "last" });
    await eventually(() => expect(inbox(to).at(-1)).toEqual({ type: "text", text: "last" }), 30);
    expect(inbox(to)[0]).toMatchObject({
      type: "flex",
      altText: expect.stringContaining("bomb.png"),
    });
    expect(genesys.receipts(retail).filter(({ toId }) => toId === to)).toEqual([]);
    await post("{");
  });
});

it("has logged no text, name, file name, link or user id", () => {
  const log = bridge.log();
  expect(log).toContain("Delivered to Genesys");
  expect(log).toContain("Delivered to LINE");
  for (const word of [
    "สวัสดี",
    "ご確認",
    "大家好",
    "美玲",
    "家族旅行",
    "order.pdf",
    "passwd",
    "/retail-thai/",
  ])
    expect(log).not.toContain(word);
  expect(log).not.toMatch(/\b[UC][0-9a-f]{32}/);
});
