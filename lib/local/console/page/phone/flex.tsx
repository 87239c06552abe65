import type { ComponentChildren } from "preact";
import { Image, Text, Video } from "../media.tsx";
import type { Act, Action, FlexPart } from "./line-messages.ts";

/** The contents of a Flex Message: a bubble or a carousel of them, without most of the styling. */
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

function Bubble({ bubble, act }: { bubble: FlexPart; act: Act }) {
  const { header, hero, body, footer } = bubble;
  const parts = [header, hero, body, footer].filter((part) => part !== undefined);
  return (
    <Tappable class="card" action={bubble.action} act={act}>
      <Components parts={parts} act={act} />
    </Tappable>
  );
}

function Components({ parts, act }: { parts: FlexPart[] | undefined; act: Act }) {
  return parts?.map((part, index) => <Component key={index} part={part} act={act} />);
}

function Component({ part, act }: { part: FlexPart; act: Act }) {
  switch (part.type) {
    case "box":
      return (
        <Tappable layout={part.layout ?? "vertical"} action={part.action} act={act}>
          <Components parts={part.contents} act={act} />
        </Tappable>
      );
    case "button":
      return (
        <button type="button" onClick={() => act(part.action)}>
          {part.action?.label ?? ""}
        </button>
      );
    case "text": {
      const words = part.text ?? (part.contents ?? []).map(({ text = "" }) => text).join("");
      return (
        <Tappable action={part.action} act={act}>
          <Text text={words} weight={part.weight} />
        </Tappable>
      );
    }
    case "image":
    case "icon":
      return <Image url={part.url} alt="image" />;
    case "video":
      return <Video url={part.url} posterUrl={part.previewUrl} />;
    case "separator":
      return <hr />;
    default:
      return null;
  }
}

/** Something with an action. What is inside it may be a button of its own. */
function Tappable(props: {
  action: Action | undefined;
  act: Act;
  class?: string;
  layout?: string;
  children: ComponentChildren;
}) {
  const { action, act, children } = props;
  const looks = { class: props.class, "data-layout": props.layout };
  if (action === undefined) return <div {...looks}>{children}</div>;
  const tap = (event: Event) => {
    const isInner = event.target instanceof Element && event.target.closest("a, button") !== null;
    if (isInner) return;
    event.stopPropagation();
    act(action);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot hold buttons
    <div
      {...looks}
      class={`tappable ${props.class ?? ""}`}
      title={action.label ?? ""}
      role="button"
      tabIndex={0}
      onClick={tap}
      onKeyDown={(event) => event.key === "Enter" && tap(event)}
    >
      {children}
    </div>
  );
}
