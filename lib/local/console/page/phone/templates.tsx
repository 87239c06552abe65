import { Image, Link, Text, webUrl } from "../media.tsx";
import type { Act, Action, ImagemapAction } from "./line-actions.ts";
import type { Column, LineMessage, Template } from "./line-messages.ts";
import { PinSign } from "./signs.tsx";
import { Tappable } from "./tappable.tsx";

/** Buttons, a question with two answers, a carousel of cards or of images. */
export function TemplateView({ message, act }: { message: LineMessage; act: Act }) {
  const { template = {}, altText } = message;
  switch (template.type) {
    case "buttons":
    case "confirm":
      return <Card column={template} looks={template} act={act} />;
    case "carousel":
      return (
        <div class="cards">
          {template.columns?.map((column, index) => (
            <Card key={index} column={column} looks={template} act={act} />
          ))}
        </div>
      );
    case "image_carousel":
      return (
        <div class="cards">
          {template.columns?.map((column, index) => (
            <Picture key={index} column={column} act={act} />
          ))}
        </div>
      );
    default:
      return <Text text={altText} />;
  }
}

/** Buttons for actions; those that LINE does not label are left out. */
function Buttons({ actions = [], act }: { actions?: Action[] | undefined; act: Act }) {
  return actions
    .filter(({ label }) => label)
    .map((action, index) => (
      <button key={index} type="button" onClick={() => act(action)}>
        {action.label}
      </button>
    ));
}

function Card({ column, looks, act }: { column: Column; looks: Template; act: Act }) {
  const { thumbnailImageUrl, imageBackgroundColor = "#ffffff", title, text, actions } = column;
  const { imageAspectRatio = "rectangle", imageSize = "cover" } = looks;
  return (
    <div class="card" data-template={looks.type}>
      <Tappable class="card-body" action={column.defaultAction} act={act}>
        {thumbnailImageUrl !== undefined && (
          <img
            src={webUrl(thumbnailImageUrl)}
            alt=""
            data-shape={imageAspectRatio}
            style={{ objectFit: imageSize, backgroundColor: imageBackgroundColor }}
          />
        )}
        {title !== undefined && <div class="title">{title}</div>}
        <Text text={text} />
      </Tappable>
      <div class="card-buttons">
        <Buttons actions={actions} act={act} />
      </div>
    </div>
  );
}

function Picture({ column, act }: { column: Column; act: Act }) {
  const { imageUrl, action } = column;
  const label = action?.label;
  return (
    <button type="button" class="picture" onClick={() => act(action)}>
      <img src={webUrl(imageUrl)} alt={label === undefined ? "image" : ""} />
      {label !== undefined && <span>{label}</span>}
    </button>
  );
}

/** An image whose areas can be tapped. LINE has it in five widths under its address. */
export function ImagemapView({ message, act }: { message: LineMessage; act: Act }) {
  const { baseUrl, altText = "image", baseSize = { width: 1040, height: 1040 } } = message;
  const { width, height } = baseSize;
  const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <div class="imagemap" style={{ aspectRatio: `${width} / ${height}` }}>
      <Image url={`${baseUrl}/1040`} alt={altText} />
      {message.actions?.map((action, index) => (
        <button
          key={index}
          type="button"
          aria-label={nameOf(action)}
          title={nameOf(action)}
          style={{
            left: share(action.area.x, width),
            top: share(action.area.y, height),
            width: share(action.area.width, width),
            height: share(action.area.height, height),
          }}
          onClick={() => act({ ...action, ...(action.linkUri && { uri: action.linkUri }) })}
        />
      ))}
    </div>
  );
}

function nameOf({ label, text, linkUri, clipboardText }: ImagemapAction): string {
  return label ?? text ?? linkUri ?? clipboardText ?? "Area";
}

/** A place with a link to a map. */
export function LocationView({ message }: { message: LineMessage }) {
  const { title, address, latitude, longitude } = message;
  const url = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return (
    <div class="card">
      <div class="map">
        <PinSign />
      </div>
      <div class="card-body">
        {title && <div class="title">{title}</div>}
        <Text text={address} />
        <Link url={url}>
          {latitude}, {longitude} on Google Maps
        </Link>
      </div>
    </div>
  );
}
