import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";
import { channelOf, postInbound, RETAIL, USER } from "./retail-integration.ts";

const HOUR = 3600 * 1000;

const BUY = { type: "Postback", text: "選擇", payload: "buy" };
const MORE = { type: "Link", text: "詳情", url: "https://shop.example" };

/** A content item of each kind that can be answered. */
const CONTENT = {
  quickReply: {
    contentType: "QuickReply",
    quickReply: { text: "はい", payload: "yes", action: "Message" },
  },
  quickReplyV2: {
    contentType: "QuickReplyV2",
    quickReplyV2: { title: "?", actions: [{ text: "いいえ", payload: "no", action: "Message" }] },
  },
  card: {
    contentType: "Card",
    card: { title: "外套", actions: [BUY, MORE], defaultAction: { ...BUY, payload: "look" } },
  },
  carousel: {
    contentType: "Carousel",
    carousel: { cards: [{ title: "A", actions: [{ type: "Postback", text: "ดูเพิ่มเติม" }] }] },
  },
  listPicker: {
    contentType: "ListPicker",
    listPicker: { sections: [{ title: "Size", items: [{ id: "size-m", title: "M" }] }] },
  },
  notification: {
    contentType: "Notification",
    template: {
      body: { text: "Ready", parameters: [] },
      buttons: [
        { type: "QuickReply", index: 0, text: "OK", payload: "ok" },
        { type: "Url", index: 1, text: "Track", url: "https://shop.example" },
      ],
    },
  },
  datePicker: { contentType: "DatePicker", datePicker: { title: "วันไหนดีคะ" } },
};

let genesys: GenesysCloud;
let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23);
  bridge = await startWebhookReceiver();
  genesys = await startGenesysCloud({ integrations: [RETAIL], now: () => now });
  genesys.setWebhook("retail", bridge.url);
});
afterEach(async () => {
  await genesys.close();
  await bridge.close();
});

const ask = async (...kinds: (keyof typeof CONTENT)[]) =>
  (
    await genesys.reply("retail", USER, {
      type: "Structured",
      text: "?",
      content: kinds.map((kind) => CONTENT[kind]),
    })
  ).id;

const respond = (originatingMessageId: string, buttonResponse: object, fromId = USER) =>
  postInbound(genesys.origin, "structured/response", {
    channel: { ...channelOf(fromId), messageId: "500" },
    buttonResponse,
    originatingMessageId,
  });

it("shows on the desktop and is answered with what was tapped", async () => {
  const id = await ask("quickReply", "quickReplyV2");
  expect(bridge.bodies()).toMatchObject([{ type: "Structured", originatingEntity: "Bot" }]);
  const tapped = { type: "QuickReply", text: "はい", payload: "yes" };
  expect(await respond(id, tapped)).toMatchObject({
    status: 200,
    body: {
      type: "Structured",
      direction: "Inbound",
      content: [{ contentType: "ButtonResponse", buttonResponse: tapped }],
    },
  });
  expect(genesys.messages("retail", USER)).toMatchObject([
    { text: "はい", messageId: "500", buttonResponse: tapped },
  ]);
  expect(genesys.conversations("retail")).toMatchObject([
    { messages: [{ id, structured: [CONTENT.quickReply, CONTENT.quickReplyV2] }, {}] },
  ]);
});

it.each<[keyof typeof CONTENT, string, string, string]>([
  ["quickReply", "QuickReply", "はい", "yes"],
  ["quickReplyV2", "QuickReply", "いいえ", "no"],
  ["card", "Button", "選擇", "buy"],
  ["card", "Button", "選擇", "look"],
  ["carousel", "Button", "ดูเพิ่มเติม", "ดูเพิ่มเติม"],
  ["listPicker", "Button", "M", "size-m"],
  ["listPicker", "QuickReply", "M", "size-m"],
  ["notification", "QuickReply", "OK", "ok"],
  ["datePicker", "DatePicker", "23 พ.ย. 2569", "2026-11-23"],
  ["datePicker", "DatePicker", "23 พ.ย. 2569 10:30", "2026-11-23T10:30"],
  ["datePicker", "DatePicker", "23 พ.ย. 2569 10:30", "2026-11-23T10:30:00+07:00"],
  ["datePicker", "DatePicker", "23 พ.ย. 2569 10:30", "2026-11-23T03:30:00.000Z"],
])("takes a tap on %s as %s", async (kind, type, text, payload) => {
  const id = await ask(kind);
  expect(await respond(id, { type, text, payload })).toMatchObject({ status: 200 });
});

it.each<[string, keyof typeof CONTENT, object]>([
  ["another payload", "quickReply", { type: "QuickReply", text: "はい", payload: "no" }],
  ["another text", "quickReply", { type: "QuickReply", text: "Yes", payload: "yes" }],
  ["another kind of button", "quickReply", { type: "Button", text: "はい", payload: "yes" }],
  ["a link", "card", { type: "Button", text: "詳情", payload: "https://shop.example" }],
  ["a template's link", "notification", { type: "QuickReply", text: "Track", payload: "Track" }],
  ["a date without a picker", "card", { type: "DatePicker", text: "x", payload: "2026-11-23" }],
  ["no date", "datePicker", { type: "DatePicker", text: "x", payload: "23/11/2026" }],
  [
    "a day that does not exist",
    "datePicker",
    { type: "DatePicker", text: "x", payload: "2026-02-30" },
  ],
  ["no payload", "quickReply", { type: "QuickReply", text: "はい" }],
  [
    "a kind that is not on this endpoint",
    "listPicker",
    { type: "ListPicker", text: "M", payload: "size-m" },
  ],
])("is refused for %s", async (_, kind, response) => {
  const id = await ask(kind);
  expect(await respond(id, response)).toMatchObject({ status: 400 });
  expect(genesys.messages("retail", USER)).toEqual([]);
});

it("needs a structured message of the open conversation", async () => {
  const yes = { type: "QuickReply", text: "はい", payload: "yes" };
  const refused = {
    status: 400,
    body: { code: "bad.request", details: [{ fieldName: "originatingMessageId" }] },
  };
  expect(await respond("unknown", yes)).toMatchObject(refused);
  expect(genesys.conversations("retail")).toEqual([]);

  const id = await ask("quickReply");
  const { id: text } = await genesys.reply("retail", USER, { type: "Text", text: "はい" });
  expect(await respond(text, yes)).toMatchObject(refused);
  expect(await respond(id, yes, "another")).toMatchObject(refused);
  now += 72 * HOUR;
  expect(await respond(id, yes)).toMatchObject(refused);
  expect(genesys.conversations("retail")).toHaveLength(1);
});

it("outlives content of kinds that are not known yet", async () => {
  const { id } = await genesys.reply("retail", USER, {
    type: "Structured",
    content: [
      null,
      { contentType: "Hologram", hologram: 1 },
      { quickReply: 1 },
      CONTENT.quickReply,
    ],
  });
  const yes = { type: "QuickReply", text: "はい", payload: "yes" };
  expect(await respond(id, yes)).toMatchObject({ status: 200 });
});
