import { Audio, Image, Video } from "../media.tsx";
import type { PhoneLine } from "../wire.ts";
import { FileCard } from "./file-card.tsx";
import type { Act } from "./line-actions.ts";
import { LineMessageView } from "./line-message.tsx";

/** What the customer has sent. LINE holds the bytes of it, unless a LIFF app has sent them from its own server. */
export function OwnContent({ brand, line, act }: { brand: string; line: PhoneLine; act: Act }) {
  const { id, text, message } = line;
  const { originalContentUrl, previewImageUrl } = message.contentProvider ?? {};
  const url = originalContentUrl ?? contentUrl(brand, id);
  switch (message.type) {
    case "image":
      return <Image url={previewImageUrl ?? url} alt={text} fullUrl={url} />;
    case "video":
      return <Video url={url} posterUrl={previewImageUrl} preload="metadata" />;
    case "audio":
      return <Audio url={url} />;
    case "file":
      return <FileCard name={message.fileName ?? text} bytes={message.fileSize} url={url} />;
    default:
      return <LineMessageView message={message} act={act} />;
  }
}

function contentUrl(brand: string, messageId: string): string {
  const search = new URLSearchParams({ brand, messageId });
  return new URL(`/api/content?${search}`, window.location.href).href;
}
