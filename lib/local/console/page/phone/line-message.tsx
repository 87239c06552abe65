import { Audio, Image, Link, Text, Video } from "../media.tsx";
import { FlexContainer } from "./flex.tsx";
import type { Act, Action, Column, LineMessage, Template } from "./line-messages.ts";

/** A LINE message object as a phone shows it. `act` performs an action object of LINE. */
export function LineMessageView({ message, act }: { message: LineMessage; act: Act }) {
  switch (message.type) {
    case "text":
    case "textV2":
      return <Text text={message.text} />;
    case "sticker":
      return <Text text={`🙂 sticker ${message.packageId}/${message.stickerId}`} />;
    case "image":
      return (
        <Image url={message.previewImageUrl} alt="image" fullUrl={message.originalContentUrl} />
      );
    case "video":
      return <Video url={message.originalContentUrl} posterUrl={message.previewImageUrl} />;
    case "audio":
      return <Audio url={message.originalContentUrl} />;
    case "location":
      return <Place message={message} />;
    case "template":
      return <TemplateView template={message.template} altText={message.altText} act={act} />;
    case "flex":
      return <FlexContainer container={message.contents ?? { type: "bubble" }} act={act} />;
    default:
      return <Text text={message.altText ?? `[${message.type}]`} />;
  }
}

/** Buttons for actions; those that LINE does not label are left out. */
export function Buttons({ actions = [], act }: { actions?: Action[] | undefined; act: Act }) {
  return actions
    .filter(({ label }) => label)
    .map((action, index) => (
      <button key={index} type="button" onClick={() => act(action)}>
        {action.label}
      </button>
    ));
}

function Place({ message }: { message: LineMessage }) {
  const { title, address, latitude, longitude } = message;
  const url = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return (
    <div>
      <Text text={title} />
      <Text text={address} />
      <Link url={url}>
        📍 {latitude}, {longitude}
      </Link>
    </div>
  );
}

function TemplateView(props: {
  template: Template | undefined;
  altText: string | undefined;
  act: Act;
}) {
  const { template = {}, altText, act } = props;
  switch (template.type) {
    case "buttons":
    case "confirm":
      return <Card column={template} act={act} />;
    case "carousel":
    case "image_carousel":
      return (
        <div class="cards">
          {(template.columns ?? []).map((column, index) => (
            <Card key={index} column={column} act={act} />
          ))}
        </div>
      );
    default:
      return <Text text={altText} />;
  }
}

function Card({ column, act }: { column: Column; act: Act }) {
  const { thumbnailImageUrl, imageUrl = thumbnailImageUrl, title, text, action } = column;
  const { actions = action === undefined ? [] : [action] } = column;
  return (
    <div class="card">
      {imageUrl && <Image url={imageUrl} alt="image" />}
      {title && <div class="title">{title}</div>}
      <Text text={text} />
      <Buttons actions={actions} act={act} />
    </div>
  );
}
