import type { OutboundMessage } from "../simulators/genesys/outbound.ts";

/** Structured messages and typing as bots and agents send them, by the names that the console shows. */
export const BOT_MESSAGES = {
  "Quick replies": {
    type: "Structured",
    text: "ต้องการรับสินค้าแบบไหนคะ",
    content: [
      {
        contentType: "QuickReply",
        quickReply: { text: "รับที่สาขา", payload: "pickup", action: "Message" },
      },
      {
        contentType: "QuickReply",
        quickReply: { text: "จัดส่งถึงบ้าน 🚚", payload: "delivery", action: "Message" },
      },
    ],
  },
  "Quick replies V2": {
    type: "Structured",
    content: [
      {
        contentType: "QuickReplyV2",
        quickReplyV2: {
          title: "ご用件をお選びください",
          actions: [
            { text: "配送状況", payload: "delivery-status", action: "Message" },
            { text: "返品", payload: "return", action: "Message" },
          ],
        },
      },
    ],
  },
  Card: {
    type: "Structured",
    content: [
      {
        contentType: "Card",
        card: {
          title: "羊毛外套",
          description: "M 號還有一件，要為您保留嗎？",
          actions: [
            { type: "Postback", text: "保留", payload: "reserve:coat:m" },
            { type: "Link", text: "商品頁", url: "https://shop.example/coat" },
          ],
        },
      },
    ],
  },
  Carousel: {
    type: "Structured",
    content: [
      {
        contentType: "Carousel",
        carousel: {
          cards: [
            {
              title: "毛帽",
              description: "NT$390",
              actions: [{ type: "Postback", text: "買毛帽", payload: "buy:hat" }],
            },
            {
              title: "圍巾",
              description: "NT$590",
              actions: [{ type: "Postback", text: "買圍巾", payload: "buy:scarf" }],
            },
          ],
        },
      },
    ],
  },
  "List picker": {
    type: "Structured",
    text: "เลือกไซซ์ได้เลยค่ะ",
    content: [
      {
        contentType: "ListPicker",
        listPicker: {
          sections: [
            {
              title: "ไซซ์",
              multipleSelection: false,
              items: [
                { id: "size-s", title: "S" },
                { id: "size-m", title: "M", subtitle: "เหลือ 1 ตัว" },
                { id: "size-l", title: "L" },
              ],
            },
          ],
        },
      },
    ],
  },
  "Date picker": {
    type: "Structured",
    content: [
      {
        contentType: "DatePicker",
        datePicker: { title: "再配達のご希望日", subtitle: "日時をお選びください" },
      },
    ],
  },
  Notification: {
    type: "Structured",
    content: [
      {
        contentType: "Notification",
        template: {
          id: "cannedresponse@1029",
          language: "ja",
          header: { type: "Text", text: "発送のお知らせ", parameters: [] },
          body: {
            text: "ご注文 {{order}} を発送しました。",
            parameters: [{ name: "order", text: "A-1029" }],
          },
          footer: { text: "このメッセージは自動送信です。" },
          buttons: [{ type: "QuickReply", index: 0, text: "受け取ります", payload: "accept" }],
        },
      },
    ],
  },
  Typing: {
    type: "Event",
    events: [{ eventType: "Typing", typing: { type: "On", duration: 5_000 } }],
  },
} as const satisfies Record<string, OutboundMessage>;
