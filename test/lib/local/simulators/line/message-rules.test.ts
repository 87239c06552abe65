import { createMessageRules } from "../../../../../lib/local/simulators/line/message-rules.ts";
import { LineRefusal } from "../../../../../lib/local/simulators/line/refusal.ts";

const USER = `U${"1".repeat(32)}`;
const GROUP = `C${"1".repeat(32)}`;
const IMAGE = "https://media.example.com/a.jpg";
const check = createMessageRules(new Set(["http://127.0.0.1:9"]));

const postback = (label = "Yes") => ({ type: "postback", label, data: "a=1" });
const link = (uri: string) => ({ type: "uri", label: "Open", uri });
const template = (body: object) => ({ type: "template", altText: "Choose", template: body });
const buttons = (more: object = {}) =>
  template({ type: "buttons", text: "Choose", actions: [postback()], ...more });
const carousel = (...columns: object[]) => template({ type: "carousel", columns });
const column = (more: object = {}) => ({ text: "Plan", actions: [postback()], ...more });
const bubble = (more: object = {}) => ({
  type: "bubble",
  body: { type: "box", layout: "vertical", contents: [{ type: "text", text: "Hello" }] },
  ...more,
});
const flex = (contents: object) => ({ type: "flex", altText: "Card", contents });
const inBody = (component: object) =>
  flex(bubble({ body: { type: "box", layout: "vertical", contents: [component] } }));
const text = (more: object = {}) => ({ type: "text", text: "Hello", ...more });
const quick = (...items: object[]) => text({ quickReply: { items } });
const quickItem = (action: object) => ({ type: "action", action });
const location = (more: object = {}) => ({
  type: "location",
  title: "Office",
  address: "Bangkok",
  latitude: 13.7,
  longitude: 100.5,
  ...more,
});
const imagemap = (more: object = {}) => ({
  type: "imagemap",
  baseUrl: "https://media.example.com/map",
  altText: "Map",
  baseSize: { width: 1040, height: 700 },
  actions: [],
  ...more,
});
const picker = (mode: string, more: object = {}) => ({
  type: "datetimepicker",
  label: "When",
  data: "d",
  mode,
  ...more,
});
const flexVideo = (more: object = {}) => ({
  type: "video",
  url: "https://media.example.com/a.mp4",
  previewUrl: IMAGE,
  altContent: { type: "image", url: IMAGE },
  ...more,
});
const flexImage = (more: object = {}) => ({ type: "image", url: IMAGE, ...more });
const emoji = (index: number) => ({ index, productId: "p", emojiId: "001" });
const mention = { type: "mention", mentionee: { type: "all" } };

