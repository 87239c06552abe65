import { useState } from "preact/hooks";
import type { LineMessage } from "./line-messages.ts";
import { stickerName, stickerUrl } from "./stickers.ts";

/** A sticker's picture from LINE's shop. Its name shows until that has come, or for ever on a machine without a network. */
export function StickerPicture({ sticker }: { sticker: LineMessage }) {
  const [state, setState] = useState<"loading" | "shown" | "missing">("loading");
  const name = stickerName(sticker);
  return (
    <span class="sticker" data-state={state}>
      {state !== "shown" && <span>{name}</span>}
      {state !== "missing" && (
        <img
          src={stickerUrl(sticker.stickerId)}
          alt={state === "shown" ? name : ""}
          loading="lazy"
          referrerpolicy="no-referrer"
          onLoad={() => setState("shown")}
          onError={() => setState("missing")}
        />
      )}
    </span>
  );
}
