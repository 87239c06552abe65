import { Audio, Image, Link, Video } from "../media.tsx";
import { sizeText } from "../size-text.ts";
import type { DeskMessage } from "../wire.ts";

type Attachment = DeskMessage["attachments"][number];

/** An attachment with a preview where the browser has one, and its name and size. */
export function AttachmentView(props: { attachment: Attachment; isInbound: boolean }) {
  const { mediaType, filename, text, contentSizeBytes } = props.attachment;
  const url = props.isInbound ? props.attachment.url : ownUrl(props.attachment);
  const name = filename ?? props.attachment.url ?? "";
  const size = contentSizeBytes === undefined ? undefined : sizeText(contentSizeBytes);
  return (
    <div class="attachment">
      <Preview mediaType={mediaType} url={url} name={name} />
      <small>
        {[mediaType, text].filter(Boolean).join(" · ")} <Link url={url}>📄 {name}</Link> {size}
      </small>
    </div>
  );
}

function Preview(props: { mediaType: string; url: string | undefined; name: string }) {
  const { mediaType, url, name } = props;
  switch (mediaType) {
    case "Image":
      return <Image url={url} alt={name} />;
    case "Video":
      return <Video url={url} />;
    case "Audio":
      return <Audio url={url} />;
    default:
      return null;
  }
}

/**
 * The console's copy of an agent's file. Its URL at Genesys Cloud would be fetched here, too, and the bridge's
 * downloads could no longer be told from the page's. What is hosted elsewhere has only its own URL.
 */
function ownUrl({ id, url }: Attachment): string | undefined {
  if (id === undefined) return url;
  return new URL(`/api/attachment?id=${encodeURIComponent(id)}`, window.location.href).href;
}