describe("messages that LINE accepts", () => {
  it.each<[string, object, string?]>([
    ["text of 5,000 UTF-16 units", text({ text: "あ".repeat(5000) })],
    ["text with an emoji at its $", text({ text: "Hi $", emojis: [emoji(3)] })],
    ["text with an unknown property", text({ colour: "red" })],
    ["text (v2) with doubled braces", { type: "textV2", text: "{{plain}}" }],
    [
      "text (v2) with an emoji",
      {
        type: "textV2",
        text: "Hi {e}",
        substitution: { e: { type: "emoji", productId: "p", emojiId: "1" } },
      },
    ],
    [
      "text (v2) with a mention in a group",
      { type: "textV2", text: "{all}", substitution: { all: mention } },
      GROUP,
    ],
    ["sticker", { type: "sticker", packageId: "11537", stickerId: "52002734" }],
    [
      "coupon",
      { type: "coupon", couponId: "01JYNW8JMQVFBNWF1APF8Z3FS7", deliveryTag: "a".repeat(30) },
    ],
    ["image", { type: "image", originalContentUrl: IMAGE, previewImageUrl: IMAGE }],
    [
      "image of an exempt local origin",
      {
        type: "image",
        originalContentUrl: "http://127.0.0.1:9/a.jpg",
        previewImageUrl: "http://127.0.0.1:9/b.jpg",
      },
    ],
    ["video", { type: "video", originalContentUrl: IMAGE, previewImageUrl: IMAGE }],
    ["audio", { type: "audio", originalContentUrl: IMAGE, duration: 1000 }],
    ["location", location()],
    ["imagemap", imagemap()],
    ["buttons", buttons({ title: "👍🏽".repeat(20), text: "x".repeat(60) })],
    ["buttons without an image: longer text", buttons({ text: "x".repeat(160) })],
    ["confirm", template({ type: "confirm", text: "Sure?", actions: [postback(), postback()] })],
    ["carousel", carousel(column(), column())],
    [
      "image carousel without labels",
      template({
        type: "image_carousel",
        columns: [{ imageUrl: IMAGE, action: { type: "message", text: "A" } }],
      }),
    ],
    ["flex bubble", flex(bubble())],
    ["flex carousel", flex({ type: "carousel", contents: [bubble(), bubble()] })],
    [
      "flex button with a label of 40",
      inBody({ type: "button", action: postback("x".repeat(40)) }),
    ],
    [
      "13 quick replies",
      quick(...Array.from({ length: 13 }, () => quickItem({ type: "camera", label: "Camera" }))),
    ],
    ["date picker without limits", buttons({ actions: [picker("date")] })],
    [
      "date picker",
      buttons({
        actions: [picker("date", { initial: "2028-02-29", min: "1900-01-01", max: "2100-12-31" })],
      }),
    ],
    [
      "time picker",
      buttons({ actions: [picker("time", { initial: "06:15", min: "00:00", max: "23:59" })] }),
    ],
    [
      "date and time picker, with either T",
      buttons({
        actions: [picker("datetime", { min: "2026-12-24t23:59", max: "2026-12-25T00:00" })],
      }),
    ],
    ["label of 20 emoji", quick(quickItem(postback("😀".repeat(20))))],
    ["postback data of 300 units", quick(quickItem({ ...postback(), data: "😀".repeat(150) }))],
    [
      "video with tracking",
      { type: "video", originalContentUrl: IMAGE, previewImageUrl: IMAGE, trackingId: "t" },
    ],
    ["flex video", flex(bubble({ hero: flexVideo({ aspectRatio: "20:13" }) }))],
    [
      "flex looks",
      flex(
        bubble({
          size: "giga",
          direction: "rtl",
          styles: { footer: { separator: true, separatorColor: "#00000080" } },
          body: {
            type: "box",
            layout: "vertical",
            paddingAll: "20px",
            paddingTop: "5.5%",
            spacing: "md",
            cornerRadius: "xxl",
            borderWidth: "semi-bold",
            width: "50%",
            offsetTop: "-4px",
            background: {
              type: "linearGradient",
              angle: "23.5deg",
              startColor: "#ffffff",
              endColor: "#00000000",
            },
            contents: [
              {
                type: "box",
                layout: "baseline",
                contents: [
                  { type: "icon", url: IMAGE, size: "3xl" },
                  { type: "text", text: "A", flex: 0, wrap: true, maxLines: 2, size: "18px" },
                ],
              },
              flexImage({ size: "full", aspectRatio: "1.91:1", aspectMode: "cover" }),
              { type: "separator", margin: "none" },
              { type: "text", contents: [{ type: "span", text: "B", weight: "bold" }] },
            ],
          },
        }),
      ),
    ],
    ["sender", text({ sender: { name: "Somchai", iconUrl: IMAGE } })],
  ])("%s", (_, message, to = USER) => {
    expect(() => check([message], to)).not.toThrow();
  });
});

