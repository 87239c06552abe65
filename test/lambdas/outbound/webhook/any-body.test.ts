import fc from "fast-check";
import { createReceipts } from "../../../../lambdas/outbound/sender/receipts.ts";
import { attachmentsOf } from "../../../../lambdas/outbound/translate/genesys/attachments-of.ts";
import { imagesOf } from "../../../../lambdas/outbound/translate/genesys/images-of.ts";
import type { LineAttachment } from "../../../../lambdas/outbound/translate/line/line-attachment.ts";
import { createHandler } from "../../../../lambdas/outbound/webhook/handler.ts";
import type { OutboundMessage } from "../../../../lambdas/shared/genesys/outbound-message.ts";
import {
  inboundQueueMessage,
  outboundQueueMessage,
} from "../../../../lambdas/shared/queue/queue-messages.ts";
import { genesysReceipt } from "../../../../lambdas/worker/translate/receipt.ts";
import { SAMPLES_BY_LANGUAGE } from "../../../../lib/local/console/samples/samples-by-language.ts";
import { THAI } from "../../../../lib/local/console/samples/thai.ts";
import { TYPING } from "../../../../lib/local/console/samples/typing.ts";
import { inboundReceipt } from "../../../../lib/local/simulators/genesys/bodies.ts";
import { anyCharacter } from "../../any-character.ts";
import { nearJson } from "../../near-json.ts";
import { strictSqs } from "../../strict-sqs.ts";
import { fixedSecret, webhookBrand } from "../../webhook-brand.ts";
import { httpEvent, sign } from "../../webhook-event.ts";
import { renderMessage } from "../translate/render.ts";

const SECRET = "webhook secret";
const ORIGIN = "https://api-downloads.mypurecloud.jp";

function setUp() {
  const { enqueue, bodies } = strictSqs();
  const told: unknown[] = [];
  const write = (...entry: unknown[]) => void told.push(entry);
  const handler = createHandler({
    brands: new Map([webhookBrand("retail-thai", fixedSecret(SECRET), { write, enqueue })]),
  });
  const post = async (body: string | Uint8Array) => {
    const bytes = Buffer.from(body);
    const headers = { "x-hub-signature-256": `sha256=${sign(bytes, SECRET)}` };
    const answer = await handler(httpEvent("retail-thai", bytes.toString("base64"), headers, true));
    told.push(answer.body);
    return answer.statusCode;
  };
  return {
    post,
    receipts: createReceipts(
      () => enqueue,
      () => 0,
    ),
    bodies,
    told,
  };
}

const attachment = (mediaType: string) => ({
  contentType: "Attachment",
  attachment: {
    mediaType,
    url: `${ORIGIN}/1`,
    mime: "image/png",
    filename: "ภาพ.png",
    text: "写真",
  },
});
const location = {
  contentType: "Location",
  location: { text: "東京タワー", address: "港区芝公園", latitude: 35.6586, longitude: 139.7454 },
};
const { Card, "Quick replies": quickReplies } = THAI.botMessages;
const card = { ...Card.content[0].card, image: `${ORIGIN}/2`, video: "https://shop.example/video" };

const examples = [
  ...Object.values(SAMPLES_BY_LANGUAGE).flatMap(({ botMessages }) => Object.values(botMessages)),
  TYPING,
  { type: "Text", text: "お待たせしました。" },
  { type: "Text", text: "[LINE STICKER: 11537/52002735]" },
  { type: "Text", text: "ที่ไหนคะ\n[LINE ASK: location] [LINE ASK: camera roll]" },
  {
    type: "Structured",
    text: "[LINE ASK: camera]",
    content: [{ contentType: "Card", card }, ...quickReplies.content],
  },
  { type: "Text", text: "https://www.google.com/maps/search/?api=1&query=13.7466,100.5347" },
  { type: "Structured", content: ["Image", "Video", "Audio", "File", "Link"].map(attachment) },
  { type: "Structured", content: [location, { contentType: "Text", text: { body: "ここです" } }] },
  { type: "Structured", content: [{ contentType: "Card", card }, ...quickReplies.content] },
  { type: "Receipt", status: "Published", isFinalReceipt: true },
].map((message) => ({
  id: "c327c2078ca056db130c55ce648d9fa2",
  channel: {
    id: "i",
    platform: "Open",
    type: "Private",
    to: { id: "U4af4980629", idType: "Opaque" },
  },
  direction: "Outbound",
  originatingEntity: "Human",
  ...message,
}));

