import type { Samples } from "./samples.ts";

export const THAI = {
  customers: ["สมชาย", "มะลิ", "ณัฐวุฒิ"],
  sticker: {
    type: "sticker",
    packageId: "11537",
    stickerId: "52002734",
    keywords: ["โคนี่", "แซลลี่", "จ้องมอง"],
  },
  location: {
    type: "location",
    title: "สยามพารากอน",
    address: "991 ถนนพระราม 1 ปทุมวัน กรุงเทพฯ",
    latitude: 13.7463,
    longitude: 100.5347,
  },
  cannedResponses: [
    { title: "ทักทาย", text: "สวัสดีค่ะ ยินดีให้บริการค่ะ วันนี้ต้องการสอบถามเรื่องใดคะ" },
    { title: "ขอหมายเลขคำสั่งซื้อ", text: "รบกวนแจ้งหมายเลขคำสั่งซื้อด้วยนะคะ เจ้าหน้าที่จะรีบตรวจสอบให้ค่ะ" },
    { title: "กำลังตรวจสอบ", text: "ขออนุญาตตรวจสอบข้อมูลสักครู่นะคะ กรุณารอสักครู่ค่ะ" },
    { title: "เวลาทำการ", text: "สาขาเปิดให้บริการทุกวัน เวลา 10:00–22:00 น. ค่ะ" },
    { title: "คืนสินค้า", text: "คืนสินค้าได้ภายใน 7 วันนับจากวันที่ได้รับสินค้า โดยต้องอยู่ในสภาพเดิมพร้อมใบเสร็จค่ะ" },
    { title: "ขออภัย", text: "ทางร้านต้องขออภัยในความไม่สะดวกเป็นอย่างยิ่งค่ะ" },
    { title: "ขอบคุณ", text: "ขอบคุณที่ใช้บริการค่ะ หากมีข้อสงสัยเพิ่มเติม ทักแชทมาได้เลยนะคะ 🙏" },
    { title: "ขอตำแหน่งที่ตั้ง", text: "รบกวนส่งตำแหน่งที่ตั้งให้หน่อยนะคะ [LINE ASK: location]" },
  ],
  botMessages: {
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
            title: "ต้องการสอบถามเรื่องใดคะ",
            actions: [
              { text: "สถานะการจัดส่ง", payload: "delivery-status", action: "Message" },
              { text: "คืนสินค้า", payload: "return", action: "Message" },
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
            title: "เสื้อโค้ทขนสัตว์",
            description: "ไซซ์ M เหลือ 1 ตัวค่ะ ต้องการให้จองไว้ไหมคะ",
            actions: [
              { type: "Postback", text: "จองไว้", payload: "reserve:coat:m" },
              { type: "Link", text: "ดูสินค้า", url: "https://shop.example/coat" },
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
                title: "หมวกไหมพรม",
                description: "390 บาท",
                actions: [{ type: "Postback", text: "ซื้อหมวก", payload: "buy:hat" }],
              },
              {
                title: "ผ้าพันคอ",
                description: "590 บาท",
                actions: [{ type: "Postback", text: "ซื้อผ้าพันคอ", payload: "buy:scarf" }],
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
          datePicker: { title: "วันที่ต้องการให้จัดส่งใหม่", subtitle: "กรุณาเลือกวันและเวลาค่ะ" },
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
            language: "th",
            header: { type: "Text", text: "แจ้งการจัดส่งสินค้า", parameters: [] },
            body: {
              text: "จัดส่งสินค้าตามคำสั่งซื้อ {{order}} เรียบร้อยแล้วค่ะ",
              parameters: [{ name: "order", text: "A-1029" }],
            },
            footer: { text: "ข้อความนี้เป็นข้อความอัตโนมัติ" },
            buttons: [{ type: "QuickReply", index: 0, text: "รับทราบ", payload: "accept" }],
          },
        },
      ],
    },
  },
} as const satisfies Samples;
