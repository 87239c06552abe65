import type { ComponentChildren } from "preact";
import { ChatList, NothingYet } from "../chat-list.tsx";
import { localTime } from "../local-time.ts";
import { Audio, Image, Link, Text, Video } from "../media.tsx";
import { WayLink } from "../ways/way-link.tsx";
import type { DeskMessage, PageState } from "../wire.ts";
import { summaryOf } from "./structured.ts";

type Receipt = PageState["receipts"][number];

/** What agents see of one customer. The receipts say whether agents' messages arrived. */
export function Transcript(props: { messages: DeskMessage[]; receipts: Receipt[] }) {
  const { messages, receipts } = props;
  return (
    <ChatList id="desktop" labelledBy="desktop-title">
      {messages.map((message) =>
        message.direction === "Inbound" ? (
          <InboundLine key={message.id} message={message} />
        ) : (
          <OutboundLine
            key={message.id}
            message={message}
            receipt={receipts.findLast(({ id }) => id === message.id)}
          />
        ),
      )}
      {messages.length === 0 && <NothingYet />}
    </ChatList>
  );
}

function InboundLine({ message }: { message: DeskMessage }) {
  const { text, attachments, customAttributes, buttonResponse, nickname } = message;
  const data = Object.entries(customAttributes).map(([name, value]) => `${name}=${value}`);
  const tapped = buttonResponse && `tapped ${buttonResponse.type}: ${buttonResponse.payload}`;
  return (
    <li>
      <Text text={text} />
      {attachments.map((attachment, index) => (
        <Received key={index} attachment={attachment} />
      ))}
      <Details details={[localTime(message.at), nickname, tapped, ...data]}>
        <WayLink id={message.messageId} />
      </Details>
    </li>
  );
}

function Received({ attachment }: { attachment: DeskMessage["attachments"][number] }) {
  const { mediaType, url, filename, text } = attachment;
  return (
    <div>
      <Shown mediaType={mediaType} url={url} name={filename ?? url ?? ""} />
      <Details details={[mediaType, filename, text]} />
    </div>
  );
}

function Shown({
  mediaType,
  url,
  name,
}: {
  mediaType: string;
  url: string | undefined;
  name: string;
}) {
  switch (mediaType) {
    case "Image":
      return <Image url={url} alt={name} />;
    case "Video":
      return <Video url={url} />;
    case "Audio":
      return <Audio url={url} />;
    default:
      return <Link url={url}>📄 {name}</Link>;
  }
}

function OutboundLine(props: { message: DeskMessage; receipt: Receipt | undefined }) {
  const { text, attachments, structured = [], status, at } = props.message;
  const reasons = props.receipt?.reasons ?? [];
  const why = reasons.map(({ code, message }) => `${code ?? ""} ${message}`);
  return (
    <li class="own">
      <Text text={text} />
      {attachments.map(({ url, filename }, index) => (
        // Linked and not shown: the page would have to fetch an image, as the bridge does.
        <Link key={index} url={url}>
          📎 {filename ?? url ?? ""}
        </Link>
      ))}
      {structured.map((content, index) => (
        <Text key={index} text={summaryOf(content)} />
      ))}
      <Details details={[localTime(at), status, ...why]} isBad={status === "Failed"}>
        <WayLink id={props.message.id} />
      </Details>
    </li>
  );
}

function Details(props: {
  details: (string | undefined)[];
  isBad?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <small class={props.isBad ? "bad" : ""}>
      {props.details.filter(Boolean).join(" · ")} {props.children}
    </small>
  );
}
