import { useRef, useState } from "preact/hooks";
import type { Samples } from "../../samples/samples.ts";
import { FileButton } from "../file-button.tsx";
import { lineContentOf, readFile } from "../files.ts";
import { webUrl } from "../media.tsx";
import { MessageForm } from "../message-form.tsx";
import type { Answer } from "../requests.ts";
import type { PagePhone } from "../wire.ts";
import { DateDialog } from "./date-dialog.tsx";
import { Buttons } from "./line-message.tsx";
import type { Action } from "./line-messages.ts";
import { PhoneLines } from "./phone-lines.tsx";

/** The customer's phone: the chat and all that a customer can do. */
export function Phone(props: {
  phone: PagePhone | undefined;
  samples: Samples;
  /** Posts what the customer does. */
  does: (what: object) => Promise<Answer>;
  note: (text: string, isBad?: boolean) => void;
}) {
  const { phone, samples, does, note } = props;
  const sentUrls = useRef(new Map<string, string>());
  const [picking, setPicking] = useState<Action>();
  const hasBlocked = phone?.hasBlocked === true;
  // Somebody else's webhook: the phone of a customer without a name is not here.
  const isForeign = phone !== undefined && phone.customer === phone.userId;
  const isDisabled = hasBlocked || isForeign;
  const write = (content: object) => does({ content });

  const sendFile = async (file: File) => {
    const { type, base64 } = await readFile(file);
    const content = await lineContentOf(file);
    const { messageId } = await does({ content, media: { contentType: type, base64 } });
    if (messageId !== undefined) sentUrls.current.set(messageId, URL.createObjectURL(file));
  };

  /** A tap on a button of a received message. */
  const act = (action: Action | undefined) => {
    switch (action?.type) {
      case "message":
        return write({ type: "text", text: action.text });
      case "postback":
        // LINE shows the older `text` instead.
        return does({
          tap: {
            data: action.data,
            ...(action.displayText && { displayText: action.displayText }),
          },
        });
      case "uri": {
        const url = webUrl(action.uri);
        if (url === undefined) return note(`The phone would open ${action.uri}`);
        return window.open(url, "_blank", "noopener");
      }
      case "datetimepicker":
        return setPicking(action);
      case "location":
        return write(samples.location);
      case "camera":
      case "cameraRoll":
        return document.getElementById("customer-attach")?.click();
      default:
        return note(`Not possible here: ${action?.type}`);
    }
  };
  const picked = (value: string | undefined) => {
    setPicking(undefined);
    const { data, mode = "date" } = picking ?? {};
    if (value !== undefined) void does({ tap: { data, params: { [mode]: value } } });
  };

  // Quick replies disappear with the next message.
  const last = phone?.lines.at(-1);
  const items = last?.from === "account" ? (last.message.quickReply?.items ?? []) : [];
  return (
    <section aria-labelledby="phone-title" class="phone">
      <h2 id="phone-title">LINE: the customer's phone</h2>
      <PhoneLines
        phone={phone}
        act={act}
        unsend={(id) => does({ unsend: id })}
        sentUrls={sentUrls.current}
      />
      <div class="row" id="quick-replies">
        <Buttons actions={items.map(({ action }) => action)} act={act} />
      </div>
      <MessageForm
        id="customer-text"
        label="Message as the customer"
        placeholder="Write as the customer"
        shortcut="Alt+1"
        isDisabled={isDisabled}
        send={async (text) => (await write({ type: "text", text })).ok}
      />
      <div class="row">
        <FileButton
          id="customer-attach"
          text="Image, video, audio, file …"
          label="File of the customer"
          isDisabled={isDisabled}
          send={sendFile}
          onRefusal={(reason) => note(reason, true)}
        />
        <button type="button" disabled={isDisabled} onClick={() => write(samples.sticker)}>
          Sticker
        </button>
        <button type="button" disabled={isDisabled} onClick={() => write(samples.location)}>
          Location
        </button>
        <button
          type="button"
          aria-pressed={hasBlocked}
          disabled={isForeign}
          onClick={() => does({ block: !hasBlocked })}
        >
          {hasBlocked ? "Unblock the account" : "Block the account"}
        </button>
      </div>
      {picking && <DateDialog action={picking} onPicked={picked} />}
    </section>
  );
}
