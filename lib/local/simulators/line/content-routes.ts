import { type LineContentEntry, type LineContents, mediaSize } from "./contents.ts";
import type { LineCall, LineRoute } from "./line-route.ts";
import { LineRefusal } from "./refusal.ts";

const GREY_PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

/**
 * LINE Messaging API reference, Getting content; the real host is api-data.line.me. LINE does not
 * document the answer to a content request after the preparation has failed: here it stays 202.
 */
export function contentRoutes(contents: LineContents): LineRoute[] {
  const contentOf = ({ channel, parameters: [messageId = ""] }: LineCall): LineContentEntry => {
    const content = contents.find(channel.brandKey, messageId);
    if (content === undefined) {
      throw new LineRefusal(404, "not found");
    }
    if (content.isUnsent) {
      throw new LineRefusal(410, "The content is gone");
    }
    return content;
  };

  return [
    {
      method: "GET",
      path: /^\/v2\/bot\/message\/([^/]+)\/content$/,
      what: "content",
      answer: (call) => {
        const { kind, media, askPreparation } = contentOf(call);
        if (askPreparation() !== "succeeded") {
          return { status: 202, bytes: Buffer.alloc(0), text: `[${kind}] is not ready` };
        }
        const size = mediaSize(media);
        return {
          status: 200,
          headers: { "content-type": media.contentType, "content-length": String(size) },
          bytes: "bytes" in media ? media.bytes : media.open(),
          text: `[${kind}] ${size} bytes`,
        };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/message\/([^/]+)\/content\/transcoding$/,
      what: "content status",
      answer: (call) => {
        const { kind, askPreparation } = contentOf(call);
        if (kind !== "video" && kind !== "audio") {
          throw new LineRefusal(400, "Transcoding status doesn't support this type of content");
        }
        const status = askPreparation();
        return { status: 200, body: { status }, text: status };
      },
    },
    {
      method: "GET",
      path: /^\/v2\/bot\/message\/([^/]+)\/content\/preview$/,
      what: "content preview",
      answer: (call) => {
        const { kind, media } = contentOf(call);
        if (kind !== "image" && kind !== "video") {
          throw new LineRefusal(400, "The content can not be previewed");
        }
        const preview =
          media.preview ??
          (kind === "image" && "bytes" in media
            ? media
            : { contentType: "image/png", bytes: GREY_PIXEL });
        return {
          status: 200,
          headers: { "content-type": preview.contentType },
          bytes: preview.bytes,
        };
      },
    },
  ];
}
