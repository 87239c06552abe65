import type { messagingApi } from "@line/bot-sdk";
import fc from "fast-check";
import { plainMessages } from "../../../../../lambdas/outbound/translate/line/plain-messages.ts";
import { WORDS } from "../../../../../lambdas/outbound/translate/text/words.ts";
import { lineTemplateSchema } from "../../../../../lambdas/shared/contract/line-templates/line-template.ts";
import { createMessageRules } from "../../../../../lib/local/simulators/line/message-rules.ts";
import { anyUrl } from "../../../any-url.ts";
import { render, taps } from "../render.ts";

const check = createMessageRules(new Set());

/** All messages of a Genesys message as plain text. */
function plain(parts: { text?: string; content?: unknown[] }, settings: object = {}): string[] {
  const messages = render(parts, settings).pushes.flat();
  const { messages: changed } = plainMessages(messages, [...messages.keys()], WORDS.en, 1);
  check(changed);
  return changed.map((message) => {
    expect(Object.keys(message)).toEqual(["type", "text"]);
    return (message as messagingApi.TextMessage).text;
  });
}

const choose = { type: "Postback", text: "選択", payload: "p" };
const link = { type: "Link", text: "詳細", url: "https://shop.example/1" };

/** A message that only a template of a brand holds, as plain text. */
function ofTemplate(message: object): string[] {
  const templates = { a: lineTemplateSchema.parse({ messages: [message] }) };
  return plain({ text: "[LINE TEMPLATE: a]" }, { templates });
}

const box = (contents: object[], more: object = {}) => ({
  type: "box",
  layout: "vertical",
  contents,
  ...more,
});
const open = (uri: string) => ({ type: "uri", label: "Map", uri });
const say = (label: string) => ({ type: "message", label, text: label });

describe("what a brand's template shows, in any form of LINE's", () => {
  it.each<[string, object, string]>([
    [
      "a bubble with boxes in boxes",
      {
        type: "flex",
        altText: "Store",
        contents: {
          type: "bubble",
          header: box([{ type: "text", text: "Siam" }]),
          hero: {
            type: "image",
            url: "https://shop.example/a.png",
            action: open("https://a.example"),
          },
          body: box([
            box([
              {
                type: "text",
                contents: [
                  { type: "span", text: "10:00" },
                  { type: "span", text: "-22:00" },
                ],
              },
            ]),
            box([box([{ type: "text", text: "Call us" }])], { action: open("tel:02123") }),
            { type: "image", url: "https://shop.example/b.png" },
          ]),
          footer: box([
            { type: "button", action: open("https://b.example") },
            { type: "button", action: say("Book") },
          ]),
        },
      },
      "Siam\n10:00-22:00\nhttps://shop.example/a.png\nCall us: 02123\nMap: https://b.example\n1. Book\nMap: https://a.example",
    ],
    [
      "a bubble without words",
      {
        type: "flex",
        altText: "Store",
        contents: {
          type: "bubble",
          body: box([{ type: "image", url: "https://shop.example/b.png" }]),
        },
      },
      "Store",
    ],
    [
      "a question",
      {
        type: "template",
        altText: "?",
        template: { type: "confirm", text: "Sure?", actions: [say("Yes"), say("No")] },
      },
      "Sure?\n1. Yes\n2. No",
    ],
    [
      "pictures",
      {
        type: "template",
        altText: "?",
        template: {
          type: "image_carousel",
          columns: [{ imageUrl: "https://shop.example/a.png", action: say("A") }],
        },
      },
      "https://shop.example/a.png\n1. A",
    ],
    [
      "an imagemap",
      {
        type: "imagemap",
        baseUrl: "https://shop.example/map",
        altText: "Shops",
        baseSize: { width: 1040, height: 500 },
        actions: [
          { type: "uri", linkUri: "https://a.example", area: { x: 0, y: 0, width: 1, height: 1 } },
          { type: "message", text: "B", area: { x: 0, y: 0, width: 1, height: 1 } },
        ],
      },
      "Shops\nhttps://a.example\n1. B",
    ],
    [
      "a text (v2)",
      {
        type: "textV2",
        text: "{{(A)}} {e}B",
        substitution: { e: { type: "emoji", productId: "p", emojiId: "1" } },
      },
      "{(A)} B",
    ],
  ])("%s", (_, message, text) => {
    expect(ofTemplate(message)).toEqual([text]);
  });
});