describe("messages whose form LINE refuses", () => {
  it.each<[string, object, string, string]>([
    ["no type", { text: "x" }, "messages[0].type", "Must be one of the following values: ["],
    ["file", { type: "file" }, "messages[0].type", "Must be one of"],
    ["prototype property as type", { type: "constructor" }, "messages[0].type", "Must be one of"],
    ["no text", { type: "text" }, "messages[0].text", "May not be empty"],
    ["empty text", text({ text: "" }), "messages[0].text", "May not be empty"],
    [
      "long text",
      text({ text: "😀".repeat(2501) }),
      "messages[0].text",
      "Length must be between 0 and 5000",
    ],
    [
      "21 emojis",
      text({ text: "$".repeat(21), emojis: Array.from({ length: 21 }, (_, i) => emoji(i)) }),
      "messages[0].emojis",
      "Size must be between 1 and 20",
    ],
    [
      "plain http image",
      { type: "image", originalContentUrl: "http://a.example/x.jpg", previewImageUrl: IMAGE },
      "messages[0].originalContentUrl",
      "Must be a valid HTTPS URL",
    ],
    [
      "image with a Thai file name",
      { type: "image", originalContentUrl: IMAGE, previewImageUrl: "https://a.example/ไทย.jpg" },
      "messages[0].previewImageUrl",
      "Must be a valid HTTPS URL",
    ],
    [
      "URL of 2,001 characters",
      { type: "image", originalContentUrl: IMAGE.padEnd(2001, "x"), previewImageUrl: IMAGE },
      "messages[0].originalContentUrl",
      "Length must be between 0 and 2000",
    ],
    [
      "video without preview",
      { type: "video", originalContentUrl: IMAGE },
      "messages[0].previewImageUrl",
      "May not be empty",
    ],
    [
      "audio without duration",
      { type: "audio", originalContentUrl: IMAGE },
      "messages[0].duration",
      "May not be empty",
    ],
    [
      "audio of no length",
      { type: "audio", originalContentUrl: IMAGE, duration: 0 },
      "messages[0].duration",
      "Must be a positive value",
    ],
    ["no title", location({ title: "" }), "messages[0].title", "May not be empty"],
    [
      "long address",
      location({ address: "x".repeat(101) }),
      "messages[0].address",
      "Length must be between 0 and 100",
    ],
    ["no such place", location({ latitude: 91 }), "messages[0].latitude", "out of range"],
    [
      "imagemap of another width",
      imagemap({ baseSize: { width: 800, height: 700 } }),
      "messages[0].baseSize.width",
      "invalid value",
    ],
    [
      "long alternative text",
      { ...buttons(), altText: "x".repeat(1501) },
      "messages[0].altText",
      "Length must be between 0 and 1500",
    ],
    [
      "no alternative text",
      { ...flex(bubble()), altText: undefined },
      "messages[0].altText",
      "May not be empty",
    ],
    [
      "14 quick replies",
      quick(...Array.from({ length: 14 }, () => quickItem(postback()))),
      "messages[0].quickReply.items",
      "Size must be between 1 and 13",
    ],
    [
      "quick reply without a label",
      quick(quickItem({ type: "message", text: "Yes" })),
      "messages[0].quickReply.items[0].action.label",
      "May not be empty",
    ],
    [
      "quick reply with a long label",
      quick(quickItem(postback("x".repeat(21)))),
      "messages[0].quickReply.items[0].action.label",
      "must not be longer than 20 characters",
    ],
    [
      "postback data over 300",
      quick(quickItem({ ...postback(), data: "x".repeat(301) })),
      "messages[0].quickReply.items[0].action.data",
      "Length must be between 0 and 300",
    ],
    ["sender LINE", text({ sender: { name: "LINE" } }), "messages[0].sender.name", "LINE"],
  ])("%s", (_, message, property, wording) => {
    const refusal = refusalOf([message]);
    expect(refusal.status).toBe(400);
    expect(refusal.message).toBe(`The request body has ${refusal.details.length} error(s)`);
    expect(refusal.details).toContainEqual({
      property,
      message: expect.stringContaining(wording),
    });
  });

  it("counts the errors of all messages", () => {
    expect(refusalOf([text({ text: "" }), text(), { type: "video" }])).toMatchObject({
      message: "The request body has 3 error(s)",
      details: [
        { property: "messages[0].text" },
        { property: "messages[2].originalContentUrl" },
        { property: "messages[2].previewImageUrl" },
      ],
    });
  });

  it.each<[string, unknown, string]>([
    ["a message that is no object", "Hello", "messages[0]"],
    ["a number for a text", text({ text: 5 }), "messages[0].text"],
  ])("names %s as the invalid property", (_, message, property) => {
    expect(refusalOf([message])).toMatchObject({
      message: `The property, '${property}', in the request body is invalid (line: -, column: -)`,
      details: [],
    });
  });
});

