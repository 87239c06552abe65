import type { Samples } from "./samples.ts";

export const TRADITIONAL_CHINESE = {
  customers: ["美玲", "志豪", "怡君"],
  sticker: {
    type: "sticker",
    packageId: "11537",
    stickerId: "52002734",
    keywords: ["兔兔", "莎莉", "盯著看"],
  },
  location: {
    type: "location",
    title: "台北 101",
    address: "台北市信義區信義路五段7號",
    latitude: 25.034,
    longitude: 121.5645,
  },
  cannedResponses: [
    { title: "問候", text: "您好，感謝您的來訊，請問有什麼可以為您服務的嗎？" },
    { title: "詢問訂單編號", text: "麻煩您提供訂單編號，我們馬上為您查詢。" },
    { title: "查詢中", text: "正在為您確認，請您稍候一下。" },
    { title: "營業時間", text: "門市營業時間為每天 11:00–21:30。" },
    { title: "退貨", text: "商品到貨後 7 天內，保持全新狀態並附上發票，即可申請退貨。" },
    { title: "致歉", text: "造成您的不便，我們深感抱歉。" },
    { title: "感謝", text: "感謝您的惠顧，若有其他問題，歡迎隨時與我們聯絡。" },
    { title: "請提供位置", text: "麻煩您分享目前的位置。 [LINE ASK: location]" },
  ],
  botMessages: {
    "Quick replies": {
      type: "Structured",
      text: "請問您想如何取貨呢？",
      content: [
        {
          contentType: "QuickReply",
          quickReply: { text: "門市取貨", payload: "pickup", action: "Message" },
        },
        {
          contentType: "QuickReply",
          quickReply: { text: "宅配到府 🚚", payload: "delivery", action: "Message" },
        },
      ],
    },
    "Quick replies V2": {
      type: "Structured",
      content: [
        {
          contentType: "QuickReplyV2",
          quickReplyV2: {
            title: "請選擇您的問題",
            actions: [
              { text: "配送進度", payload: "delivery-status", action: "Message" },
              { text: "退貨", payload: "return", action: "Message" },
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
      text: "請選擇尺寸",
      content: [
        {
          contentType: "ListPicker",
          listPicker: {
            sections: [
              {
                title: "尺寸",
                multipleSelection: false,
                items: [
                  { id: "size-s", title: "S" },
                  { id: "size-m", title: "M", subtitle: "剩 1 件" },
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
          datePicker: { title: "重新配送日期", subtitle: "請選擇日期與時間" },
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
            language: "zh-TW",
            header: { type: "Text", text: "出貨通知", parameters: [] },
            body: {
              text: "您的訂單 {{order}} 已出貨。",
              parameters: [{ name: "order", text: "A-1029" }],
            },
            footer: { text: "此為系統自動發送的訊息。" },
            buttons: [{ type: "QuickReply", index: 0, text: "知道了", payload: "accept" }],
          },
        },
      ],
    },
  },
} as const satisfies Samples;
