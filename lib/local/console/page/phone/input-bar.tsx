import { useRef } from "preact/hooks";
import { FileButton } from "../file-button.tsx";
import { MessageForm } from "./message-form.tsx";
import { FaceSign, PinSign } from "./signs.tsx";
import { StickerPicker } from "./sticker-picker.tsx";
import type { Sticker } from "./stickers.ts";

/** Where the customer writes, and chooses what else to send. */
export function InputBar(props: {
  isDisabled: boolean;
  stickers: Sticker[];
  /** Whether the stickers show. */
  isChoosing: boolean;
  setChoosing: (isChoosing: boolean) => void;
  /** Says whether it was sent. */
  send: (content: object) => Promise<boolean>;
  sendFile: (file: File) => Promise<unknown>;
  askPlace: () => void;
  note: (text: string, isBad?: boolean) => void;
}) {
  const { isDisabled, isChoosing, setChoosing, send } = props;
  const stickerButton = useRef<HTMLButtonElement>(null);
  const closeStickers = () => {
    setChoosing(false);
    stickerButton.current?.focus();
  };
  const chooseSticker = (sticker: Sticker) => {
    closeStickers();
    return send(sticker);
  };
  return (
    <>
      <div class="input-bar">
        <FileButton
          id="customer-attach"
          text={
            <>
              <span aria-hidden="true">+</span>
              <span class="unseen">Image, video, audio, file …</span>
            </>
          }
          label="Files of the customer"
          isDisabled={isDisabled}
          send={props.sendFile}
          onRefusal={(reason) => props.note(reason, true)}
        />
        <button
          type="button"
          aria-label="Location"
          title="Location"
          disabled={isDisabled}
          onClick={props.askPlace}
        >
          <PinSign />
        </button>
        <button
          type="button"
          ref={stickerButton}
          aria-label="Sticker"
          title="Sticker"
          aria-expanded={isChoosing}
          disabled={isDisabled}
          onClick={() => setChoosing(!isChoosing)}
        >
          <FaceSign />
        </button>
        <MessageForm
          id="customer-text"
          label="Message as the customer"
          placeholder="Message"
          shortcut="Alt+1"
          isDisabled={isDisabled}
          send={(text) => send({ type: "text", text })}
        />
      </div>
      {isChoosing && !isDisabled && (
        <StickerPicker stickers={props.stickers} choose={chooseSticker} close={closeStickers} />
      )}
    </>
  );
}