describe("messages whose content LINE refuses", () => {
  it.each<[string, object, string]>([
    ["emoji beside its $", text({ text: "Hi $", emojis: [emoji(2)] }), "emojis/0/index"],
    ["two emojis at one $", text({ text: "$", emojis: [emoji(0), emoji(0)] }), "emojis/1/index"],
    [
      "sticker of another package",
      { type: "sticker", packageId: "1", stickerId: "1" },
      "stickerId",
    ],
    ["sticker out of range", { type: "sticker", packageId: "446", stickerId: "2028" }, "stickerId"],
    ["brace that is not doubled", { type: "textV2", text: "a } b" }, "text"],
    ["key with a space", { type: "textV2", text: "{a b}" }, "text"],
    ["key without substitution", { type: "textV2", text: "{a}" }, "text"],
    [
      "mention of a single user",
      { type: "textV2", text: "{all}", substitution: { all: mention } },
      "substitution",
    ],
    [
      "postback with displayText and text",
      buttons({ actions: [{ ...postback(), displayText: "A", text: "A" }] }),
      "template/actions/0/text",
    ],
    [
      "picker of an unknown mode",
      buttons({ actions: [picker("week")] }),
      "template/actions/0/mode",
    ],
    [
      "date with a time",
      buttons({ actions: [picker("date", { initial: "2026-12-25T10:00" })] }),
      "template/actions/0/initial",
    ],
    [
      "day that is not in the calendar",
      buttons({ actions: [picker("date", { max: "2026-02-29" })] }),
      "template/actions/0/max",
    ],
    [
      "date after 2100",
      buttons({ actions: [picker("date", { max: "2101-01-01" })] }),
      "template/actions/0/max",
    ],
    [
      "time with seconds",
      buttons({ actions: [picker("time", { min: "10:00:00" })] }),
      "template/actions/0/min",
    ],
    ["hour 24", buttons({ actions: [picker("time", { max: "24:00" })] }), "template/actions/0/max"],
    [
      "moment with a time zone",
      buttons({ actions: [picker("datetime", { initial: "2026-12-25T10:00Z" })] }),
      "template/actions/0/initial",
    ],
    [
      "min that is max",
      buttons({
        actions: [picker("datetime", { min: "2026-12-25t10:00", max: "2026-12-25T10:00" })],
      }),
      "template/actions/0/min",
    ],
    ["no actions", buttons({ actions: [] }), "template/actions"],
    ["5 buttons", buttons({ actions: Array(5).fill(postback()) }), "template/actions"],
    ["title of 41", buttons({ title: "x".repeat(41) }), "template/title"],
    ["text of 61 under a title", buttons({ title: "A", text: "x".repeat(61) }), "template/text"],
    ["text of 161", buttons({ text: "x".repeat(161) }), "template/text"],
    ["relative link", buttons({ actions: [link("/book")] }), "template/actions/0/uri"],
    ["script link", buttons({ actions: [link("javascript:x")] }), "template/actions/0/uri"],
    [
      "link with a second #",
      buttons({ actions: [link("https://a.example/#b#c")] }),
      "template/actions/0/uri",
    ],
    [
      "link with brackets",
      buttons({ actions: [link("https://a.example/[b]")] }),
      "template/actions/0/uri",
    ],
    [
      "link with half an escape",
      buttons({ actions: [link("https://a.example/%zz")] }),
      "template/actions/0/uri",
    ],
    [
      "link to an Android package",
      buttons({ actions: [link("https://a.example/b.apk")] }),
      "template/actions/0/uri",
    ],
    ["scheme alone", buttons({ actions: [link("line://")] }), "template/actions/0/uri"],
    ["phone number with a bar", buttons({ actions: [link("tel:1|2")] }), "template/actions/0/uri"],
    [
      "camera outside a quick reply",
      buttons({ actions: [{ type: "camera", label: "C" }] }),
      "template/actions/0/type",
    ],
    [
      "confirm with 1 action",
      template({ type: "confirm", text: "?", actions: [postback()] }),
      "template/actions",
    ],
    ["unknown template", template({ type: "list" }), "template/type"],
    ["11 columns", carousel(...Array(11).fill(column())), "template/columns"],
    [
      "4 actions in a column",
      carousel(column({ actions: Array(4).fill(postback()) })),
      "template/columns/0/actions",
    ],
    [
      "columns with different numbers of actions",
      carousel(column(), column({ actions: [postback(), postback()] })),
      "template/columns/1/actions",
    ],
    [
      "title in one column only",
      carousel(column(), column({ title: "A" })),
      "template/columns/1/title",
    ],
    [
      "image carousel label of 13",
      template({
        type: "image_carousel",
        columns: [{ imageUrl: IMAGE, action: postback("x".repeat(13)) }],
      }),
      "template/columns/0/action/label",
    ],
    ["unknown component", inBody({ type: "list" }), "/body/contents/0/type"],
    ["empty flex text", inBody({ type: "text", text: "" }), "/body/contents/0/text"],
    ["short colour", inBody({ type: "text", text: "A", color: "#444" }), "/body/contents/0/color"],
    [
      "flex button label of 41",
      inBody({ type: "button", action: postback("x".repeat(41)) }),
      "/body/contents/0/action/label",
    ],
    ["body that is no box", flex(bubble({ body: { type: "text", text: "A" } })), "/body/type"],
    ["bubble over 30 KB", inBody({ type: "text", text: "x".repeat(30_000) }), "/"],
    [
      "unknown field",
      inBody({ type: "text", text: "A", colour: "red" }),
      "/body/contents/0/colour",
    ],
    ["unknown style", flex(bubble({ styles: { type: "x" } })), "/styles/type"],
    [
      "button in a baseline box",
      inBody({
        type: "box",
        layout: "baseline",
        contents: [{ type: "button", action: postback() }],
      }),
      "/body/contents/0/contents/0",
    ],
    ["icon in a vertical box", inBody({ type: "icon", url: IMAGE }), "/body/contents/0"],
    ["video outside the hero", inBody(flexVideo()), "/body/contents/0/type"],
    ["video in a small bubble", flex(bubble({ size: "hecto", hero: flexVideo() })), "/hero"],
    [
      "video in a carousel",
      flex({ type: "carousel", contents: [bubble({ hero: flexVideo() })] }),
      "/contents",
    ],
    [
      "size without a unit",
      inBody({ type: "text", text: "A", size: "18" }),
      "/body/contents/0/size",
    ],
    ["part of a share", inBody({ type: "text", text: "A", flex: 0.5 }), "/body/contents/0/flex"],
    ["tall image", inBody(flexImage({ aspectRatio: "1:4" })), "/body/contents/0/aspectRatio"],
    [
      "image without https",
      inBody(flexImage({ url: "http://a.example/x.jpg" })),
      "/body/contents/0/url",
    ],
    [
      "11 animated images",
      flex(
        bubble({
          body: {
            type: "box",
            layout: "vertical",
            contents: Array(11).fill(flexImage({ animated: true })),
          },
        }),
      ),
      "/",
    ],
    ["13 bubbles", flex({ type: "carousel", contents: Array(13).fill(bubble()) }), "/contents"],
    [
      "bubbles of different sizes",
      flex({ type: "carousel", contents: [bubble(), bubble({ size: "nano" })] }),
      "/contents",
    ],
  ])("%s", (_, message, property) => {
    const refusal = refusalOf([text(), message]);
    expect(refusal.message).toBe("A message (messages[1]) in the request body is invalid");
    expect(refusal.details).toContainEqual({ property, message: expect.any(String) });
  });
});

it("refuses video tracking in groups", () => {
  const video = { type: "video", originalContentUrl: IMAGE, previewImageUrl: IMAGE };
  expect(() => check([{ ...video, trackingId: "t" }], GROUP)).toThrow("is invalid");
  expect(() => check([video], GROUP)).not.toThrow();
  expect(() => check([{ ...video, trackingId: "t" }])).not.toThrow();
});

function refusalOf(messages: unknown[]): LineRefusal {
  try {
    check(messages, USER);
  } catch (error) {
    if (error instanceof LineRefusal) {
      return error;
    }
    throw error;
  }
  throw new Error("LINE accepts these messages");
}
