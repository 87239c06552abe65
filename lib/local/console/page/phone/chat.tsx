import { useState } from "preact/hooks";
import { webUrl } from "../media.tsx";
import type { Answer } from "../requests.ts";
import type { PagePhone } from "../wire.ts";
import { ChatHeader } from "./chat-header.tsx";
import { DateDialog } from "./date-dialog.tsx";
import { DropZone } from "./drop-zone.tsx";
import { InputBar } from "./input-bar.tsx";
import type { Action } from "./line-actions.ts";
import { LocationDialog } from "./location-dialog.tsx";
import { performAction } from "./perform-action.ts";
import { Quote } from "./phone-line.tsx";
import { PhoneLines } from "./phone-lines.tsx";
import { isQuotable } from "./quotes.ts";
import type { Place } from "./sample-places.ts";
import { useSentFiles } from "./sent-files.ts";
import type { Sticker } from "./stickers.ts";

/** What the customer's chat is made of, and what it asks of the page. */
export interface ChatProps {
  /** The brand's key. */
  brand: string;
  /** The account's name: that of the brand. */
  accountName: string;
  /** Undefined for a customer who has not written yet. */
  phone: PagePhone | undefined;
  stickers: Sticker[];
  places: Place[];
  /** Undefined where there is only one chat. */
  goBack: (() => void) | undefined;
  /** Posts what the customer does. */
  does: (what: object) => Promise<Answer>;
  note: (text: string, isBad?: boolean) => void;
}

/** The chat of a customer with an account. */
export function Chat(props: ChatProps) {
  const { brand, accountName, phone, does, note } = props;
  const [asking, setAsking] = useState<Action | "place">();
  const [quotedId, setQuotedId] = useState<string>();
  // Here, so that the list of messages stays at its end when it becomes lower.
  const [isChoosing, setChoosing] = useState(false);
  const hasBlocked = phone?.hasBlocked === true;
  // It may have been unsent meanwhile, or be in the chat of another customer.
  const quoted = phone?.lines.find((line) => line.id === quotedId && isQuotable(line));
  const sendFiles = useSentFiles(does, (reason) => note(reason, true));

  const write = async (content: object) => {
    const { ok } = await does({ content });
    if (ok) setQuotedId(undefined);
    return ok;
  };
  /** Of what a customer writes, only texts and stickers can quote. */
  const answer = (content: object) =>
    write({ ...content, ...(quoted && { quotedMessageId: quoted.id }) });
  const act = (action: Action | undefined) =>
    performAction(action, {
      does,
      note,
      askDate: setAsking,
      askPlace: () => setAsking("place"),
      askFile: () => document.getElementById("customer-attach")?.click(),
    });
  const datePicked = (action: Action, value: string | undefined) => {
    setAsking(undefined);
    const { data, mode = "date" } = action;
    if (value !== undefined) void does({ tap: { data, params: { [mode]: value } } });
  };
  const placePicked = (place: Place | undefined) => {
    setAsking(undefined);
    if (place !== undefined) void write({ type: "location", ...given(place) });
  };
  const quote = (id: string) => {
    setQuotedId(id);
    document.getElementById("customer-text")?.focus();
  };

  // Quick replies disappear with the next message.
  const last = phone?.lines.at(-1);
  const items = last?.from === "account" ? (last.message.quickReply?.items ?? []) : [];
  return (
    <DropZone isDisabled={hasBlocked} take={sendFiles}>
      <ChatHeader name={accountName} goBack={props.goBack} hasBlocked={hasBlocked} does={does} />
      <PhoneLines
        brand={brand}
        accountName={accountName}
        phone={phone}
        acts={{ act, quote, unsend: (id) => does({ unsend: id }) }}
      />
      <div class="quick-replies">
        {items.map(({ action, imageUrl }, index) => (
          <button key={index} type="button" disabled={hasBlocked} onClick={() => act(action)}>
            {imageUrl !== undefined && <img src={webUrl(imageUrl)} alt="" />}
            {action.label}
          </button>
        ))}
      </div>
      {quoted && (
        <div class="quoting">
          <Quote line={quoted} accountName={accountName} />
          <button type="button" aria-label="Do not quote" onClick={() => setQuotedId(undefined)}>
            ✕
          </button>
        </div>
      )}
      {hasBlocked && (
        <div class="blocked" role="status">
          You have blocked this account: nothing reaches you.{" "}
          <button type="button" onClick={() => does({ block: false })}>
            Unblock the account
          </button>
        </div>
      )}
      <InputBar
        isDisabled={hasBlocked}
        stickers={props.stickers}
        isChoosing={isChoosing}
        setChoosing={setChoosing}
        send={answer}
        sendFile={(file) => sendFiles([file])}
        askPlace={() => setAsking("place")}
        note={note}
      />
      {asking === "place" && <LocationDialog places={props.places} onPicked={placePicked} />}
      {typeof asking === "object" && (
        <DateDialog action={asking} onPicked={(value) => datePicked(asking, value)} />
      )}
    </DropZone>
  );
}

/** LINE leaves out the title and address that a place does not have. */
function given({ title, address, ...where }: Place): object {
  return { ...where, ...(title && { title }), ...(address && { address }) };
}
