import type { ComponentChildren } from "preact";
import type { Style } from "./flex-place.ts";
import type { Act, Action } from "./line-actions.ts";

/** Something that may have an action. What is inside it may be a button of its own. */
export function Tappable(props: {
  action: Action | undefined;
  act: Act;
  class: string;
  style?: Style;
  children: ComponentChildren;
}) {
  const { action, act, style = {}, children } = props;
  if (action === undefined) {
    return (
      <div class={props.class} style={style}>
        {children}
      </div>
    );
  }
  const tap = (event: Event) => {
    const isInner = event.target instanceof Element && event.target.closest("a, button") !== null;
    if (isInner) return;
    event.stopPropagation();
    act(action);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot hold buttons
    <div
      class={`tappable ${props.class}`}
      style={style}
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
