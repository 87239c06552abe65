import { botMessagesOf } from "./bot-messages.ts";
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
  botMessages: botMessagesOf({
    howToReceive: "How would you like to receive your order?",
    pickUp: "Pick up in store",
    homeDelivery: "Home delivery 🚚",
    whatAbout: "What can we help you with?",
    deliveryStatus: "Delivery status",
    returnGoods: "Return",
    coat: "Wool coat",
    oneCoatLeft: "There is one left in size M. Shall we keep it for you?",
    reserve: "Keep it for me",
    productPage: "Product page",
    hat: "Knitted hat",
    hatPrice: "$39",
    buyHat: "Buy the hat",
    scarf: "Scarf",
    scarfPrice: "$59",
    buyScarf: "Buy the scarf",
    chooseSize: "Please choose your size",
    size: "Size",
    oneLeft: "1 left",
    deliveryDate: "Date of the new delivery",
    chooseDate: "Please choose a date and time",
    language: "en",
    onItsWay: "Your order is on its way",
    shipped: "We have shipped your order {{order}}.",
    automatic: "This message was sent automatically.",
    accept: "Got it",
  }),
} as const satisfies Samples;
