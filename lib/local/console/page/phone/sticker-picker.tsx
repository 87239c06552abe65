import { useLayoutEffect, useRef } from "preact/hooks";
import { StickerPicture } from "./sticker-picture.tsx";
import type { Sticker } from "./stickers.ts";

/** The stickers to choose from, under the chat as in LINE. Escape closes it. */
export function StickerPicker(props: {
  stickers: Sticker[];
  choose: (sticker: Sticker) => unknown;
  close: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  // At once: the next key is meant for it.
  useLayoutEffect(() => list.current?.querySelector("button")?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of buttons
    <div
      ref={list}
      role="group"
      aria-label="Stickers"
      class="sticker-picker"
      onKeyDown={(event) => event.key === "Escape" && props.close()}
    >
      {props.stickers.map((sticker) => (
        <button key={sticker.stickerId} type="button" onClick={() => props.choose(sticker)}>
          <StickerPicture sticker={sticker} />
        </button>
      ))}
    </div>
  );
}
