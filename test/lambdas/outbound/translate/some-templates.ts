import { lineTemplateSchema } from "../../../../lambdas/shared/contract/line-templates/line-template.ts";

const box = (...contents: object[]) => ({ type: "box", layout: "vertical", contents });

const SHARE = { type: "action", action: { type: "location", label: "ส่งตำแหน่งที่ตั้ง" } };

/** Templates of a brand, by name, with a place in each kind of field. */
export const SOME_TEMPLATES = Object.fromEntries(
  Object.entries({
    "store-finder": [
      {
        type: "flex",
        altText: "ร้านของเรา",
        contents: {
          type: "bubble",
          body: box({ type: "text", text: "สยามพารากอน" }, box({ type: "text", text: "ชั้น 2" })),
          footer: box({
            type: "button",
            action: { type: "uri", label: "แผนที่", uri: "https://maps.example/1" },
          }),
        },
        quickReply: { items: [SHARE] },
      },
    ],
    welcome: [{ type: "text", text: "สวัสดีคุณ {{name}}! {{ Name }}" }],
    fields: [
      {
        type: "flex",
        altText: "To {{name}}",
        contents: {
          type: "bubble",
          hero: { type: "image", url: "https://shop.example/{{name}}.png?a={{name}}" },
          body: box({ type: "text", text: "{{name}}", wrap: true }),
          footer: box(
            {
              type: "button",
              action: { type: "uri", label: "Open", uri: "https://shop.example/{{name}}" },
            },
            { type: "button", action: { type: "postback", label: "Take", data: "take={{name}}" } },
          ),
        },
      },
      {
        type: "textV2",
        text: "{e} {{name}}",
        substitution: { e: { type: "emoji", productId: "p", emojiId: "1" } },
      },
      {
        type: "text",
        text: "$ {{name}} $",
        emojis: [0, 11].map((index) => ({ index, productId: "p", emojiId: "1" })),
      },
    ],
    label: [
      {
        type: "template",
        altText: "-",
        template: {
          type: "buttons",
          text: "{{text}}",
          actions: [{ type: "message", label: "{{label}}", text: "ok" }],
        },
      },
    ],
    link: [
      {
        type: "template",
        altText: "-",
        template: {
          type: "buttons",
          text: "-",
          actions: [{ type: "uri", label: "-", uri: "{{link}}" }],
        },
      },
    ],
    call: [
      {
        type: "template",
        altText: "-",
        template: {
          type: "buttons",
          text: "-",
          actions: [{ type: "uri", label: "-", uri: "tel:{{number}}" }],
        },
      },
    ],
    picture: [{ type: "image", originalContentUrl: "{{url}}", previewImageUrl: "{{url}}" }],
    six: Array.from({ length: 5 }, (_, n) => ({ type: "text", text: `${n}` })),
    replies: [
      {
        type: "text",
        text: "?",
        quickReply: {
          items: Array.from({ length: 12 }, (_, n) => ({
            type: "action",
            action: { type: "message", label: `${n}`, text: `${n}` },
          })),
        },
      },
    ],
  }).map(([name, messages]) => [name, lineTemplateSchema.parse({ messages })]),
);
