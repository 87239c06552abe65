import { ChatList } from "../chat-list.tsx";
import { localTime } from "../local-time.ts";
import { Text } from "../media.tsx";
import { WayLink } from "../ways/way-link.tsx";
import type { DeskMessage, PageState } from "../wire.ts";
import { AttachmentView } from "./attachment-view.tsx";
import { deliveryOf } from "./delivery-of.ts";
import { StructuredView } from "./structured-view.tsx";
import { transcriptEntries } from "./transcript-entries.ts";

type Receipt = PageState["receipts"][number];

/** What agents see of one customer. The receipts say whether agents' messages arrived. */
export function Transcript(props: { messages: DeskMessage[]; receipts: Receipt[] }) {
  const { messages, receipts } = props;
  return (
    <ChatList id="desktop" labelledBy="desktop-title">
      {transcriptEntries(messages).map((entry) =>
        entry.kind === "separator" ? (
          <li key={entry.key} class="separator">
            {entry.text}
          </li>
        ) : entry.message.direction === "Inbound" ? (
          <InboundLine key={entry.message.id} message={entry.message} />
        ) : (
          <OutboundLine key={entry.message.id} message={entry.message} receipts={receipts} />
        ),
      )}
      {messages.length === 0 && <li class="empty">Nothing yet. The customer writes first.</li>}
    </ChatList>
  );
}

const BUTTONS = { Button: "a button", QuickReply: "a quick reply", DatePicker: "a date" };

function InboundLine({ message }: { message: DeskMessage }) {
  const { text, attachments, buttonResponse, nickname, at } = message;
  return (
    <li>
      {buttonResponse && (
        <small class="answer">
          ↩ chose {BUTTONS[buttonResponse.type]} · {buttonResponse.payload}
        </small>
      )}
      <Text text={text} />
      {attachments.map((attachment, index) => (
        <AttachmentView key={index} attachment={attachment} isInbound />
      ))}
      <small>
        {[nickname, localTime(at)].filter(Boolean).join(" · ")} <WayLink id={message.messageId} />
      </small>
    </li>
  );
}

function OutboundLine(props: { message: DeskMessage; receipts: Receipt[] }) {
  const { text, attachments, structured = [], originatingEntity, id, at } = props.message;
  const { icon, state, isBad, reason } = deliveryOf(props.message, props.receipts);
  const isBot = originatingEntity === "Bot";
  return (
    <li class={isBot ? "own bot" : "own"}>
      <Text text={text} />
      <StructuredView items={structured} />
      {attachments.map((attachment, index) => (
        <AttachmentView key={index} attachment={attachment} isInbound={false} />
      ))}
      <small>
        {isBot ? "Bot" : "Agent"} · {localTime(at)} ·{" "}
        <span class={isBad ? "delivery bad" : "delivery"} data-state={state}>
          <span aria-hidden="true">{icon}</span> {state}
        </span>{" "}
        <WayLink id={id} />
      </small>
      {reason && <small class="bad">{reason}</small>}
    </li>
  );
}
