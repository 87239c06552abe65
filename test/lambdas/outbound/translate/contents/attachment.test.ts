import type { LineAttachment } from "../../../../../lambdas/outbound/translate/line/line-attachment.ts";
import { readable, rendered, taps } from "../render.ts";

const url = "https://api-downloads.mypurecloud.jp/api/v2/downloads/1";
const attachment = { id: "1", mediaType: "Image", url, mime: "image/jpeg", filename: "photo.jpg" };
const contentOf = (more = {}) => ({
  contentType: "Attachment",
  attachment: { ...attachment, ...more },
});
const hosted = (file: LineAttachment) => ({ attachments: new Map([[0, file]]) });

describe("an attachment", () => {
  it.each([
    [
      { kind: "image", url: "https://m.example/1", previewUrl: "https://m.example/2" },
      {
        type: "image",
        originalContentUrl: "https://m.example/1",
        previewImageUrl: "https://m.example/2",
      },
    ],
    [
      { kind: "video", url: "https://m.example/วิดีโอ", previewUrl: "https://m.example/2" },
      {
        type: "video",
        originalContentUrl:
          "https://m.example/%E0%B8%A7%E0%B8%B4%E0%B8%94%E0%B8%B5%E0%B9%82%E0%B8%AD",
        previewImageUrl: "https://m.example/2",
      },
    ],
    [
      { kind: "audio", url: "https://m.example/1", durationMs: 60_500 },
      { type: "audio", originalContentUrl: "https://m.example/1", duration: 60_500 },
    ],
  ] as const)("is LINE's own kind of message: %j", (file, message) => {
    expect(rendered(contentOf(), hosted(file))).toEqual([message]);
  });

  it.each([
    ["ใบเสนอราคา.pdf", 0, "0 B"],
    ["見積書.pdf", 999, "999 B"],
    ["عرض السعر.pdf", 10_240, "10.2 KB"],
    ["👨‍👩‍👧‍👦.zip", 25_000_000, "25 MB"],
    ["报价单.pdf", 3_400_000_000, "3.4 GB"],
  ])(
    "is a card with a link if LINE has no such message: %s of %d bytes",
    (fileName, bytes, size) => {
      const messages = rendered(
        contentOf(),
        hosted({ kind: "file", url: "https://m.example/1", fileName, bytes }),
      );
      expect(messages).toMatchObject([{ type: "flex", altText: fileName }]);
      expect(readable(messages)).toEqual([fileName, size, "Open"]);
      expect(taps(messages)).toMatchObject([{ type: "uri", uri: "https://m.example/1" }]);
    },
  );

  it.each([
    ["\u202efdp.exe", "fdp.exe"],
    ["a\u0000b\n.pdf", "ab .pdf"],
    [" ", "File"],
  ])("shows no misleading file name: %j", (fileName, shown) => {
    const file = { kind: "file", url: "https://m.example/1", fileName, bytes: 1 } as const;
    expect(rendered(contentOf(), hosted(file))).toMatchObject([{ altText: shown }]);
  });

  it("has its caption before it", () => {
    const file = { kind: "audio", url: "https://m.example/1", durationMs: 1 } as const;
    const messages = rendered(contentOf({ text: "お聞きください" }), hosted(file));
    expect(messages).toMatchObject([{ type: "text", text: "お聞きください" }, { type: "audio" }]);
  });

  it("is a text if it is a link", () => {
    const link = contentOf({ mediaType: "Link", text: "地図", url: "https://shop.example/地図" });
    expect(readable(rendered(link))).toEqual(["地図", "https://shop.example/%E5%9C%B0%E5%9B%B3"]);
  });

  it("does not show Genesys' own URL if it cannot be read", () => {
    expect(rendered(contentOf({ filename: 7 }))).toEqual([]);
  });
});