describe("plainMessages", () => {
  it("says titles, texts, images, links and numbered choices", () => {
    const plan = (title: string) => ({
      title,
      description: "月額",
      image: "https://shop.example/a.png",
      defaultAction: { type: "Link", text: "開く", url: "https://shop.example/2" },
      actions: [choose, link],
    });
    const content = [{ contentType: "Carousel", carousel: { cards: [plan("A"), plan("B")] } }];
    expect(plain({ content })).toEqual([
      [
        "A\n月額\nhttps://shop.example/a.png\n1. 選択\n詳細: https://shop.example/1\n開く: https://shop.example/2",
        "B\n月額\nhttps://shop.example/a.png\n2. 選択\n詳細: https://shop.example/1\n開く: https://shop.example/2",
      ].join("\n\n"),
    ]);
  });

  it("numbers choices through the push, quick replies last", () => {
    const content = [
      { contentType: "Card", card: { title: "A", actions: [choose, choose] } },
      { contentType: "QuickReply", quickReply: { text: "ตรวจสอบสถานะคำสั่งซื้อ", payload: "q" } },
    ];
    expect(plain({ content })).toEqual(["A\n1. 選択\n\n2. ตรวจสอบสถานะคำสั่งซื้อ"]);
  });

  it("says only the choices of quick replies that had no text", () => {
    const content = [{ contentType: "QuickReply", quickReply: { text: "はい", payload: "q" } }];
    expect(plain({ content })).toEqual(["1. はい"]);
    expect(plain({ text: "…" })).toEqual(["…"]);
  });

  it("does not list quick replies that are in the text already", () => {
    const content = [{ contentType: "QuickReply", quickReply: { text: "はい", payload: "q" } }];
    expect(plain({ text: "?", content }, { choicesInText: true })).toEqual(["?\n1. はい"]);
  });

  it("asks in a sentence for what had a quick reply, below the choices, unless the push says so", () => {
    const content = [{ contentType: "QuickReply", quickReply: { text: "はい", payload: "q" } }];
    const text = "? [LINE ASK: location] [LINE ASK: camera] [LINE ASK: camera roll]";
    const sentences = "Please share your location.\nPlease send us a photo.";
    expect(plain({ text, content })).toEqual([`?\n\n1. はい\n\n${sentences}`]);
    expect(plain({ text: "[LINE ASK: location]" })).toEqual(["Please share your location."]);
    const card = { contentType: "Card", card: { title: "A", actions: [choose] } };
    expect(plain({ text: "[LINE ASK: location]", content: [card] })).toEqual([
      "Please share your location.",
      "A\n1. 選択",
    ]);
  });

  it("shows a number that can be dialled, and a picker as a choice", () => {
    const call = { type: "Link", text: "โทร", url: "tel:*100#" };
    const content = [
      { contentType: "Card", card: { title: "A", actions: [call] } },
      { contentType: "DatePicker", datePicker: { title: "B" } },
    ];
    expect(plain({ content })).toEqual(["A\nโทร: *100#", "B\n1. Choose date and time"]);
  });

  it("links media and places, and says that a sticker cannot be shown", () => {
    const image = { kind: "image", url: "https://m.example/1", previewUrl: "https://m.example/2" };
    const content = [
      { contentType: "Attachment", attachment: { mediaType: "Image", url: "https://g.example" } },
      { contentType: "Location", location: { text: "本店", latitude: 1.5, longitude: 100 } },
    ];
    const text = "[LINE STICKER: 11537/52002734]";
    expect(plain({ text, content }, { attachments: new Map([[0, image]]) })).toEqual([
      "[Sticker: cannot be shown in LINE]",
      "https://m.example/1",
      "本店\n1.5, 100\nhttps://www.google.com/maps/search/?api=1&query=1.5,100",
    ]);
  });

  it("leaves the other messages as they are", () => {
    const content = ["A", "B"].map((title) => ({
      contentType: "Card",
      card: { title, actions: [choose] },
    }));
    const messages = render({ content }).pushes.flat();
    expect(plainMessages(messages, [1], WORDS.en, 7)).toEqual({
      messages: [messages[0], { type: "text", text: "B\n7. 選択" }],
      next: 8,
    });
  });

  it("loses no title, text, choice or link of any card, and holds LINE's limits", () => {
    const words = fc
      .array(fc.constantFrom("สวัสดี", "注文", "word ", "👍🏽", "(1)", "\n"), { maxLength: 40 })
      .map((parts) => `x${parts.join("")}`);
    const long = fc.tuple(words, fc.nat(60)).map(([text, times]) => text.repeat(times));
    const action = fc.oneof(
      words.map((text) => ({ type: "Postback", text, payload: text })),
      fc.tuple(words, anyUrl).map(([text, url]) => ({ type: "Link", text, url })),
    );
    const card = fc.record({
      title: words,
      description: long,
      actions: fc.array(action, { maxLength: 15 }),
    });
    const solid = (text: string) => text.replace(/\s/g, "");
    fc.assert(
      fc.property(fc.array(card, { minLength: 1, maxLength: 4 }), (cards) => {
        const parts = { content: [{ contentType: "Carousel", carousel: { cards } }] };
        const said = solid(plain(parts).join(""));
        for (const { title, description, actions } of cards) {
          for (const text of [title, description, ...actions.map((each) => each.text)]) {
            expect(said).toContain(solid(text));
          }
        }
        for (const { uri } of taps(render(parts).pushes)) {
          if (uri !== undefined) expect(said).toContain(uri);
        }
      }),
      { numRuns: 60 },
    );
  });
});
