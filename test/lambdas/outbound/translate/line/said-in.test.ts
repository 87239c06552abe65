import type { messagingApi } from "@line/bot-sdk";
import { saidIn } from "../../../../../lambdas/outbound/translate/line/said-in.ts";

const url = "https://media.example/a";

describe("what a LINE message says", () => {
  it.each<[string, messagingApi.Message, string]>([
    ["a text", { type: "text", text: "สวัสดีค่ะ\nยินดีช่วยค่ะ " }, "สวัสดีค่ะ ยินดีช่วยค่ะ"],
    [
      "a card",
      {
        type: "template",
        altText: "プラン A",
        template: { type: "buttons", text: "A", actions: [] },
      },
      "プラン A",
    ],
    [
      "a Flex message",
      { type: "flex", altText: "Our shop", contents: { type: "bubble" } },
      "Our shop",
    ],
    [
      "a location",
      { type: "location", title: "Siam", address: "Rama I", latitude: 13.7, longitude: 100.5 },
      "Siam",
    ],
    [
      "a known sticker",
      { type: "sticker", packageId: "789", stickerId: "10855" },
      "[LINE STICKER: Sally: Special Edition]",
    ],
    ["another sticker", { type: "sticker", packageId: "1", stickerId: "2" }, "[LINE STICKER]"],
    ["an image", { type: "image", originalContentUrl: url, previewImageUrl: url }, "[LINE IMAGE]"],
    ["a video", { type: "video", originalContentUrl: url, previewImageUrl: url }, "[LINE VIDEO]"],
    ["an audio", { type: "audio", originalContentUrl: url, duration: 1 }, "[LINE AUDIO]"],
  ])("is one line for %s", (_, message, text) => {
    expect(saidIn(message)).toBe(text);
  });
});
