import type { Samples } from "./samples.ts";

export const JAPANESE = {
  customers: ["さくら", "健太", "美咲"],
  sticker: {
    type: "sticker",
    packageId: "11537",
    stickerId: "52002734",
    keywords: ["コニー", "サリー", "じーっ"],
  },
  location: {
    type: "location",
    title: "東京タワー",
    address: "東京都港区芝公園4-2-8",
    latitude: 35.6586,
    longitude: 139.7454,
  },
  cannedResponses: [
    {
      title: "ごあいさつ",
      text: "お問い合わせいただきありがとうございます。本日はどのようなご用件でしょうか。",
    },
    {
      title: "注文番号の確認",
      text: "恐れ入りますが、ご注文番号をお知らせいただけますでしょうか。",
    },
    { title: "確認中", text: "ただいま確認いたします。少々お待ちください。" },
    { title: "営業時間", text: "店舗の営業時間は毎日10:00〜20:00です。" },
    { title: "返品について", text: "商品到着後7日以内で未使用の場合に限り、返品を承ります。" },
    { title: "お詫び", text: "ご不便をおかけし、誠に申し訳ございません。" },
    {
      title: "お礼",
      text: "ご利用いただきありがとうございました。ご不明な点がございましたら、いつでもご連絡ください。",
    },
    {
      title: "位置情報のお願い",
      text: "位置情報をお送りいただけますでしょうか。 [LINE ASK: location]",
    },
  ],
  botMessages: {
    "Quick replies": {
      type: "Structured",
      text: "受け取り方法をお選びください",
      content: [
        {
          contentType: "QuickReply",
          quickReply: { text: "店舗で受け取り", payload: "pickup", action: "Message" },
        },
        {
          contentType: "QuickReply",
          quickReply: { text: "ご自宅へ配送 🚚", payload: "delivery", action: "Message" },
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
            title: "ウールコート",
            description: "Mサイズは残り1点です。お取り置きしますか？",
            actions: [
              { type: "Postback", text: "取り置きする", payload: "reserve:coat:m" },
              { type: "Link", text: "商品ページ", url: "https://shop.example/coat" },
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
                title: "ニット帽",
                description: "3,900円",
                actions: [{ type: "Postback", text: "ニット帽を買う", payload: "buy:hat" }],
              },
              {
                title: "マフラー",
                description: "5,900円",
                actions: [{ type: "Postback", text: "マフラーを買う", payload: "buy:scarf" }],
              },
            ],
          },
        },
      ],
    },
    "List picker": {
      type: "Structured",
      text: "サイズをお選びください",
      content: [
        {
          contentType: "ListPicker",
          listPicker: {
            sections: [
              {
                title: "サイズ",
                multipleSelection: false,
                items: [
                  { id: "size-s", title: "S" },
                  { id: "size-m", title: "M", subtitle: "残り1点" },
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
  },
} as const satisfies Samples;