const url = "https://media.example/1";
const hosted = fc.constantFrom<LineAttachment>(
  { kind: "image", url, previewUrl: url },
  { kind: "video", url, previewUrl: url },
  { kind: "audio", url, durationMs: 1_000 },
  { kind: "file", url, fileName: "注文.pdf", bytes: 1_234 },
);

/** Renders a message as the sender does; render.ts proves that LINE takes what comes of it. */
function customersGet(message: OutboundMessage, media: LineAttachment): "pushes" | "nothing" {
  const settings = {
    attachments: new Map(attachmentsOf(message).map(({ index }) => [index, media])),
    images: new Map(imagesOf(message, new Set([ORIGIN])).map((image) => [image, url])),
    mapsLinks: "location" as const,
  };
  const rendering = renderMessage(message, settings);
  // LINE knows a push by its retry key, so that another try must be the same one.
  expect(renderMessage(message, settings)).toEqual(rendering);
  return rendering.pushes.length > 0 ? "pushes" : "nothing";
}

describe("any body that is signed", () => {
  it("which is near to Genesys Cloud's is stored and shown in LINE, or refused with the reason", async () => {
    const seen = { 200: 0, 400: 0, pushes: 0, nothing: 0, typing: 0 };
    await fc.assert(
      fc.asyncProperty(nearJson(examples), hosted, async (body, media) => {
        const { post, receipts, bodies } = setUp();
        const status = await post(body);
        expect([200, 400]).toContain(status);
        seen[status === 200 ? 200 : 400]++;
        for (const text of bodies.splice(0)) {
          const queued = outboundQueueMessage.parse(JSON.parse(text));
          if (queued.kind === "typing") {
            seen.typing++;
          } else {
            seen[customersGet(queued.message, media)]++;
            await receipts.blocked({ key: queued.brand }, queued.message);
          }
        }
        for (const text of bodies) {
          const queued = inboundQueueMessage.parse(JSON.parse(text));
          if (queued.kind !== "receipt") throw new Error("not a receipt");
          inboundReceipt.parse(genesysReceipt(queued.receipt));
        }
      }),
      { numRuns: 2_000 },
    );
    // The property says nothing about what is never made.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });

  it("which is anything else never comes to 5xx, and of its words nothing is logged or answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.string({ unit: anyCharacter }),
          fc.json(),
          fc.json().map((json) => `{"type":"Text","geheim":"geheim","channel":${json}}`),
          fc.json().map((json) => `{"type":"Event","geheim":"geheim","events":${json}}`),
          fc
            .constantFrom(10, 2_000, 100_000)
            .map((levels) => `${"[".repeat(levels)}"geheim"${"]".repeat(levels)}`),
        ),
        async (body) => {
          const { post, bodies, told } = setUp();
          expect([200, 400]).toContain(await post(body));
          expect(bodies).toEqual([]);
          expect(JSON.stringify(told)).not.toContain("geheim");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("which has no room in the queue is refused with 413", async () => {
    const { post, bodies } = setUp();
    const bodyOf = (length: number) =>
      JSON.stringify({ ...examples.at(-1), type: "Text", text: "\uffff".repeat(length) });
    expect(await post(bodyOf(200_000))).toBe(413);
    expect(bodies).toEqual([]);
    expect(await post(bodyOf(100_000))).toBe(200);
    expect(bodies).toHaveLength(1);
  });
});
