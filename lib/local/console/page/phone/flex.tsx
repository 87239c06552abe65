import { Video, webUrl } from "../media.tsx";
import type { FlexPart } from "./flex-parts.ts";
import { placeStyle, type Style } from "./flex-place.ts";
import {
  blockPadding,
  blockStyle,
  boxStyle,
  bubbleStyle,
  buttonStyle,
  iconStyle,
  imagePlaceStyle,
  imageStyle,
  letterStyle,
  separatorStyle,
  textStyle,
} from "./flex-style.ts";
import type { Act } from "./line-actions.ts";
import { Tappable } from "./tappable.tsx";

/** The contents of a Flex Message: a bubble or a carousel of them. */
export function FlexContainer({ container, act }: { container: FlexPart; act: Act }) {
  const bubbles = container.type === "carousel" ? (container.contents ?? []) : [container];
  return (
    <div class="cards">
      {bubbles.map((bubble, index) => (
        <Bubble key={index} bubble={bubble} act={act} />
      ))}
    </div>
  );
}

const BLOCKS = ["header", "hero", "body", "footer"] as const;

function Bubble({ bubble, act }: { bubble: FlexPart; act: Act }) {
  return (
    <Tappable class="flex-bubble" style={bubbleStyle(bubble)} action={bubble.action} act={act}>
      <div dir={bubble.direction}>
        {BLOCKS.map((name) => {
          const block = bubble[name];
          if (block === undefined) return null;
          const padding = name === "hero" ? {} : { paddingAll: blockPadding(bubble, name) };
          return (
            <div key={name} style={blockStyle(bubble.styles?.[name])}>
              <Component part={{ ...padding, ...block }} place={{}} act={act} />
            </div>
          );
        })}
      </div>
    </Tappable>
  );
}

function Component({ part, place, act }: { part: FlexPart; place: Style; act: Act }) {
  const tap = { action: part.action, act };
  switch (part.type) {
    case "box":
      return (
        <Tappable class="flex-box" style={{ ...place, ...boxStyle(part) }} {...tap}>
          {part.contents?.map((inner, index) => (
            <Component key={index} part={inner} place={placeStyle(inner, part, index)} act={act} />
          ))}
        </Tappable>
      );
    case "button":
      return (
        <button
          type="button"
          class="flex-button"
          style={{ ...place, ...buttonStyle(part) }}
          onClick={() => act(part.action)}
        >
          {part.action?.label ?? ""}
        </button>
      );
    case "text":
      return (
        <Tappable class="flex-text" style={{ ...place, ...textStyle(part) }} {...tap}>
          {part.contents?.map((span, index) => (
            <span key={index} style={letterStyle(span)}>
              {span.text}
            </span>
          )) ?? part.text}
        </Tappable>
      );
    case "image":
      return (
        <Tappable class="flex-image" style={{ ...place, ...imagePlaceStyle(part) }} {...tap}>
          <img
            src={webUrl(part.url)}
            alt={part.action?.label ?? "image"}
            style={imageStyle(part)}
          />
        </Tappable>
      );
    case "icon":
      return <img src={webUrl(part.url)} alt="" style={{ ...place, ...iconStyle(part) }} />;
    case "video":
      return <Video url={part.url} posterUrl={part.previewUrl} />;
    case "separator":
      return <hr style={{ ...place, ...separatorStyle(part) }} />;
    case "filler":
      return <div style={place} />;
    default:
      return null;
  }
}
