import type { Samples } from "./samples.ts";

export const ENGLISH = {
  customers: ["Emma", "Daniel", "Priya"],
  sticker: {
    type: "sticker",
    packageId: "11537",
    stickerId: "52002734",
    keywords: ["cony", "sally", "Staring"],
  },
  location: {
    type: "location",
    title: "ION Orchard",
    address: "2 Orchard Turn, Singapore 238801",
    latitude: 1.304,
    longitude: 103.8318,
  },
  cannedResponses: [
    {
      title: "Greeting",
      text: "Hello, and thank you for writing to us. How can I help you today?",
    },
    {
      title: "Ask for the order number",
      text: "Could you please tell me your order number? I will check it for you right away.",
    },
    { title: "Checking", text: "Please give me a moment while I check this for you." },
    { title: "Opening hours", text: "Our store is open every day from 10:00 to 22:00." },
    {
      title: "Returns",
      text: "You can return an item within 7 days of delivery, unused and with the receipt.",
    },
    { title: "Apology", text: "We are very sorry for the inconvenience." },
    {
      title: "Thank you",
      text: "Thank you for shopping with us. If you have any other question, please write to us at any time.",
    },
    {
      title: "Ask for the location",
      text: "Could you share your location, please? [LINE ASK: location]",
    },
  ],
  botMessages: {
    "Quick replies": {
      type: "Structured",
      text: "How would you like to receive your order?",
      content: [
        {
          contentType: "QuickReply",
          quickReply: { text: "Pick up in store", payload: "pickup", action: "Message" },
        },
        {
          contentType: "QuickReply",
          quickReply: { text: "Home delivery 🚚", payload: "delivery", action: "Message" },
        },
      ],
    },
    "Quick replies V2": {
      type: "Structured",
      content: [
        {
          contentType: "QuickReplyV2",
          quickReplyV2: {
            title: "What can we help you with?",
            actions: [
              { text: "Delivery status", payload: "delivery-status", action: "Message" },
              { text: "Return", payload: "return", action: "Message" },
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
            title: "Wool coat",
            description: "There is one left in size M. Shall we reserve it for you?",
            actions: [
              { type: "Postback", text: "Reserve", payload: "reserve:coat:m" },
              { type: "Link", text: "Product page", url: "https://shop.example/coat" },
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
                title: "Knitted hat",
                description: "$39",
                actions: [{ type: "Postback", text: "Buy the hat", payload: "buy:hat" }],
              },
              {
                title: "Scarf",
                description: "$59",
                actions: [{ type: "Postback", text: "Buy the scarf", payload: "buy:scarf" }],
              },
            ],
          },
        },
      ],
    },
    "List picker": {
      type: "Structured",
      text: "Please choose your size",
      content: [
        {
          contentType: "ListPicker",
          listPicker: {
            sections: [
              {
                title: "Size",
                multipleSelection: false,
                items: [
                  { id: "size-s", title: "S" },
                  { id: "size-m", title: "M", subtitle: "1 left" },
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
          datePicker: {
            title: "Date of the new delivery",
            subtitle: "Please choose a date and time",
          },
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
            language: "en",
            header: { type: "Text", text: "Your order is on its way", parameters: [] },
            body: {
              text: "We have shipped your order {{order}}.",
              parameters: [{ name: "order", text: "A-1029" }],
            },
            footer: { text: "This message was sent automatically." },
            buttons: [{ type: "QuickReply", index: 0, text: "Got it", payload: "accept" }],
          },
        },
      ],
    },
  },
} as const satisfies Samples;
