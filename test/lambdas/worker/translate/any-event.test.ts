import fc from "fast-check";
import { NOTES } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { type Button, encodeButton } from "../../../../lambdas/shared/genesys/button-data.ts";
import { webhookEventSchema } from "../../../../lambdas/shared/line/webhook-event.ts";
import type { MediaOutcome } from "../../../../lambdas/worker/translate/translation.ts";
import { anyCharacter } from "../../any-character.ts";
import { anyUrl } from "../../any-url.ts";
import { agentsGet } from "./agents-get.ts";
import { group, room, user } from "./example-event.ts";

const text = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom("สวัสดี", "👨‍👩‍👧‍👦".repeat(700), "مرحبا", "請問\n", "x".repeat(9_000), " ", ""),
);
const junk = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue(), fc.constant(undefined));
/** Now and then something else than what LINE documents. */
const mostly = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary }, { weight: 1, arbitrary: junk });
const fields = (model: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.record(model) },
    { weight: 1, arbitrary: fc.record(model, { requiredKeys: [] }) },
    { weight: 1, arbitrary: junk },
  );
const type = (...names: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text });

const button: fc.Arbitrary<Button> = fc.record({
  type: fc.constantFrom("Button", "QuickReply", "DatePicker"),
  originatingMessageId: fc.string({ minLength: 1 }),
  text,
  payload: text,
});
const postbackData = fc.oneof(
  text,
  fc.json(),
  fc.webQueryParameters(),
  button.map((one) => encodeButton(one, 1).data),
  button.map((one) => encodeButton({ ...one, text: "はい", payload: "" }, 1).data),
);

const message = fields({
  type: mostly(type("text", "sticker", "image", "video", "audio", "file", "location")),
  id: mostly(fc.constantFrom("468789577898262530", "")),
  text: mostly(text),
  quotedMessageId: mostly(fc.constantFrom("1", null, undefined)),
  packageId: mostly(fc.constantFrom("446", "12287")),
  stickerId: mostly(fc.constantFrom("1988", "a/b")),
  keywords: mostly(fc.array(text)),
  latitude: mostly(fc.constantFrom("13.7466", "-1e2")),
  longitude: mostly(fc.constantFrom("100.5347")),
  title: mostly(text),
  address: mostly(text),
  fileName: mostly(text),
  contentProvider: fields({ type: type("line", "external"), originalContentUrl: mostly(text) }),
  imageSet: fields({ index: mostly(fc.nat()), total: mostly(fc.nat()) }),
});

const event = fc
  .record(
    {
      type: fc.oneof(type("message"), type("postback"), type("messageEdited", "module", ...NOTES)),
      mode: fc.constantFrom("active", "active", "active", "standby", null, undefined),
      timestamp: fc.oneof(
        fc.nat(),
        fc.double({ min: 0, max: 8.64e15, noNaN: true }),
        fc.constant(8.64e15),
      ),
      webhookEventId: fc.stringMatching(/^[!-~]{1,80}$/),
      source: fc.constantFrom(
        user,
        user,
        user,
        user,
        group,
        room,
        { type: "user" },
        { type: "x" },
        null,
      ),
      replyToken: junk,
      message,
      postback: fields({
        data: mostly(postbackData),
        params: fields({
          date: mostly(fc.constantFrom("2026-12-01", undefined)),
          time: mostly(fc.constantFrom("10:00", undefined)),
          datetime: mostly(fc.constantFrom("2026-12-01T10:00", undefined)),
          status: fc.constantFrom("SUCCESS", undefined, undefined),
        }),
      }),
      unsend: fields({ messageId: mostly(text) }),
      follow: fields({ isUnblocked: mostly(fc.boolean()) }),
      joined: fields({ members: mostly(fc.array(junk)) }),
      left: fields({ members: mostly(fc.array(junk)) }),
      beacon: fields({
        type: type("enter", "banner", "stay"),
        hwid: mostly(text),
        dm: mostly(text),
      }),
      link: fields({ result: type("ok", "failed"), nonce: text }),
      membership: fields({ type: type("joined", "left"), membershipId: mostly(fc.nat()) }),
      videoPlayComplete: fields({ trackingId: mostly(text) }),
    },
    { requiredKeys: ["type", "timestamp", "webhookEventId", "source"] },
  )
  .filter((candidate) => webhookEventSchema.safeParse(candidate).success);

const settings = fc.record({
  stickers: fc.constantFrom("text" as const, "image" as const),
  groups: fc.constantFrom("ignore" as const, "bridge" as const),
  notes: fc.subarray([...NOTES], { minLength: NOTES.length - 2 }),
});

const outcome: fc.Arbitrary<MediaOutcome> = fc.oneof(
  fc.record({
    outcome: fc.constant("hosted" as const),
    url: anyUrl,
    mime: fc.constantFrom("image/png", "video/mp4", "audio/mp4", "application/pdf"),
    bytes: fc.nat(2_000),
    fileName: fc.constantFrom("ภาพ.png", "image.png"),
  }),
  fc.record({ outcome: fc.constant("linked" as const), url: text }),
  fc.record({
    outcome: fc.constant("missing" as const),
    because: fc.constantFrom("unsent", "gone", "not-playable", "too-slow", "empty"),
  }),
);

describe("any event that the webhook accepts", () => {
  it("is translated, counted or refused by a schema, and always to bodies that Genesys Cloud takes", () => {
    const seen = { refused: 0, counted: 0, text: 0, media: 0, button: 0 };
    fc.assert(
      fc.property(event, settings, outcome, fc.option(text), (candidate, brand, media, author) => {
        const parsed = webhookEventSchema.parse(candidate);
        seen[agentsGet(parsed, brand, { media, author: author ?? undefined })]++;
      }),
      { numRuns: 1_000 },
    );
    // The property says nothing about what is never made.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });
});
