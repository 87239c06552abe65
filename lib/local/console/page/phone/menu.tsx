import { useEffect, useRef, useState } from "preact/hooks";

/** What a menu offers. */
export interface MenuItem {
  text: string;
  does: () => unknown;
}

/** A button that unfolds others. Escape and a step out of it close it. */
export function Menu(props: { label: string; sign: string; items: MenuItem[] }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isOpen) list.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const leave = (whole: HTMLElement, to: EventTarget | null) => {
    if (!(to instanceof Node && whole.contains(to))) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its buttons do not take
    <span
      class="menu"
      onKeyDown={(event) => event.key === "Escape" && close()}
      onFocusOut={(event) => leave(event.currentTarget, event.relatedTarget)}
    >
      <button
        type="button"
        ref={button}
        aria-label={props.label}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {props.sign}
      </button>
      {isOpen && (
        <span class="menu-items" ref={list}>
          {props.items.map(({ text, does }) => (
            <button
              key={text}
              type="button"
              onClick={() => {
                close();
                does();
              }}
            >
              {text}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
