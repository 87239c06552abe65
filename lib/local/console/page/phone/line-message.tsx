import { Audio, Image, Text, Video } from "../media.tsx";
import { FlexContainer } from "./flex.tsx";
import type { Act } from "./line-actions.ts";
import type { LineMessage } from "./line-messages.ts";
import { StickerPicture } from "./sticker-picture.tsx";
import { ImagemapView, LocationView, TemplateView } from "./templates.tsx";
import { readText, textParts } from "./text-parts.ts";

/** A LINE message object as a phone shows it. `act` performs an action object of LINE. */
export function LineMessageView({ message, act }: { message: LineMessage; act: Act }) {
  switch (message.type) {
    case "text":
    case "textV2":
      return <LinkedText text={readText(message)} />;
    case "sticker":
      return <StickerPicture sticker={message} />;
    case "image":
      return (
        <Image url={message.previewImageUrl} alt="image" fullUrl={message.originalContentUrl} />
      );
    case "video":
      return <Video url={message.originalContentUrl} posterUrl={message.previewImageUrl} />;
    case "audio":
      return <Audio url={message.originalContentUrl} />;
    case "location":
      return <LocationView message={message} />;
    case "template":
      return <TemplateView message={message} act={act} />;
    case "imagemap":
      return <ImagemapView message={message} act={act} />;
    case "flex":
      return <FlexContainer container={message.contents ?? { type: "bubble" }} act={act} />;
    default:
      return <Text text={message.altText ?? `[${message.type}]`} />;
  }
}

function LinkedText({ text }: { text: string }) {
  return (
    <div class="text">
      {textParts(text).map(({ text: part, url }, index) =>
        url === undefined ? (
          part
        ) : (
          <a key={index} href={url} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ),
      )}
    </div>
  );
}
