import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** A list that stays at its newest entry, at the end, unless its reader has scrolled up. */
export function ChatList(props: { id: string; labelledBy: string; children: ComponentChildren }) {
  const list = useRef<HTMLUListElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const shown = list.current;
    if (shown !== null && follows.current) shown.scrollTop = shown.scrollHeight;
  });
  const look = ({ scrollTop, clientHeight, scrollHeight }: HTMLElement) => {
    follows.current = scrollTop + clientHeight >= scrollHeight - 40;
  };
  return (
    <ul
      class="chat"
      id={props.id}
      ref={list}
      aria-live="polite"
      aria-labelledby={props.labelledBy}
      onScroll={(event) => look(event.currentTarget)}
    >
      {props.children}
    </ul>
  );
}

export function NothingYet() {
  return <li class="empty">Nothing yet.</li>;
}
