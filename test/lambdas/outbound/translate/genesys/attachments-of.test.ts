import { attachmentsOf } from "../../../../../lambdas/outbound/translate/genesys/attachments-of.ts";
import { messageOf } from "../render.ts";

const url = "https://api-downloads.mypurecloud.jp/api/v2/downloads/1";
const attachment = { id: "1", mediaType: "Image", url, mime: "image/jpeg", filename: "photo.jpg" };
const contentOf = (more = {}) => ({
  contentType: "Attachment",
  attachment: { ...attachment, ...more },
});

describe("attachmentsOf", () => {
  it("finds attachments and the media of notifications by their index", () => {
    const media = { mediaType: "Video", url };
    const content = [
      { contentType: "QuickReply", quickReply: { text: "A" } },
      contentOf(),
      null,
      { contentType: "Attachment" },
      { contentType: "Notification", template: { header: { type: "Media", media }, body: {} } },
      { contentType: "Notification", template: { header: { type: "Text", text: "A" } } },
      contentOf({ mediaType: "Link" }),
      contentOf({ mediaType: "File", filename: null }),
    ];
    expect(attachmentsOf(messageOf({ content }))).toEqual([
      { index: 1, attachment },
      { index: 3, attachment: undefined },
      { index: 4, attachment: media },
      { index: 7, attachment: { ...attachment, mediaType: "File", filename: null } },
    ]);
    expect(attachmentsOf(messageOf({ text: "A" }))).toEqual([]);
  });
});
