import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { describeMedia } from "../../../../lambdas/worker/translate/media.ts";
import type { LineMedia, MediaOutcome } from "../../../../lambdas/worker/translate/translation.ts";
import { defaults, MESSAGE_ID, messageEventOf } from "./example-event.ts";

const line = { contentProvider: { type: "line" } };
const external = {
  contentProvider: {
    type: "external",
    originalContentUrl: "https://shop.example/写真.jpg",
    previewImageUrl: "https://shop.example/small.jpg",
  },
};
const translate = (message: object) => translateLineEvent(messageEventOf(message), defaults);

describe("media messages", () => {
  it.each<[string, object, object]>([
    ["an image", { type: "image", ...line }, { kind: "image", source: { from: "line" } }],
    [
      "a video",
      { type: "video", duration: 60_000, ...line },
      { kind: "video", source: { from: "line" } },
    ],
    [
      "an audio",
      { type: "audio", duration: 4_000, ...line },
      { kind: "audio", source: { from: "line" } },
    ],
    [
      "a file, with the name that it has on the phone",
      { type: "file", fileName: "../ใบเสร็จ\u0000.pdf", fileSize: 2_138 },
      { kind: "file", source: { from: "line" }, fileName: "../ใบเสร็จ\u0000.pdf" },
    ],
    [
      "a file without a name",
      { type: "file", fileSize: 2_138 },
      { kind: "file", source: { from: "line" } },
    ],
    [
      "an image on another server",
      { type: "image", ...external },
      { kind: "image", source: { from: "external", url: "https://shop.example/写真.jpg" } },
    ],
    [
      "a video on another server",
      { type: "video", ...external },
      { kind: "video", source: { from: "external", url: "https://shop.example/写真.jpg" } },
    ],
    [
      "an image on another server that is not named",
      { type: "image", contentProvider: { type: "external" } },
      { kind: "image", source: { from: "line" } },
    ],
    [
      "an image of a provider that is new",
      {
        type: "image",
        contentProvider: { type: "cloud", originalContentUrl: "https://x.example" },
      },
      { kind: "image", source: { from: "line" } },
    ],
    ["an image of no provider", { type: "image" }, { kind: "image", source: { from: "line" } }],
    [
      "an image of a set",
      {
        type: "image",
        ...line,
        imageSet: { id: "E005D41A7288F41B65593ED38FF6E9834B", index: 2, total: 5 },
      },
      { kind: "image", source: { from: "line" }, caption: "[LINE IMAGE 2/5]" },
    ],
    [
      "an image of a set of unknown size",
      { type: "image", ...line, imageSet: { id: "E0", index: 2 } },
      { kind: "image", source: { from: "line" }, caption: "[LINE IMAGE 2]" },
    ],
    [
      "an image of a set from an old phone",
      { type: "image", ...line, imageSet: { id: "E0" } },
      { kind: "image", source: { from: "line" }, caption: "[LINE IMAGE of a set]" },
    ],
    [
      "an image of a set in another shape",
      { type: "image", ...line, imageSet: { id: "E0", index: "two" } },
      { kind: "image", source: { from: "line" } },
    ],
  ])("%s is still to be fetched", (_, message, media) => {
    expect(translate(message)).toEqual({
      messageId: MESSAGE_ID,
      customer: "U4af4980629",
      text: "",
      media: { messageId: MESSAGE_ID, ...media },
    });
  });
});

describe("describeMedia", () => {
  const media = (kind: LineMedia["kind"], more: Partial<LineMedia> = {}): LineMedia => ({
    kind,
    messageId: MESSAGE_ID,
    source: { from: "line" },
    ...more,
  });
  const hosted = (mime: string, bytes: number, fileName: string): MediaOutcome => ({
    outcome: "hosted",
    url: "https://media.example/k/x",
    mime,
    bytes,
    fileName,
  });
  const LIMIT = 25_000_000;

  it.each([
    ["image/jpeg", "Image"],
    ["image/webp", "Image"],
    ["video/mp4", "Video"],
    ["audio/x-m4a", "Audio"],
    ["application/pdf", "File"],
    ["application/octet-stream", "File"],
    ["text/html", "File"],
  ])("attaches %s as %s, whatever it was sent as", (mime, mediaType) => {
    expect(describeMedia(media("image"), hosted(mime, LIMIT, "ภาพ.bin"), LIMIT)).toEqual({
      text: "",
      attachment: { mediaType, url: "https://media.example/k/x", mime, filename: "ภาพ.bin" },
    });
  });

  it("captions an image of a set", () => {
    const image = media("image", { caption: "[LINE IMAGE 2/5]" });
    expect(
      describeMedia(image, hosted("image/png", 1, "image.png"), LIMIT).attachment,
    ).toMatchObject({ text: "[LINE IMAGE 2/5]" });
  });

  it.each<[string, LineMedia, MediaOutcome, string]>([
    [
      "a video above the limit",
      media("video"),
      hosted("video/mp4", 61_200_000, "video.mp4"),
      "[LINE VIDEO: 61.2 MB, too large to attach]\nhttps://media.example/k/x",
    ],
    [
      "a file above the limit",
      media("file", { fileName: "a/請求書.zip" }),
      hosted("application/zip", LIMIT + 1, "請求書.zip"),
      "[LINE FILE: 25.0 MB, too large to attach]\n請求書.zip\nhttps://media.example/k/x",
    ],
    [
      "an image of a set above the limit",
      media("image", { caption: "[LINE IMAGE 2/5]" }),
      hosted("image/png", 30_000_000, "image.png"),
      "[LINE IMAGE 2/5: 30.0 MB, too large to attach]\nhttps://media.example/k/x",
    ],
    [
      "an image that is not fetched",
      media("image"),
      { outcome: "linked", url: "http://shop.example/a.jpg" },
      "[LINE IMAGE]\nhttp://shop.example/a.jpg",
    ],
    [
      "an image of a set that is not fetched",
      media("image", { caption: "[LINE IMAGE 1/2]" }),
      { outcome: "linked", url: "http://shop.example/a.jpg" },
      "[LINE IMAGE 1/2]\nhttp://shop.example/a.jpg",
    ],
    [
      "an image that was unsent",
      media("image", { caption: "[LINE IMAGE of a set]" }),
      { outcome: "missing", because: "unsent" },
      "[LINE IMAGE of a set: the customer unsent it before it could be loaded]",
    ],
    [
      "a video that cannot be played",
      media("video"),
      { outcome: "missing", because: "not-playable" },
      "[LINE VIDEO: LINE could not prepare it for playback]",
    ],
    [
      "a file that is gone",
      media("file", { fileName: "a.pdf" }),
      { outcome: "missing", because: "gone" },
      "[LINE FILE: no longer available from LINE]",
    ],
    [
      "an audio that takes too long",
      media("audio"),
      { outcome: "missing", because: "too-slow" },
      "[LINE AUDIO: took too long to load]",
    ],
    [
      "an empty file",
      media("file"),
      { outcome: "missing", because: "empty" },
      "[LINE FILE: is empty]",
    ],
  ])("describes %s in words", (_, which, outcome, text) => {
    expect(describeMedia(which, outcome, LIMIT)).toEqual({ text });
  });
});
